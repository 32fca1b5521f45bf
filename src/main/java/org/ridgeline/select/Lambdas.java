package org.ridgeline.select;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ridgeline.linalg.Vec;

/** Counts over the targets' lists of lambdas, for the choice of a solver. */
final class Lambdas {
  private Lambdas() {}

  /** Returns the number of different lambdas. */
  static int count(List<Vec> lists) {
    Set<Double> distinct = new HashSet<>();
    for (Vec list : lists) {
      for (double lambda : list.toArray()) {
        distinct.add(lambda);
      }
    }
    return distinct.size();
  }

  /** Returns the smallest lambda. */
  static double smallest(List<Vec> lists) {
    double smallest = Double.POSITIVE_INFINITY;
    for (Vec list : lists) {
      for (double lambda : list.toArray()) {
        smallest = Math.min(smallest, lambda);
      }
    }
    return smallest;
  }
}

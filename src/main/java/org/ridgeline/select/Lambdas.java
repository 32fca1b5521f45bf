package org.ridgeline.select;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ridgeline.linalg.Vec;

/** What the choice of a solver needs to know of the targets' lists of lambdas. */
final class Lambdas {
  private Lambdas() {}

  /** How many different lambdas there are. */
  static int count(List<Vec> lists) {
    Set<Double> distinct = new HashSet<>();
    for (Vec list : lists) {
      for (double lambda : list.toArray()) {
        distinct.add(lambda);
      }
    }
    return distinct.size();
  }

  /** The smallest lambda. */
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

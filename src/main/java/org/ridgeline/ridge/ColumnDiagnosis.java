package org.ridgeline.ridge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ridgeline.moments.Moments;

/**
 * Inputs that carry no information of their own.
 *
 * @param constant the numbers of inputs that do not vary
 * @param duplicates pairs (first, later) of inputs whose correlation is 1 or -1 to 12 digits
 */
public record ColumnDiagnosis(List<Integer> constant, List<Duplicate> duplicates) {
  private static final double ROUNDING = 4;

  /** Input {@code later} repeats input {@code first}, up to sign, scale and offset. */
  public record Duplicate(int first, int later) {}

  /**
   * Whether column {@code j} is constant to working precision: its standard deviation is at most 4
   * units in the last place of its mean, which is what rounding can make of equal values.
   */
  public static boolean isConstant(Moments moments, int j) {
    return isConstant(moments.unitVariance(j), moments.unitMean(j));
  }

  /** Whether a column of this variance and mean is constant to working precision. */
  public static boolean isConstant(double variance, double mean) {
    double rounding = ROUNDING * Math.ulp(mean);
    return !(Math.sqrt(variance) > (mean == 0 ? 0 : rounding));
  }

  /**
   * Examines the inputs. An input is a duplicate when {@code 1 - r^2 <= 1e-12} with an earlier one;
   * it is compared with inputs of the same correlation with the target first, so that the cost is
   * {@code O(d)} plus the candidates.
   */
  public static ColumnDiagnosis of(Moments moments) {
    int d = moments.inputs();
    List<Integer> constant = new ArrayList<>();
    List<Duplicate> duplicates = new ArrayList<>();
    Map<Long, List<Integer>> seen = new HashMap<>();
    for (int j = 0; j < d; j++) {
      if (isConstant(moments, j)) {
        constant.add(j);
      } else {
        addUnlessDuplicate(moments, j, seen, duplicates);
      }
    }
    return new ColumnDiagnosis(List.copyOf(constant), List.copyOf(duplicates));
  }

  private static void addUnlessDuplicate(
      Moments moments, int j, Map<Long, List<Integer>> seen, List<Duplicate> duplicates) {
    double r = moments.targets() == 0 ? 0 : Math.abs(correlation(moments, j, moments.inputs()));
    long bucket = Math.round(r * 1e6);
    for (long near = bucket - 1; near <= bucket + 1; near++) {
      for (int i : seen.getOrDefault(near, List.of())) {
        double rij = correlation(moments, j, i);
        if (1 - rij * rij <= 1e-12) {
          duplicates.add(new Duplicate(i, j));
          return;
        }
      }
    }
    seen.computeIfAbsent(bucket, b -> new ArrayList<>()).add(j);
  }

  private static double correlation(Moments moments, int i, int j) {
    double sdI = Math.sqrt(moments.squares(i));
    double sdJ = Math.sqrt(moments.squares(j));
    double r = moments.products(i, j) / sdI / sdJ;
    return Double.isFinite(r) ? r : 0;
  }
}

package org.ridgeline.infer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.ridgeline.base.Check;

/**
 * What two sets of rows, A and B, say of one target, and how the model of A does on B.
 *
 * @param target its name
 * @param lambda of the model of A, sum convention
 * @param columns the names of the features, then of the target
 * @param shifts how far each of these columns has moved
 * @param own the error of the model on A
 * @param onB its error on B
 * @param chow whether one linear model is enough for both
 * @param coefficients which coefficients have moved, by descending {@code |t|}
 * @param retraining what training again would gain
 */
public record TargetComparison(
    String target,
    double lambda,
    List<String> columns,
    List<ColumnShift> shifts,
    ModelError own,
    ModelError onB,
    Finding<ChowTest> chow,
    Finding<List<MovedCoefficient>> coefficients,
    Finding<Retraining> retraining) {
  /** The names of the metrics. */
  public static final Set<String> METRICS =
      Collections.unmodifiableSet(
          new LinkedHashSet<>(
              List.of(
                  "max_shift",
                  "mse",
                  "rmse",
                  "r2",
                  "mse_ratio",
                  "bias",
                  "chow_f",
                  "chow_p",
                  "chow_p_folds",
                  "moved",
                  "retrain_gain")));

  /** Copies the lists. */
  public TargetComparison {
    columns = List.copyOf(columns);
    shifts = List.copyOf(shifts);
    Check.that(
        columns.size() == shifts.size(),
        "Cannot compare %d columns by %d shifts",
        columns.size(),
        shifts.size());
  }

  /** Returns the mean squared error on B over that on A. */
  public double ratio() {
    return onB.mse() / own.mse();
  }

  /** Returns how many coefficients have moved, if they could be tested. */
  public Optional<Long> moved() {
    return coefficients
        .value()
        .map(list -> list.stream().filter(MovedCoefficient::hasMoved).count());
  }

  /** Returns the features whose coefficients are not among those tested. */
  public List<String> untested() {
    List<String> names = new ArrayList<>();
    List<MovedCoefficient> tested = coefficients.value().orElse(List.of());
    for (int j = 0; j < columns.size() - 1; j++) {
      int input = j;
      if (tested.stream().noneMatch(c -> c.input().equals(OptionalInt.of(input)))) {
        names.add(columns.get(j));
      }
    }
    return names;
  }

  /** Returns the largest size of a shift. */
  public double largestShift() {
    return shifts.stream().mapToDouble(shift -> Math.abs(shift.shift())).max().orElse(0);
  }

  /** Returns the metrics by their {@linkplain #METRICS names}; those not defined are NaN. */
  public Map<String, Double> metrics() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("max_shift", largestShift());
    metrics.put("mse", onB.mse());
    metrics.put("rmse", onB.rmse());
    metrics.put("r2", onB.r2());
    metrics.put("mse_ratio", ratio());
    metrics.put("bias", onB.bias());
    metrics.put("chow_f", chow.value().map(ChowTest::f).orElse(Double.NaN));
    metrics.put("chow_p", chow.value().map(ChowTest::p).orElse(Double.NaN));
    metrics.put(
        "chow_p_folds",
        chow.value().flatMap(ChowTest::byFolds).map(ChowTest.ByFolds::p).orElse(Double.NaN));
    metrics.put("moved", moved().map(Long::doubleValue).orElse(Double.NaN));
    metrics.put("retrain_gain", retraining.value().map(r -> r.verdict().gain()).orElse(Double.NaN));
    return metrics;
  }
}

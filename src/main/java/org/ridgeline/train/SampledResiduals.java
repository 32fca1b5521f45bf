package org.ridgeline.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.infer.Leverage;
import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.report.ResidualRow;
import org.ridgeline.ridge.PathCoefficients;
import org.ridgeline.ridge.RidgeProblem;
import org.ridgeline.ridge.RidgeSystem;
import org.ridgeline.ridge.WeightKind;
import org.ridgeline.select.SplitFits;
import org.ridgeline.select.TargetTuning;
import org.ridgeline.spark.SampledRows;

/** The residuals of a sample of rows under the chosen models. */
final class SampledResiduals {
  /** The smallest {@code 1 - h} at which a left-out residual is computed. */
  private static final double NOTHING = 1e-10;

  private final List<String> targets;
  private final int inputs;
  private final int width; // d + m
  private final SampledRows sample;
  private final double[] values;
  private final double[] weights;
  private final List<String> labels;

  private SampledResiduals(List<String> targets, int inputs, SampledRows sample) {
    this.targets = targets;
    this.inputs = inputs;
    this.width = inputs + targets.size();
    this.sample = sample;
    this.values = sample.values();
    this.weights = sample.weights();
    this.labels = sample.folds();
  }

  /** Returns the sample that a pass has taken of these rows; empty before one. */
  static Optional<SampledResiduals> of(TrainingRows data, MomentsSet moments) {
    int inputs = data.mapped().map(FeatureMap::inputs).orElse(moments.columns().features().size());
    return data.sample()
        .map(sample -> new SampledResiduals(moments.columns().labels(), inputs, sample));
  }

  /**
   * A chosen model.
   *
   * @param system the solved problem of all rows
   * @param problem the same problem
   * @param target what was chosen
   * @param folds the fits of every split; empty without folds
   * @param at the position of the chosen lambda in these
   * @param moments the moments, which name the folds
   */
  record Chosen(
      RidgeSystem system,
      RidgeProblem problem,
      TargetTuning target,
      SplitFits folds,
      int at,
      FoldedMoments moments) {}

  /**
   * Returns the sample under the model of target {@code t}, which is of the rows or of their
   * features.
   */
  List<ResidualRow> of(int t, Chosen chosen, Optional<FeatureMap> map) {
    Matrix features = features(map);
    TargetTuning target = chosen.target();
    double[] fitted = predict(features, target.coefficients(), target.intercept());
    Vec leverage = Leverage.of(chosen.system(), chosen.problem(), target.lambda(), features);
    Map<String, double[]> without = new HashMap<>();
    for (int f = 0; f < chosen.moments().folds(); f++) {
      Optional<PathCoefficients> fit = chosen.folds().without(f).map(fold -> fold.models(t));
      if (fit.isPresent()) {
        Vec slopes = Vec.owning(fit.get().matrix().columnCopy(chosen.at()));
        double intercept = fit.get().intercepts().get(chosen.at());
        without.put(chosen.moments().label(f), predict(features, slopes, intercept));
      }
    }
    List<ResidualRow> rows = new ArrayList<>();
    for (int r = 0; r < sample.size(); r++) {
      double y = values[r * width + inputs + t];
      double[] other = without.get(labels.get(r));
      double h = leverage.get(r) * leftOut(chosen.problem(), r);
      double left = 1 - h > NOTHING ? (y - fitted[r]) / (1 - h) : Double.NaN;
      rows.add(
          new ResidualRow(
              targets.get(t),
              without.isEmpty() ? "" : labels.get(r),
              y,
              fitted[r],
              other == null ? left : y - other[r],
              Double.isFinite(h) ? h : Double.NaN,
              weights[r]));
    }
    return rows;
  }

  /** Returns what is left out with a row: of a row that was counted several times, one. */
  private double leftOut(RidgeProblem problem, int r) {
    boolean counts = problem.spec().weights() == WeightKind.FREQUENCY;
    return counts ? Math.min(1, weights[r]) : weights[r];
  }

  /** One row a column. */
  private Matrix features(Optional<FeatureMap> map) {
    int n = sample.size();
    if (map.isPresent()) {
      int outputs = map.get().outputs();
      double[] z = new double[n * outputs];
      map.get().newTask().apply(n, values, width, z, outputs);
      return Matrix.owning(outputs, n, z);
    }
    Matrix x = Matrix.zeros(inputs, n);
    for (int r = 0; r < n; r++) {
      System.arraycopy(values, r * width, x.data(), r * inputs, inputs);
    }
    return x;
  }

  private static double[] predict(Matrix features, Vec slopes, double intercept) {
    double[] products =
        Blas.transposedTimes(features, Matrix.column(slopes.toArray())).data().clone();
    for (int r = 0; r < products.length; r++) {
      products[r] += intercept;
    }
    return products;
  }
}

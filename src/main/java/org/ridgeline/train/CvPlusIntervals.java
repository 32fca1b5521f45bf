package org.ridgeline.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.ridgeline.base.DataException;
import org.ridgeline.dataset.ReadSpec;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.infer.CvPlus;
import org.ridgeline.infer.Intervals;
import org.ridgeline.infer.ResidualSizes;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.Moments;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.WeightKind;
import org.ridgeline.select.FoldFit;
import org.ridgeline.select.Split;
import org.ridgeline.select.Splits;
import org.ridgeline.spark.Design;
import org.ridgeline.spark.Designs;
import org.ridgeline.spark.HeldOutJob;
import org.ridgeline.spark.HeldOutSums;
import org.ridgeline.spark.LinearScorer;
import org.ridgeline.spark.PassMeter;

/**
 * CV+ intervals of a run: the models of its folds from its stored moments, and their residuals from
 * one read of the data that it was trained on.
 */
public final class CvPlusIntervals {
  /** How far sums of squares may be from those of the moments, which lose digits. */
  private static final double SAME = 1e-6;

  private final StoredRun run;
  private final double level;
  private final List<List<FoldFit>> fits = new ArrayList<>(); // of each target, of each fold
  private HeldOutSums sums;

  private CvPlusIntervals(StoredRun run, double level) {
    this.run = run;
    this.level = level;
  }

  /**
   * Fits the folds and reads the data of the run.
   *
   * @param rows the rows that the run was trained on, not read yet
   * @throws DataException when the run has no folds, or its data are not there or have changed
   */
  public static CvPlusIntervals of(
      StoredRun run, double level, Supplier<Dataset<Row>> rows, PassMeter meter) {
    FoldedMoments folds = run.moments(0);
    RidgeSpec spec = run.ridge();
    if (folds.folds() < 2) {
      throw new DataException(
          "Cannot give cv-plus intervals: "
              + run.directory()
              + " was fitted without folds; train it with folds");
    }
    if (run.spec().tuning().validation().rule().isOrdered()) {
      throw new DataException(
          "Cannot give cv-plus intervals: they are for rows whose order says nothing, and the blocks"
              + " of "
              + run.directory()
              + " were validated in order; use predictive intervals");
    }
    if (spec.weights() == WeightKind.FREQUENCY) {
      throw new DataException(
          "Cannot give cv-plus intervals: every row counts once in them, and the weights of "
              + run.directory()
              + " are frequencies; use predictive intervals");
    }
    CvPlusIntervals intervals = new CvPlusIntervals(run, level);
    for (int t = 0; t < run.model().model().targets().size(); t++) {
      intervals.fit(t, spec);
    }
    intervals.read(rows.get(), meter);
    return intervals;
  }

  private void fit(int t, RidgeSpec spec) {
    FoldedMoments moments = run.moments(t);
    Vec lambda = Vec.of(run.model().model().lambdas().get(t));
    List<Vec> lambdas = Collections.nCopies(moments.fold(0).targets(), lambda);
    List<FoldFit> folds = new ArrayList<>();
    for (Split split : Splits.kFold(moments.folds())) {
      folds.add(FoldFit.of(split.training(moments), split.heldOut(moments), spec, lambdas));
    }
    fits.add(folds);
  }

  private Matrix models(int t) {
    int d = run.moments(t).fold(0).inputs();
    Matrix models = Matrix.zeros(d, fits.get(t).size());
    for (int f = 0; f < models.columns(); f++) {
      models.setColumns(f, fits.get(t).get(f).models(t).matrix());
    }
    return models;
  }

  private Vec intercepts(int t) {
    return Vec.owning(
        fits.get(t).stream().mapToDouble(fit -> fit.models(t).intercepts().get(0)).toArray());
  }

  private LinearScorer scorer(int t) {
    List<String> names =
        IntStream.range(0, fits.get(t).size()).mapToObj(f -> t + " without " + f).toList();
    LinearScorer scorer = LinearScorer.of(names, models(t), intercepts(t));
    return run.model().maps().isEmpty()
        ? scorer
        : scorer.withMap(FeatureMap.of(run.model().maps().get(t)));
  }

  private void read(Dataset<Row> rows, PassMeter meter) {
    Design design = Designs.forMoments(rows.schema(), run.moments());
    FoldedMoments moments = run.moments(0);
    LinearScorer scorer =
        IntStream.range(0, fits.size())
            .mapToObj(this::scorer)
            .reduce(LinearScorer::followedBy)
            .orElseThrow();
    List<String> labels = IntStream.range(0, moments.folds()).mapToObj(moments::label).toList();
    boolean few = moments.rows() * fits.size() <= HeldOutJob.MOST_EXACT;
    sums =
        HeldOutJob.of(design, run.spec().onInvalid())
            .run(
                rows,
                labels,
                scorer,
                few ? ResidualSizes.Keep.EXACT : ResidualSizes.Keep.ROUNDED_UP,
                meter);
    requireSame();
  }

  private void requireSame() {
    for (int t = 0; t < fits.size(); t++) {
      FoldedMoments moments = run.moments(t);
      for (int f = 0; f < moments.folds(); f++) {
        Moments fold = moments.fold(f);
        if (sums.rows(f) != fold.rows()) {
          throw changed(
              "fold " + moments.label(f) + " had " + fold.rows() + " rows, now " + sums.rows(f));
        }
        double expected = fits.get(t).get(f).sumSquares(t, 0).get(0);
        double spread = fold.squares(fold.inputs() + t);
        if (Math.abs(sums.weight(f) - fold.weightSum()) > SAME * fold.weightSum()
            || Math.abs(sums.squares(t, f) - expected) > SAME * (expected + spread)) {
          throw changed("the values in fold " + moments.label(f) + " are others");
        }
      }
    }
  }

  private DataException changed(String how) {
    return new DataException(
        "Cannot give cv-plus intervals: the data in "
            + run.spec().source().map(ReadSpec::path).orElse("the rows")
            + " have changed since "
            + run.directory()
            + " was trained on them ("
            + how
            + "); train again, or use predictive intervals");
  }

  /** Returns the intervals of target {@code t}. */
  public Intervals intervals(int t) {
    return CvPlus.of(models(t), intercepts(t), sums.sizes(t), level);
  }
}

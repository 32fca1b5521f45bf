package org.ridgeline.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.Moments;
import org.ridgeline.ridge.Intercept;
import org.ridgeline.ridge.PathCoefficients;
import org.ridgeline.select.FoldFit;
import org.ridgeline.select.FoldScores;
import org.ridgeline.select.SplitFits;
import org.ridgeline.select.Tuning;
import org.ridgeline.select.TuningResult;
import org.ridgeline.spark.PathModel;
import org.ridgeline.spark.ResidualJob;
import org.ridgeline.spark.Residuals;

/** A second pass that scores every model of a tuning on the rows themselves. */
final class ExactResiduals {
  private final ResidualJob job;
  private final TrainingRows data;

  private ExactResiduals(ResidualJob job, TrainingRows data) {
    this.job = job;
    this.data = data;
  }

  /** For models of the rows, or of their features under a map. */
  static ExactResiduals of(TrainingRows data, Optional<FeatureMap> map) {
    ResidualJob job = ResidualJob.of(data.design(), data.onInvalid());
    return new ExactResiduals(map.map(job::withMap).orElse(job), data);
  }

  /** Reads the rows again and chooses by their residuals. */
  TuningResult rescore(TuningResult tuned, FoldedMoments moments) {
    int targets = tuned.targets().size();
    Intercept intercept = tuned.problem().spec().intercept();
    List<PathCoefficients> full =
        tuned.targets().stream().map(target -> target.path().coefficients()).toList();
    List<Optional<PathModel>> folds = new ArrayList<>();
    for (int f = 0; f < moments.folds() && !tuned.folds().isEmpty(); f++) {
      folds.add(tuned.folds().of(f).map(i -> pathModel(i, tuned.folds(), moments, intercept)));
    }
    PathModel all = pathModel(full, tuned.problem().moments(), intercept);
    Residuals residuals =
        folds.isEmpty()
            ? job.run(data.rows(), all, data.meter())
            : job.run(data.rows(), all, moments, folds, data.meter());
    List<Vec> rss = new ArrayList<>();
    List<Optional<FoldScores>> scores = new ArrayList<>();
    for (int t = 0; t < targets; t++) {
      int lambdas = full.get(t).lambdas().size();
      int target = t;
      rss.add(collect(lambdas, l -> residuals.sumSquares(target, l)));
      scores.add(tuned.target(t).scores().map(s -> exact(s, target, residuals)));
    }
    return Tuning.rescored(tuned, rss, scores);
  }

  /** Returns scores with the errors of the rows: every block is held out by one split at most. */
  private static FoldScores exact(FoldScores scores, int target, Residuals residuals) {
    int lambdas = scores.sumSquares().rows();
    List<Vec> sums = new ArrayList<>();
    for (int f = 0; f < scores.folds(); f++) {
      int fold = f;
      sums.add(collect(lambdas, l -> residuals.foldSumSquares(fold, target, l)));
    }
    return FoldScores.of(sums, scores.weights().toArray());
  }

  private static Vec collect(int size, IntToDoubleFunction value) {
    double[] values = new double[size];
    Arrays.setAll(values, value);
    return Vec.owning(values);
  }

  /** Returns the models of the i-th split. */
  private static PathModel pathModel(
      int i, SplitFits folds, FoldedMoments moments, Intercept intercept) {
    FoldFit fit = folds.fits().get(i);
    List<PathCoefficients> models =
        IntStream.range(0, moments.fold(0).targets()).mapToObj(fit::models).toList();
    return pathModel(models, folds.splits().get(i).training(moments), intercept);
  }

  /** Returns the models about the means of the rows that they were trained on. */
  private static PathModel pathModel(
      List<PathCoefficients> models, Moments training, Intercept intercept) {
    double[] center = new double[training.inputs() + training.targets()];
    if (intercept == Intercept.FREE) {
      Arrays.setAll(center, training::mean);
    }
    int columns = models.stream().mapToInt(model -> model.matrix().columns()).sum();
    Matrix slopes = Matrix.zeros(training.inputs(), columns);
    int at = 0;
    for (PathCoefficients model : models) {
      slopes.setColumns(at, model.matrix());
      at += model.matrix().columns();
    }
    return PathModel.of(Vec.owning(center), slopes, training.targets()).in(training.units());
  }
}

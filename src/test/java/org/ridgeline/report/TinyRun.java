package org.ridgeline.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.ridgeline.infer.Inference;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.Moments;
import org.ridgeline.moments.MomentsAccumulator;
import org.ridgeline.moments.RowBlock;
import org.ridgeline.ridge.EigenSystem;
import org.ridgeline.ridge.LambdaConvention;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.SolverKind;
import org.ridgeline.select.FoldExecutor;
import org.ridgeline.select.LambdaRequest;
import org.ridgeline.select.Rule;
import org.ridgeline.select.Tuning;
import org.ridgeline.select.TuningResult;
import org.ridgeline.select.TuningSpec;
import org.ridgeline.select.Validation;

/** Eight rows {@code y = 2 x0 - x1 + something}, tuned over four lambdas and two folds. */
final class TinyRun {
  static final double[][] ROWS = {
    {1, 4, -2.5},
    {2, 1, 3},
    {3, 3, 2.5},
    {4, 0, 8.5},
    {5, 5, 4.5},
    {6, 2, 10},
    {7, 7, 7.5},
    {8, 6, 9.5}
  };

  private TinyRun() {}

  static FoldedMoments moments(int folds) {
    List<Moments> moments = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (int f = 0; f < folds; f++) {
      MomentsAccumulator sum = new MomentsAccumulator(2, 1);
      RowBlock block = new RowBlock(8, 3);
      for (int i = f; i < ROWS.length; i += folds) {
        block.append(ROWS[i], 1);
      }
      sum.addInPlace(block);
      moments.add(sum.snapshot());
      labels.add(Integer.toString(f));
    }
    return FoldedMoments.of(labels, moments);
  }

  static TuningResult tuned(int folds) {
    TuningSpec spec =
        new TuningSpec(
            RidgeSpec.standard().with(SolverKind.EIGEN),
            LambdaRequest.of(LambdaConvention.SUM, 0.01, 0.1, 1, 10),
            folds > 1 ? Rule.CV_MIN : Rule.GCV);
    return Tuning.run(moments(folds), spec, FoldExecutor.inParallel(1));
  }

  static RunReport report(int folds) {
    return report(folds, "x0");
  }

  /** With another name for the first feature. */
  static RunReport report(int folds, String feature) {
    TuningResult tuned = tuned(folds);
    Moments total = tuned.problem().moments();
    TargetResult target =
        new TargetResult(
            "y",
            tuned.target(0),
            tuned.problem().scales(),
            total.weightSum(),
            total.targetDeviation(0),
            folds > 1
                ? OptionalDouble.of(MeanPredictor.cvMse(moments(folds), tuned.folds().splits(), 0))
                : OptionalDouble.empty(),
            Optional.empty(),
            Optional.of(
                Inference.of(
                    tuned.system(),
                    tuned.problem(),
                    tuned.target(0).path(),
                    tuned.target(0).selection().chosen(),
                    Inference.eigenvalues(tuned.system(), tuned.problem()))));
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("input", "tiny.csv");
    options.put("where", null);
    Map<String, Double> seconds = new LinkedHashMap<>();
    seconds.put("moments", 0.25);
    seconds.put("solve", 0.5);
    return new RunReport(
        folds > 1 ? "tune" : "fit",
        new RunReport.DataSummary(
            8, total.weightSum(), List.of(feature, "say \"x,1\""), List.of("t (string)"), 2),
        options,
        List.of(target),
        validation(tuned, folds),
        Optional.empty(),
        Map.of("y", ((EigenSystem) tuned.system()).eigenvalues()),
        new RunReport.Numerics(
            "eigen", 2, 0.5, 0, 1.25, Optional.empty(), "plain Java", "F2jLAPACK"),
        new RunReport.Cost(new RunReport.Reads(1, 0, 321, RunReport.MomentsFrom.ROWS), seconds),
        List.of("A warning"),
        List.of());
  }

  private static ValidationReport validation(TuningResult tuned, int folds) {
    return new ValidationReport(
        Validation.kFold(),
        tuned.folds().splits(),
        IntStream.range(0, folds).mapToObj(Integer::toString).toList());
  }

  /** The page of such a run. */
  static byte[] page(RunReport run) {
    return ReportHtml.of(files(run, 60), "ridge & next");
  }

  /** The files of such a run, with so many rows in the sample of each target. */
  static RunFiles files(RunReport run, int sample) {
    return RunFiles.read(ReportJson.of(run), PathCsv.of(run), CoefficientsCsv.of(run))
        .withResiduals(ResidualsCsv.of(residuals(run, sample)));
  }

  /** The last row is without a leverage. */
  private static List<ResidualRow> residuals(RunReport run, int sample) {
    List<ResidualRow> rows = new ArrayList<>();
    for (TargetResult target : run.targets()) {
      for (int i = 0; i < sample; i++) {
        double y = Math.sin(i) + i;
        double leverage = i < sample - 1 ? 0.01 * i : Double.NaN;
        rows.add(new ResidualRow(target.name(), "" + i % 2, y, i, y - i + 0.1, leverage, 1));
      }
    }
    return rows;
  }
}

package org.ridgeline.ml;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.ridge.Intercept;
import org.ridgeline.ridge.RidgeModel;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.Scaling;
import org.ridgeline.select.LambdaRequest;
import org.ridgeline.select.Rule;
import org.ridgeline.select.Tuned;
import org.ridgeline.select.TunedTarget;
import org.ridgeline.select.Tuning;
import org.ridgeline.select.TuningSpec;
import org.ridgeline.spark.Collected;
import org.ridgeline.spark.Columns;
import org.ridgeline.spark.Design;
import org.ridgeline.spark.FoldRule;
import org.ridgeline.spark.LeaveOneOutPass;
import org.ridgeline.spark.Machine;
import org.ridgeline.spark.MomentsJob;
import org.ridgeline.spark.NativeLibraries;
import org.ridgeline.spark.OnInvalid;
import org.ridgeline.spark.PassMeter;
import org.ridgeline.spark.Planner;
import org.ridgeline.spark.Solving;
import org.ridgeline.spark.Workload;

/**
 * The fit of an estimator, the same as the command line's: one pass for the moments of every fold,
 * and everything else from these.
 *
 * @param stage whose parameters
 * @param folds how rows are dealt into folds
 * @param lambdas the lambdas to try
 * @param rule how to choose among them
 */
record FitJob(HasPenalty<?> stage, FoldRule folds, LambdaRequest lambdas, Rule rule) {
  /** Points of an automatic grid with all of its spare points. */
  private static final int AUTOMATIC = 200;

  private static final int GUESSED_FOLDS = 5;

  /** The schema after a model, all columns of the estimator checked. */
  static StructType transformSchema(HasPenalty<?> stage, StructType schema) {
    StageSchema columns = StageSchema.of(schema, stage.uid());
    columns.requireVector(stage.getFeaturesCol(), "features");
    boolean several =
        StageSchema.hasSeveralTargets(columns.requireLabel(stage.getLabelCol()).dataType());
    StageParams.weight(stage).ifPresent(name -> columns.requireNumber(name, "weight"));
    return columns.withPrediction(stage.getPredictionCol(), several);
  }

  /** Reads the rows and solves. */
  RidgeRegressionModel run(Dataset<Row> rows) {
    NativeLibraries.install();
    try (PassMeter meter = PassMeter.on(rows.sparkSession())) {
      Columns columns = StageParams.columns(stage, folds);
      Design design = Design.of(rows, columns, Design.Labels.ARRAYS, meter);
      Workload work = Workload.of(rows, design, GUESSED_FOLDS, count());
      Machine machine = Machine.of(rows.sparkSession());
      Planner.require(Planner.plan(work, machine, rule == Rule.LOO ? 2 : 1));
      Collected collected = MomentsJob.of(design, OnInvalid.ERROR).run(rows, meter);
      Tuned tuned =
          Tuning.run(
              collected.moments(),
              new TuningSpec(ridge(), lambdas, rule),
              Solving.executor(Optional.of(rows.sparkSession()), work));
      if (rule == Rule.LOO) {
        tuned = LeaveOneOutPass.choose(tuned, design, OnInvalid.ERROR, rows, meter);
      }
      return model(rows, design, tuned, labels(collected.moments()));
    }
  }

  private RidgeSpec ridge() {
    return RidgeSpec.standard()
        .with(stage.getFitIntercept() ? Intercept.FREE : Intercept.NONE)
        .with(stage.getStandardization() ? Scaling.POPULATION : Scaling.NONE);
  }

  private int count() {
    return lambdas.values().map(Vec::size).orElse(AUTOMATIC);
  }

  private static List<String> labels(FoldedMoments moments) {
    return IntStream.range(0, moments.folds()).mapToObj(moments::label).toList();
  }

  private RidgeRegressionModel model(
      Dataset<Row> rows, Design design, Tuned tuned, List<String> foldLabels) {
    List<String> features = design.featureNames();
    RidgeModel fitted = TunedTarget.model(tuned.targets(), features, design.targetNames());
    boolean several =
        StageSchema.hasSeveralTargets(rows.schema().apply(stage.getLabelCol()).dataType());
    RidgeRegressionModel model =
        new RidgeRegressionModel(stage.uid(), fitted, several ? Targets.ARRAY : Targets.NUMBER);
    stage.copyValues(model, ParamMap.empty());
    return model.withSummary(
        new RidgeRegressionSummary(rows.sparkSession(), tuned, fitted, foldLabels));
  }
}

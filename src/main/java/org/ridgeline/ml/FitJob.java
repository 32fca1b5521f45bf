package org.ridgeline.ml;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.ridgeline.dataset.ColumnRoles;
import org.ridgeline.dataset.FittedModel;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.features.MapKind;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.natives.NativeLibraries;
import org.ridgeline.plan.Machine;
import org.ridgeline.plan.Planner;
import org.ridgeline.plan.Workload;
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
import org.ridgeline.spark.ConfiguredMachine;
import org.ridgeline.spark.Design;
import org.ridgeline.spark.LeaveOneOutPass;
import org.ridgeline.spark.MomentsJob;
import org.ridgeline.spark.OnInvalid;
import org.ridgeline.spark.PassMeter;
import org.ridgeline.spark.Solving;
import org.ridgeline.spark.Workloads;

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
    // leave-one-out errors are those of the vectors that are there
    Optional<MappedColumn> mapped =
        rule == Rule.LOO ? Optional.empty() : MappedColumn.find(rows, stage.getFeaturesCol());
    try (PassMeter meter = PassMeter.on(rows.sparkSession())) {
      return mapped.isPresent()
          ? fit(mapped.get().unmapped(), mapped.map(MappedColumn::map), folds, meter)
          : fit(rows, Optional.empty(), foldsOf(rows), meter);
    }
  }

  /**
   * The folds of rows that are read as they are: where another column was mapped, its vectors
   * decide, as they would if the rows were mapped in the aggregation.
   */
  private FoldRule foldsOf(Dataset<Row> rows) {
    StructType schema = rows.schema();
    return folds.kind() == FoldRule.Kind.CONTENT
        ? MlAttributes.mappedFrom(schema.apply(stage.getFeaturesCol()))
            .filter(input -> Arrays.asList(schema.fieldNames()).contains(input))
            .filter(input -> StageSchema.isVector(schema.apply(input).dataType()))
            .map(input -> FoldRule.hashedWithVector(input, folds.folds(), folds.seed()))
            .orElse(folds)
        : folds;
  }

  private RidgeRegressionModel fit(
      Dataset<Row> rows, Optional<MapFunction> function, FoldRule rule, PassMeter meter) {
    ColumnRoles columns = StageParams.columns(stage, rule);
    Design design = Design.of(rows, columns, Design.Labels.ARRAYS, meter);
    Optional<FeatureMap> map = function.map(f -> f.map(design.inputs()));
    Workload work = workload(rows, design, map);
    Machine machine = ConfiguredMachine.of(rows.sparkSession());
    Planner.require(Planner.plan(work, machine, this.rule == Rule.LOO ? 2 : 1));
    MomentsJob job = MomentsJob.of(design, OnInvalid.ERROR);
    FoldedMoments moments =
        map.map(m -> job.withMaps(List.of(m))).orElse(job).run(rows, meter).moments();
    SparkSession session = rows.sparkSession();
    boolean isMapped =
        map.isPresent() || MlAttributes.isMapped(rows.schema().apply(stage.getFeaturesCol()));
    Tuned tuned =
        Tuning.run(
            moments,
            new TuningSpec(ridge(isMapped), lambdas, this.rule),
            Solving.executor(Optional.of(session), work));
    if (this.rule == Rule.LOO) {
      tuned = new LeaveOneOutPass(design, OnInvalid.ERROR, rows, meter).choose(tuned);
    }
    List<String> features =
        map.map(m -> FittedModel.mappedNames(m.outputs())).orElse(design.featureNames());
    RidgeModel fitted = TunedTarget.model(tuned.targets(), features, design.targetNames());
    return model(
        fitted, rows.schema(), new RidgeRegressionSummary(session, tuned, fitted, labels(moments)));
  }

  /** Mapped columns are not told apart by their sizes, which are part of the kernel. */
  private RidgeSpec ridge(boolean isMapped) {
    Scaling unscaled = isMapped ? Scaling.MAPPED : Scaling.NONE;
    return RidgeSpec.standard()
        .with(stage.getFitIntercept() ? Intercept.FREE : Intercept.NONE)
        .with(stage.getStandardization() ? Scaling.POPULATION : unscaled);
  }

  private Workload workload(Dataset<Row> rows, Design design, Optional<FeatureMap> map) {
    int count = lambdas.values().map(Vec::size).orElse(AUTOMATIC);
    Workload plain = Workloads.of(rows, design, count);
    return map.map(
            m ->
                m.description().spec().kind() == MapKind.NYSTROM
                    ? plain.withCentres(1, m.outputs())
                    : plain.withMaps(1, m.outputs()))
        .orElse(plain);
  }

  private static List<String> labels(FoldedMoments moments) {
    return IntStream.range(0, moments.folds()).mapToObj(moments::label).toList();
  }

  private RidgeRegressionModel model(
      RidgeModel fitted, StructType schema, RidgeRegressionSummary summary) {
    boolean several = StageSchema.hasSeveralTargets(schema.apply(stage.getLabelCol()).dataType());
    RidgeRegressionModel model =
        new RidgeRegressionModel(stage.uid(), fitted, several ? Targets.ARRAY : Targets.NUMBER);
    stage.copyValues(model, ParamMap.empty());
    return model.withSummary(summary);
  }
}

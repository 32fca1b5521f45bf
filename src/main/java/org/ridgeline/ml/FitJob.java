package org.ridgeline.ml;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.ridge.Intercept;
import org.ridgeline.ridge.RidgeModel;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.Scaling;
import org.ridgeline.select.LambdaRequest;
import org.ridgeline.select.Rule;
import org.ridgeline.select.TuningSpec;
import org.ridgeline.select.Validation;
import org.ridgeline.spark.PassMeter;
import org.ridgeline.store.HadoopFiles;
import org.ridgeline.train.Journal;
import org.ridgeline.train.PenaltySpec;
import org.ridgeline.train.SolveSpec;
import org.ridgeline.train.StoredRun;
import org.ridgeline.train.TrainSpec;
import org.ridgeline.train.Trainer;
import org.ridgeline.train.TrainingResult;
import org.ridgeline.train.TrainingRows;

/**
 * The fit of an estimator: its parameters become a {@link TrainSpec}, the result a model.
 *
 * @param stage whose parameters
 * @param folds how rows are dealt into folds
 * @param lambdas the lambdas to try
 * @param rule how to choose among them
 * @param validation which rows are held out
 */
record FitJob(
    HasFurtherPasses<?> stage,
    FoldRule folds,
    LambdaRequest lambdas,
    Rule rule,
    Validation validation) {
  /** Returns the schema after a model, all columns of the estimator checked. */
  static StructType transformSchema(HasPenalty<?> stage, StructType schema) {
    StageSchema columns = StageSchema.of(schema, stage.uid());
    columns.requireVector(stage.getFeaturesCol(), "features");
    boolean several =
        StageSchema.hasSeveralTargets(columns.requireLabel(stage.getLabelCol()).dataType());
    StageParams.weight(stage).ifPresent(name -> columns.requireNumber(name, "weight"));
    return columns.withPrediction(stage.getPredictionCol(), several);
  }

  /** Trains on the rows. */
  RidgeRegressionModel run(Dataset<Row> rows) {
    return Setters.run(stage, () -> train(rows));
  }

  private RidgeRegressionModel train(Dataset<Row> rows) {
    Optional<MappedColumn> mapped =
        readsVectors() ? Optional.empty() : MappedColumn.find(rows, stage.getFeaturesCol());
    Dataset<Row> data = mapped.map(MappedColumn::unmapped).orElse(rows);
    FoldRule dealt = mapped.isPresent() ? folds : foldsOf(rows);
    boolean isMapped =
        mapped.isPresent() || MlAttributes.isMapped(rows.schema().apply(stage.getFeaturesCol()));
    TrainSpec spec = TrainSpec.of(StageParams.columns(stage, dealt), solve(ridge(isMapped), rows));
    Journal journal = Journal.with(StageLog.of(stage));
    try (PassMeter meter = journal.meter(rows.sparkSession())) {
      TrainingRows read = TrainingRows.of(spec, () -> data, meter, journal).withArrayLabels();
      TrainingRows training =
          mapped
              .map(column -> read.mappedBy(column.map().map(read.design().inputs())))
              .orElse(read);
      Trainer trainer = Trainer.of(spec).with(journal);
      return model(trainer.solve(trainer.sum(training), training), rows);
    }
  }

  /** Whether further passes are over the vectors that are there, not over what they are made of. */
  private boolean readsVectors() {
    return rule == Rule.LOO || stage.getRefinements() > 0;
  }

  /**
   * Returns the folds of rows that are read as they are: where another column was mapped, its
   * vectors decide, as they would if the rows were mapped in the aggregation.
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

  private SolveSpec solve(RidgeSpec ridge, Dataset<Row> rows) {
    Optional<StoredRun> prior =
        Optional.of(stage.getPrior())
            .filter(run -> !run.isEmpty())
            .map(
                run ->
                    StoredRun.read(
                        run,
                        HadoopFiles.unclosed(rows.sparkSession().sessionState().newHadoopConf())));
    return new SolveSpec(
        new TuningSpec(ridge, lambdas, rule).with(validation),
        PenaltySpec.of(List.of(stage.getPenalty()), prior),
        stage.getExactResiduals() ? SolveSpec.Residuals.EXACT : SolveSpec.Residuals.MOMENTS,
        stage.getRefinements());
  }

  /** Mapped columns are not distinguished by their sizes, which are part of the kernel. */
  private RidgeSpec ridge(boolean isMapped) {
    Scaling unscaled = isMapped ? Scaling.MAPPED : Scaling.NONE;
    return RidgeSpec.standard()
        .with(stage.getFitIntercept() ? Intercept.FREE : Intercept.NONE)
        .with(stage.getStandardization() ? Scaling.POPULATION : unscaled);
  }

  private static List<String> labels(FoldedMoments moments) {
    return IntStream.range(0, moments.folds()).mapToObj(moments::label).toList();
  }

  private RidgeRegressionModel model(TrainingResult result, Dataset<Row> rows) {
    StructType schema = rows.schema();
    boolean several = StageSchema.hasSeveralTargets(schema.apply(stage.getLabelCol()).dataType());
    RidgeModel fitted = result.model().model();
    RidgeRegressionModel model =
        new RidgeRegressionModel(stage.uid(), fitted, several ? Targets.ARRAY : Targets.NUMBER);
    stage.copyValues(model, ParamMap.empty());
    return model.withSummary(
        new RidgeRegressionSummary(
            rows.sparkSession(),
            result.tuning().orElseThrow(),
            fitted,
            labels(result.moments().moments()),
            result.warnings()));
  }
}

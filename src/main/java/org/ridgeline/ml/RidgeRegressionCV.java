package org.ridgeline.ml;

import java.util.List;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import org.ridgeline.base.Words;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.select.Rule;
import org.ridgeline.select.SplitRule;

/**
 * Ridge regression with lambda chosen by cross-validation, all folds and all lambdas from one
 * reading of the rows: the moments of each fold are kept apart, and those of a fold's training rows
 * are the merge of the others. Standardization is recomputed on every training part. It needs no
 * {@code CrossValidator} around it, which would read the data again for each fold and lambda.
 *
 * <p>The model is fitted to all rows at the chosen lambda. Rows are dealt into folds by a hash of
 * their content, of {@code groupCol}, or by {@code foldCol}: the partitioning moves no row to
 * another fold. The default rule is {@code cv-min}, the smallest mean error of the folds.
 *
 * <p>Folds that are the values of {@code foldCol} are blocks in order: {@code cv} forward scores
 * each by those before it, purged by all but its neighbors. Repeated deals fine folds several
 * times. With {@code nested} the summary has the error of the tuned model, too.
 *
 * <p>{@link #fit} reads the rows once, twice with {@code loo}; {@code k d^2} doubles are held in
 * each task, {@code k d^2 / 2} on the driver. Where the features are those of a {@link
 * RandomFeatures} stage, rows are mapped inside the aggregation.
 */
public final class RidgeRegressionCV extends Estimator<RidgeRegressionModel>
    implements HasFolds<RidgeRegressionCV>, MLWritable {

  private final String uid;

  /** Creates a stage with a uid of its own. */
  public RidgeRegressionCV() {
    this(Identifiable.randomUID("ridgeCV"));
  }

  /** Creates a stage with this uid. */
  public RidgeRegressionCV(String uid) {
    this.uid = uid;
    StageParams.setDefaults(this);
    setDefault(select(), Rule.CV_MIN.label());
    setDefault(numFolds(), FoldRule.USUAL);
    setDefault(seed(), 0L);
    setDefault(cv(), Words.of(SplitRule.Kind.KFOLD));
    setDefault(window(), 0);
    setDefault(repeats(), 10);
    setDefault(nested(), false);
  }

  @Override
  public String uid() {
    return uid;
  }

  /**
   * Fits a model.
   *
   * @param dataset the vector column, the label and, where there are any, the weight, fold and
   *     group columns; several targets by a label that is an array or a vector
   * @throws IllegalArgumentException when a column is missing or of the wrong type
   * @throws org.ridgeline.base.DataException when the rows cannot be used, or a fold is empty
   * @throws org.ridgeline.base.DoesNotFitException when the moments do not fit in memory
   * @throws org.ridgeline.base.SingularException when a system cannot be solved to useful digits,
   *     naming a lambda that would do
   */
  @Override
  public RidgeRegressionModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    FitJob job =
        new FitJob(
            this,
            StageParams.folds(this),
            StageParams.lambdas(this),
            StageParams.rule(this),
            StageParams.validation(this));
    return job.run(dataset.toDF()).setParent(this);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    StageParams.folds(this);
    StageParams.validation(this);
    StructType result = FitJob.transformSchema(this, schema);
    for (String column : List.of(getFoldCol(), getGroupCol())) {
      if (!column.isEmpty()) {
        StageSchema.of(schema, uid).require(column, "fold");
      }
    }
    return result;
  }

  @Override
  public RidgeRegressionCV copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public MLWriter write() {
    return Persistence.writer(this);
  }

  /** Returns a reader of saved stages of this class. */
  public static MLReader<RidgeRegressionCV> read() {
    return Persistence.reader(RidgeRegressionCV.class, RidgeRegressionCV::new);
  }

  /** Reads a saved stage. */
  public static RidgeRegressionCV load(String path) {
    return read().load(path);
  }
}

package org.ridgeline.ml;

import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import org.ridgeline.base.Check;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.ridge.LambdaConvention;
import org.ridgeline.select.LambdaRequest;
import org.ridgeline.select.Rule;
import org.ridgeline.select.Validation;

/**
 * Ridge regression of all rows, without folds: minimizes {@code sum_i w_i (y_i - a - x_i'b)^2 +
 * lambda sum_j (s_j b_j)^2}.
 *
 * <p>{@code lambda}, or else {@code regParam}, is used when it is set. When neither is, lambda is
 * chosen by {@code select}, by default the smallest generalized cross-validation score.
 *
 * <p>{@link #fit} reads the rows once, twice with {@code loo}; {@code d^2} doubles are held on the
 * driver and in each task. Invalid rows (null, NaN, infinite) are refused, naming the column.
 *
 * <p>Source: Hoerl and Kennard (1970).
 */
public final class RidgeRegression extends Estimator<RidgeRegressionModel>
    implements HasLambda<RidgeRegression>, MLWritable {
  private final String uid;

  /** Creates a stage with a uid of its own. */
  public RidgeRegression() {
    this(Identifiable.randomUID("ridge"));
  }

  /** Creates a stage with this uid. */
  public RidgeRegression(String uid) {
    this.uid = uid;
    StageParams.setDefaults(this);
    setDefault(select(), Rule.GCV.label());
  }

  @Override
  public String uid() {
    return uid;
  }

  /**
   * Fits a model.
   *
   * @param dataset the vector column, the label and, where there is one, the weight; several
   *     targets by a label that is an array or a vector
   * @throws IllegalArgumentException when a column is missing or of the wrong type
   * @throws org.ridgeline.base.DataException when the rows cannot be used
   * @throws org.ridgeline.base.DoesNotFitException when the moments do not fit in memory
   * @throws org.ridgeline.base.SingularException when the system cannot be solved to useful digits,
   *     naming a lambda that would do
   */
  @Override
  public RidgeRegressionModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    FitJob job =
        new FitJob(this, FoldRule.single(), lambdaRequest(), selectionRule(), Validation.kFold());
    return job.run(dataset.toDF()).setParent(this);
  }

  private LambdaRequest lambdaRequest() {
    if (isDefined(lambda())) {
      return LambdaRequest.of(LambdaConvention.SUM, getLambda());
    }
    return isDefined(regParam())
        ? LambdaRequest.of(LambdaConvention.SPARK, getRegParam())
        : StageParams.lambdas(this);
  }

  private Rule selectionRule() {
    return isDefined(lambda()) || isDefined(regParam()) ? Rule.GIVEN : StageParams.rule(this);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Check.that(
        !selectionRule().needsFolds(),
        "%s: cannot choose lambda by %s without folds; use RidgeRegressionCV",
        uid,
        getSelect());
    return FitJob.transformSchema(this, schema);
  }

  @Override
  public RidgeRegression copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public MLWriter write() {
    return Persistence.writer(this);
  }

  /** Returns a reader of saved stages of this class. */
  public static MLReader<RidgeRegression> read() {
    return Persistence.reader(RidgeRegression.class, RidgeRegression::new);
  }

  /** Reads a saved stage. */
  public static RidgeRegression load(String path) {
    return read().load(path);
  }
}

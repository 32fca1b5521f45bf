package org.ridgeline.ml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.Matrices;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.LinearRegressionModel;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.ridgeline.dataset.InputColumn;
import org.ridgeline.dataset.OnInvalid;
import org.ridgeline.dataset.UnseenLevel;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.RidgeModel;
import org.ridgeline.spark.Design;
import org.ridgeline.spark.Designs;
import org.ridgeline.spark.Evaluation;
import org.ridgeline.spark.EvaluationJob;
import org.ridgeline.spark.LinearScorer;
import org.ridgeline.spark.PassMeter;

/**
 * A fitted ridge regression of d features and m targets: {@code prediction_t = intercept_t + sum_j
 * coefficient_jt x_j}, in the units of the data.
 *
 * <p>{@link RidgeRegression}, {@link RidgeRegressionCV} and the command line ({@code RUN/model})
 * make it. A null vector gives a null prediction.
 */
public final class RidgeRegressionModel extends Model<RidgeRegressionModel>
    implements HasPenalty<RidgeRegressionModel>, MLWritable {
  private final String uid;
  private final ArrayList<String> features;
  private final ArrayList<String> targets;
  private final LinearPrediction prediction;
  private final Vec lambdas;
  private final Targets kind;
  private transient RidgeRegressionSummary summary; // null: not fitted in this session

  RidgeRegressionModel(String uid, RidgeModel model, Targets kind) {
    this.uid = uid;
    this.features = new ArrayList<>(model.features());
    this.targets = new ArrayList<>(model.targets());
    this.prediction = new LinearPrediction(model.coefficients(), model.intercepts());
    this.lambdas = model.lambdas();
    this.kind = kind;
    StageParams.setDefaults(this);
  }

  /**
   * Creates a model without features, as service loaders need one; {@link #load} reads real ones.
   */
  public RidgeRegressionModel() {
    this(
        Identifiable.randomUID("ridge"),
        new RidgeModel(
            List.of(),
            List.of("label"),
            Vec.of(0),
            org.ridgeline.linalg.Matrix.zeros(0, 1),
            Vec.of(0)),
        Targets.NUMBER);
  }

  /** Sets the summary; returns this. */
  RidgeRegressionModel withSummary(RidgeRegressionSummary value) {
    summary = value;
    return this;
  }

  @Override
  public String uid() {
    return uid;
  }

  /** d, the number of features. */
  public int numFeatures() {
    return features.size();
  }

  /** m, the number of targets. */
  public int numTargets() {
    return targets.size();
  }

  /** Returns the names of the features: of {@code ml_attr} where the vector column has any. */
  public List<String> featureNames() {
    return List.copyOf(features);
  }

  /** Returns the names of the targets: the label column, or {@code label[0], label[1], ..}. */
  public List<String> targetNames() {
    return List.copyOf(targets);
  }

  /**
   * Returns the d coefficients of the only target.
   *
   * @throws IllegalStateException when there are several: see {@link #coefficientMatrix}
   */
  public Vector coefficients() {
    requireOneTarget("coefficients", "coefficientMatrix");
    return Vectors.dense(prediction.coefficients().columnCopy(0));
  }

  /**
   * Returns the intercept of the only target; 0 without one.
   *
   * @throws IllegalStateException when there are several: see {@link #interceptVector}
   */
  public double intercept() {
    requireOneTarget("intercept", "interceptVector");
    return prediction.intercepts().get(0);
  }

  /**
   * Returns the lambda of the only target, in the sum convention.
   *
   * @throws IllegalStateException when there are several: see {@link #lambdaVector}
   */
  public double lambda() {
    requireOneTarget("lambda", "lambdaVector");
    return lambdas.get(0);
  }

  /** Returns the coefficients, m x d: a row for each target. */
  public Matrix coefficientMatrix() {
    Matrix byColumn = Matrices.dense(numFeatures(), numTargets(), prediction.coefficients().data());
    return byColumn.transpose();
  }

  /** Returns the m intercepts. */
  public Vector interceptVector() {
    return Vectors.dense(prediction.intercepts().toArray());
  }

  /** Returns the m lambdas, in the sum convention. */
  public Vector lambdaVector() {
    return Vectors.dense(lambdas.toArray());
  }

  private void requireOneTarget(String one, String all) {
    if (numTargets() != 1) {
      throw new IllegalStateException(
          String.format(
              "Cannot give the %s of a model of %d targets: use %s()", one, numTargets(), all));
    }
  }

  /**
   * Returns the prediction for one row.
   *
   * @param features d numbers
   * @throws IllegalArgumentException when there are not d
   * @throws IllegalStateException when there are several targets: see {@link #predictAll}
   */
  public double predict(Vector features) {
    requireOneTarget("prediction", "predictAll");
    return prediction.predict(features, 0);
  }

  /**
   * Returns the predictions of all m targets for one row.
   *
   * @param features d numbers
   * @throws IllegalArgumentException when there are not d
   */
  public Vector predictAll(Vector features) {
    return Vectors.dense(prediction.predict(features));
  }

  /** Returns the model as the core knows it. */
  RidgeModel model() {
    return new RidgeModel(
        features, targets, prediction.intercepts(), prediction.coefficients(), lambdas);
  }

  /** Whether {@link #summary} is there: a model that was loaded has none. */
  public boolean hasSummary() {
    return summary != null;
  }

  /**
   * Returns the tables of the fit.
   *
   * @throws IllegalStateException when the model was loaded, or copied from one that was
   */
  public RidgeRegressionSummary summary() {
    if (summary == null) {
      throw new IllegalStateException(
          "Cannot give a summary of model " + uid + ": only the session that fitted it has one");
    }
    return summary;
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    UserDefinedFunction predict =
        kind == Targets.NUMBER
            ? functions.udf(prediction.one(), DataTypes.DoubleType)
            : functions.udf(
                prediction.all(), DataTypes.createArrayType(DataTypes.DoubleType, false));
    return dataset.withColumn(
        getPredictionCol(), predict.apply(StageSchema.column(getFeaturesCol())));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    StageSchema columns = StageSchema.of(schema, uid);
    MlAttributes.requireSize(
        columns.requireVector(getFeaturesCol(), "features"), numFeatures(), uid);
    return columns.withPrediction(getPredictionCol(), kind == Targets.ARRAY);
  }

  /**
   * Compares predictions with labels, in one pass over the rows: n, weighted mse, rmse, mae and r2
   * of each target.
   *
   * @param dataset the features, the label and, where {@code weightCol} is set, the weight
   * @throws org.ridgeline.base.DataException when the rows cannot be used
   */
  public Evaluation evaluate(Dataset<?> dataset) {
    Dataset<Row> rows = dataset.toDF();
    StageSchema columns = StageSchema.of(rows.schema(), uid);
    columns.requireVector(getFeaturesCol(), "features");
    InputColumn label = MlAttributes.label(columns.requireLabel(getLabelCol()), targets);
    InputColumn input =
        new InputColumn(getFeaturesCol(), InputColumn.Kind.VECTOR, features, List.of());
    Optional<String> weight = StageParams.weight(this);
    weight.ifPresent(name -> columns.requireNumber(name, "weight"));
    Design design =
        Designs.forTargets(
            rows.schema(), List.of(input), List.of(label), weight, UnseenLevel.ERROR);
    return Setters.run(this, () -> evaluate(rows, design));
  }

  private Evaluation evaluate(Dataset<Row> rows, Design design) {
    LinearScorer scorer =
        LinearScorer.of(targets, prediction.coefficients(), prediction.intercepts());
    try (PassMeter meter = PassMeter.on(rows.sparkSession())) {
      return EvaluationJob.of(design, OnInvalid.ERROR).run(rows, scorer, meter);
    }
  }

  /**
   * Returns the same model as one of Spark's own, for tools that know only those.
   *
   * @throws IllegalStateException when there are several targets
   */
  public LinearRegressionModel toSparkModel() {
    LinearRegressionModel stock =
        new LinearRegressionModel(Identifiable.randomUID("linReg"), coefficients(), intercept());
    stock.set(stock.featuresCol(), getFeaturesCol());
    stock.set(stock.labelCol(), getLabelCol());
    stock.set(stock.predictionCol(), getPredictionCol());
    return stock;
  }

  @Override
  public RidgeRegressionModel copy(ParamMap extra) {
    RidgeRegressionModel copy = new RidgeRegressionModel(uid, model(), kind).withSummary(summary);
    copyValues(copy, extra);
    return copy.setParent(parent());
  }

  @Override
  public MLWriter write() {
    return Persistence.writer(this, session -> ModelData.of(session, model(), kind));
  }

  /** Returns a reader of saved models of this class. */
  public static MLReader<RidgeRegressionModel> read() {
    return Persistence.reader(
        RidgeRegressionModel.class,
        (uid, row) -> new RidgeRegressionModel(uid, ModelData.model(row), ModelData.kind(row)));
  }

  /** Reads a saved model; the command line's {@code RUN/model} is one. */
  public static RidgeRegressionModel load(String path) {
    return read().load(path);
  }

  @Override
  public String toString() {
    return String.format(
        "RidgeRegressionModel: uid=%s, numFeatures=%d, numTargets=%d",
        uid, numFeatures(), numTargets());
  }
}

package org.ridgeline.ml;

import java.util.List;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.RidgeModel;

/** A ridge model as a row of a table: names, numbers, and whether the label is an array. */
final class ModelData {
  private static final StructType SCHEMA =
      new StructType()
          .add("features", DataTypes.createArrayType(DataTypes.StringType, false), false)
          .add("targets", DataTypes.createArrayType(DataTypes.StringType, false), false)
          .add("labelIsArray", DataTypes.BooleanType, false)
          .add("interceptVector", SQLDataTypes.VectorType(), false)
          .add("coefficientMatrix", SQLDataTypes.MatrixType(), false)
          .add("lambdaVector", SQLDataTypes.VectorType(), false);

  private ModelData() {}

  /** Returns the table. */
  static Dataset<Row> of(SparkSession session, RidgeModel fitted, Targets kind) {
    org.ridgeline.linalg.Matrix b = fitted.coefficients();
    Row row =
        RowFactory.create(
            fitted.features().toArray(new String[0]),
            fitted.targets().toArray(new String[0]),
            kind == Targets.ARRAY,
            Vectors.dense(fitted.intercepts().toArray()),
            new DenseMatrix(b.columns(), b.rows(), b.data().clone(), true),
            Vectors.dense(fitted.lambdas().toArray()));
    return session.createDataFrame(List.of(row), SCHEMA);
  }

  /** Returns the model of a row. */
  static RidgeModel model(Row row) {
    List<String> features = row.getList(row.fieldIndex("features"));
    List<String> targets = row.getList(row.fieldIndex("targets"));
    Matrix byTarget = row.getAs("coefficientMatrix");
    Vector intercepts = row.getAs("interceptVector");
    Vector lambdas = row.getAs("lambdaVector");
    return new RidgeModel(
        features,
        targets,
        Vec.of(intercepts.toArray()),
        org.ridgeline.linalg.Matrix.owning(
            features.size(), targets.size(), byTarget.transpose().toArray()),
        Vec.of(lambdas.toArray()));
  }

  /** What the label of the model of a row was. */
  static Targets kind(Row row) {
    boolean isArray = row.getAs("labelIsArray");
    return isArray ? Targets.ARRAY : Targets.NUMBER;
  }
}

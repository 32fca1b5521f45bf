package org.ridgeline.ml;

import java.util.List;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.ridgeline.features.InputScaling;
import org.ridgeline.features.Kernel;
import org.ridgeline.features.MapDescription;
import org.ridgeline.features.MapKind;
import org.ridgeline.features.MapSpec;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;

/** A feature map as a row of a table. Weights that the seed gives are null. */
final class MapData {
  private static final StructType SCHEMA =
      new StructType()
          .add("kind", DataTypes.StringType, false)
          .add("kernel", DataTypes.StringType, false)
          .add("width", DataTypes.IntegerType, false)
          .add("lengthScale", DataTypes.DoubleType, false)
          .add("bias", DataTypes.IntegerType, false)
          .add("seed", DataTypes.LongType, false)
          .add("center", SQLDataTypes.VectorType(), false)
          .add("scale", SQLDataTypes.VectorType(), false)
          .add("clip", DataTypes.DoubleType, true)
          .add("weights", SQLDataTypes.MatrixType(), true)
          .add("offsets", SQLDataTypes.VectorType(), true)
          .add("jitter", DataTypes.DoubleType, false);

  private MapData() {}

  /** Returns the table. */
  static Dataset<Row> of(SparkSession session, MapDescription map) {
    MapSpec spec = map.spec();
    InputScaling scaling = map.scaling();
    Row row =
        RowFactory.create(
            spec.kind().label(),
            spec.kernel().label(),
            spec.width(),
            spec.lengthScale(),
            spec.bias(),
            spec.seed(),
            Vectors.dense(scaling.center().toArray()),
            Vectors.dense(scaling.scale().toArray()),
            scaling.clip().isPresent() ? scaling.clip().getAsDouble() : null,
            map.keptWeights().map(MapData::matrix).orElse(null),
            map.keptWeights().map(w -> Vectors.dense(map.offsets().toArray())).orElse(null),
            map.jitter());
    return session.createDataFrame(List.of(row), SCHEMA);
  }

  private static DenseMatrix matrix(Matrix weights) {
    return new DenseMatrix(weights.rows(), weights.columns(), weights.data().clone());
  }

  /** Returns the map of a row. */
  static MapDescription description(Row row) {
    MapKind kind = MapKind.of(row.getAs("kind"));
    MapSpec spec =
        new MapSpec(
            kind,
            Kernel.of(row.getAs("kernel")),
            row.<Integer>getAs("width"),
            row.<Double>getAs("lengthScale"),
            row.<Integer>getAs("bias"),
            row.<Long>getAs("seed"));
    Double clip = row.getAs("clip");
    InputScaling plain = InputScaling.of(vec(row.getAs("center")), vec(row.getAs("scale")));
    InputScaling scaling = clip == null ? plain : plain.clippedAt(clip);
    org.apache.spark.ml.linalg.Matrix kept = row.getAs("weights");
    if (kept == null) {
      return MapDescription.drawn(spec, scaling);
    }
    Matrix weights = Matrix.owning(kept.numRows(), kept.numCols(), kept.toArray());
    return kind == MapKind.NYSTROM
        ? MapDescription.nystrom(spec, scaling, weights, row.<Double>getAs("jitter"))
        : MapDescription.explicit(spec, scaling, weights, vec(row.getAs("offsets")));
  }

  private static Vec vec(Vector vector) {
    return Vec.of(vector.toArray());
  }
}

package org.ridgeline.ml;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.ridgeline.spark.SparkTest;

/** Small tables for stages: {@code id, x0, x1, x2, w, g, label}, some of the numbers 0. */
final class MlRows {
  private static final StructType SCHEMA =
      StructType.fromDDL("id int, x0 double, x1 double, x2 double, w double, g int, label double");

  private MlRows() {}

  static Dataset<Row> numbers(int n) {
    SplittableRandom random = new SplittableRandom(7);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double x0 = i % 3 == 0 ? 0 : random.nextGaussian();
      double x1 = 50 * random.nextGaussian() + 1000;
      double x2 = i % 2 == 0 ? 0 : random.nextGaussian();
      double y = 3 * x0 - 0.02 * x1 + Math.sin(2 * x2) + 0.3 * random.nextGaussian();
      rows.add(RowFactory.create(i, x0, x1, x2, 0.25 + random.nextDouble(), i % 4, y));
    }
    return SparkTest.session().createDataFrame(rows, SCHEMA);
  }

  static VectorAssembler assembler() {
    return new VectorAssembler()
        .setInputCols(new String[] {"x0", "x1", "x2"})
        .setOutputCol("features");
  }

  static Dataset<Row> assembled(Dataset<Row> numbers) {
    return assembler().transform(numbers);
  }
}

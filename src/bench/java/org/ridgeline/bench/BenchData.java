package org.ridgeline.bench;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Normal inputs and a linear label as Parquet files, made once under {@code target/bench}. */
record BenchData(SparkSession spark, int rows, int columns) {
  static BenchData of(SparkSession spark, int rows, int columns) {
    return new BenchData(spark, rows, columns);
  }

  /**
   * Writes y and the inputs.
   *
   * @param layout {@code array} or {@code vector}: one column; {@code flat}: separate columns
   * @param files how many files have equal parts of the rows
   */
  String files(String layout, int files) {
    String path = "target/bench/" + rows + "x" + columns + "-" + layout + "-" + files;
    if (new File(path, "_SUCCESS").exists()) {
      return path;
    }
    int d = columns;
    int perFile = rows / files;
    JavaRDD<Row> data =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(IntStream.range(0, files).boxed().toList(), files)
            .flatMap(
                file -> {
                  SplittableRandom random = new SplittableRandom(file);
                  return IntStream.range(0, perFile)
                      .mapToObj(i -> row(random, d, layout))
                      .iterator();
                });
    spark.createDataFrame(data, schema(layout)).write().mode("overwrite").parquet(path);
    return path;
  }

  private static Row row(SplittableRandom random, int d, String layout) {
    double[] x = new double[d];
    double y = random.nextGaussian();
    for (int j = 0; j < d; j++) {
      x[j] = random.nextGaussian();
      y += x[j] / (j + 1);
    }
    if (layout.equals("vector")) {
      return RowFactory.create(y, Vectors.dense(x));
    }
    if (layout.equals("array")) {
      return RowFactory.create(y, x);
    }
    Object[] values = new Object[d + 1];
    values[0] = y;
    for (int j = 0; j < d; j++) {
      values[j + 1] = x[j];
    }
    return RowFactory.create(values);
  }

  private StructType schema(String layout) {
    List<StructField> fields = new ArrayList<>();
    fields.add(DataTypes.createStructField("y", DataTypes.DoubleType, false));
    if (layout.equals("vector")) {
      fields.add(DataTypes.createStructField("features", SQLDataTypes.VectorType(), false));
    } else if (layout.equals("array")) {
      fields.add(
          DataTypes.createStructField(
              "x", DataTypes.createArrayType(DataTypes.DoubleType, false), false));
    } else {
      for (int j = 0; j < columns; j++) {
        fields.add(DataTypes.createStructField("x" + j, DataTypes.DoubleType, false));
      }
    }
    return DataTypes.createStructType(fields);
  }
}

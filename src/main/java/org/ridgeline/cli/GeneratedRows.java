package org.ridgeline.cli;

import java.io.Serializable;
import java.util.Arrays;
import java.util.function.LongToIntFunction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.ridgeline.features.CounterRandom;

/**
 * Rows of a known linear model: {@code x_1 .. x_d} independent standard normal, {@code y = |beta|
 * (x_1 + .. + x_d) / sqrt d + noise}. Such rows have no preferred direction, so that this beta
 * stands for every one of its length. A row depends on the seed and its number alone, in whatever
 * partition it is made.
 *
 * @param inputs d
 * @param signal {@code |beta|^2}
 * @param noise the variance of the noise
 */
record GeneratedRows(int inputs, double signal, double noise) {
  static final String LABEL = "y";
  static final String PART = "part";

  /** The part of each row, a function that Spark can send. */
  interface Parts extends LongToIntFunction, Serializable {}

  /** beta, d equal numbers. */
  double[] coefficients() {
    double[] beta = new double[inputs];
    Arrays.fill(beta, Math.sqrt(signal / inputs));
    return beta;
  }

  /**
   * Returns the rows, not computed yet: their part, x1 and so on, and y.
   *
   * @param parts the part of row 0, 1, ..
   */
  Dataset<Row> draw(SparkSession session, long seed, int rows, Parts parts) {
    StructType schema = new StructType().add(PART, DataTypes.IntegerType);
    for (int j = 1; j <= inputs; j++) {
      schema = schema.add("x" + j, DataTypes.DoubleType);
    }
    schema = schema.add(LABEL, DataTypes.DoubleType);
    double[] beta = coefficients();
    double deviation = Math.sqrt(noise);
    JavaRDD<Row> drawn =
        session
            .range(0, rows, 1, 1)
            .javaRDD()
            .map(i -> row(seed, i, parts.applyAsInt(i), deviation, beta));
    return session.createDataFrame(drawn, schema);
  }

  private static Row row(long seed, long i, int part, double deviation, double... beta) {
    CounterRandom random = new CounterRandom(seed);
    long stream = -1 - i;
    int d = beta.length;
    Object[] cells = new Object[d + 2];
    double y = deviation * random.gaussian(stream, d);
    for (int j = 0; j < d; j++) {
      double x = random.gaussian(stream, j);
      cells[j + 1] = x;
      y += beta[j] * x;
    }
    cells[0] = part;
    cells[d + 1] = y;
    return RowFactory.create(cells);
  }
}

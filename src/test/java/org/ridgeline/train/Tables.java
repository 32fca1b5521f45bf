package org.ridgeline.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.ridgeline.ExactRidge;
import org.ridgeline.Rows;
import org.ridgeline.dataset.ColumnRoles;
import org.ridgeline.ridge.LambdaConvention;
import org.ridgeline.select.LambdaRequest;
import org.ridgeline.select.Rule;
import org.ridgeline.spark.SparkTest;

/** Rows as tables, and how to train on them. */
final class Tables {
  private Tables() {}

  /** The columns {@code x0, .., y0, .., w}. */
  static Dataset<Row> of(Rows rows) {
    return of(rows, i -> "all");
  }

  /** The same with a column {@code day} of texts. */
  static Dataset<Row> of(Rows rows, IntFunction<String> dayOf) {
    StructType schema = new StructType();
    for (int j = 0; j < rows.inputs(); j++) {
      schema = schema.add("x" + j, DataTypes.DoubleType);
    }
    for (int t = 0; t < rows.targets(); t++) {
      schema = schema.add("y" + t, DataTypes.DoubleType);
    }
    schema = schema.add("w", DataTypes.DoubleType).add("day", DataTypes.StringType);
    List<Row> table = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Object[] cells = new Object[schema.size()];
      int at = 0;
      for (int j = 0; j < rows.inputs(); j++) {
        cells[at++] = rows.x(i, j);
      }
      for (int t = 0; t < rows.targets(); t++) {
        cells[at++] = rows.y(i, t);
      }
      cells[at++] = rows.w(i);
      cells[at] = dayOf.apply(i);
      table.add(RowFactory.create(cells));
    }
    return SparkTest.session().createDataFrame(table, schema);
  }

  /** The labels, the features {@code x*} and the weight of such rows. */
  static ColumnRoles columns(Rows rows) {
    String[] labels = new String[rows.targets()];
    for (int t = 0; t < labels.length; t++) {
      labels[t] = "y" + t;
    }
    return ColumnRoles.of(labels).withFeatures(List.of("x*")).withWeight("w");
  }

  /** These lambdas and this rule. */
  static SolveSpec solve(Rule rule, double... lambdas) {
    return SolveSpec.of(LambdaRequest.of(LambdaConvention.SUM, lambdas), rule);
  }

  /** The slopes of a target by the textbook. */
  static double[] slopes(ExactRidge fit, int d, int t) {
    double[] slopes = new double[d];
    for (int j = 0; j < d; j++) {
      slopes[j] = fit.coefficient(j, t);
    }
    return slopes;
  }
}

package org.ridgeline.ml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.ridgeline.infer.CoefficientErrors;
import org.ridgeline.linalg.Vec;
import org.ridgeline.report.PathRow;
import org.ridgeline.ridge.RidgeModel;
import org.ridgeline.select.FoldScores;
import org.ridgeline.select.TargetTuning;

/** The rows of a summary's tables; null where a number was not computed. */
final class SummaryRows {
  static final StructType PATH = pathSchema();

  static final StructType FOLDS =
      new StructType()
          .add("target", DataTypes.StringType, false)
          .add("lambda", DataTypes.DoubleType, false)
          .add("fold", DataTypes.StringType, false)
          .add("weight", DataTypes.DoubleType, false)
          .add("mse", DataTypes.DoubleType, true);

  static final StructType COEFFICIENTS =
      new StructType()
          .add("target", DataTypes.StringType, false)
          .add("feature", DataTypes.StringType, false)
          .add("coefficient", DataTypes.DoubleType, false)
          .add("standardized", DataTypes.DoubleType, true)
          .add("posterior_sd", DataTypes.DoubleType, true)
          .add("standard_error", DataTypes.DoubleType, true);

  private SummaryRows() {}

  private static StructType pathSchema() {
    StructType schema = new StructType().add("target", DataTypes.StringType, false);
    for (String name : PathRow.NUMBERS) {
      schema = schema.add(name, DataTypes.DoubleType, true);
    }
    for (String name : PathRow.MARKS) {
      schema = schema.add(name, DataTypes.BooleanType, true);
    }
    return schema;
  }

  /** Returns the path of one target. */
  static List<Row> path(String target, TargetTuning tuned, double weightSum) {
    List<Row> rows = new ArrayList<>();
    for (int l = tuned.grid().from(); l < tuned.grid().to(); l++) {
      PathRow row = new PathRow(tuned, weightSum, l);
      List<Object> cells = new ArrayList<>(List.of(target));
      Arrays.stream(row.numbers()).forEach(number -> cells.add(number(number)));
      row.marks().forEach(mark -> cells.add(mark.orElse(null)));
      rows.add(RowFactory.create(cells.toArray()));
    }
    return rows;
  }

  /** Returns the errors of every fold of one target. */
  static List<Row> folds(String target, TargetTuning tuned, List<String> labels) {
    List<Row> rows = new ArrayList<>();
    if (tuned.scores().isEmpty()) {
      return rows;
    }
    FoldScores scores = tuned.scores().get();
    for (int l = tuned.grid().from(); l < tuned.grid().to(); l++) {
      for (int f = 0; f < scores.folds(); f++) {
        rows.add(
            RowFactory.create(
                target,
                tuned.path().lambdas().get(l),
                labels.get(f),
                scores.weights().get(f),
                number(scores.meanSquare(l, f))));
      }
    }
    return rows;
  }

  /** Returns the chosen model of target {@code t}, its intercept first. */
  static List<Row> coefficients(RidgeModel model, int t, Vec scales, CoefficientErrors errors) {
    List<Row> rows = new ArrayList<>();
    String target = model.targets().get(t);
    rows.add(
        RowFactory.create(
            target,
            "(intercept)",
            model.intercepts().get(t),
            null,
            number(errors.interceptPosteriorSd()),
            number(errors.interceptStandardError())));
    for (int j = 0; j < model.features().size(); j++) {
      double b = model.coefficients().get(j, t);
      rows.add(
          RowFactory.create(
              target,
              model.features().get(j),
              b,
              number(b * scales.get(j)),
              number(errors.posteriorSd().get(j)),
              number(errors.standardError().get(j))));
    }
    return rows;
  }

  private static Double number(double value) {
    return Double.isNaN(value) ? null : (Double) value;
  }
}

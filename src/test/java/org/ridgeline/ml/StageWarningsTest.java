package org.ridgeline.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.ridgeline.spark.SparkTest;

/** What a command would warn of, the summary of a stage and the log say in its words. */
@Tag("spark")
class StageWarningsTest {
  private static Dataset<Row> rows(String expression) {
    return new VectorAssembler()
        .setInputCols(new String[] {"x0", "x2", "r"})
        .setOutputCol("features")
        .transform(MlRows.numbers(60).selectExpr("x0", "x2", expression + " as r", "label"));
  }

  /** Held-out groups that the inputs explain only in the groups that train. */
  private static Dataset<Row> groups() {
    Random random = new Random(5);
    List<Row> rows = new ArrayList<>();
    for (int g = 0; g < 6; g++) {
      double effect = random.nextGaussian();
      double[] center = random.doubles(10, -1, 1).toArray();
      for (int i = 0; i < 12; i++) {
        double y = effect + 0.1 * random.nextGaussian();
        double[] x = center.clone();
        for (int j = 0; j < x.length; j++) {
          x[j] += 0.05 * random.nextGaussian();
        }
        rows.add(RowFactory.create(g, Vectors.dense(x), y));
      }
    }
    StructType schema =
        new StructType()
            .add("g", DataTypes.IntegerType)
            .add("features", SQLDataTypes.VectorType(), false)
            .add("label", DataTypes.DoubleType);
    return SparkTest.session().createDataFrame(rows, schema);
  }

  /** What stages log meanwhile. */
  private static List<String> logged(Runnable body) {
    List<String> lines = new ArrayList<>();
    AbstractAppender appender =
        new AbstractAppender("lines", null, null, false, Property.EMPTY_ARRAY) {
          @Override
          public void append(LogEvent event) {
            lines.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
          }
        };
    appender.start();
    Logger logger = (Logger) LogManager.getLogger(StageLog.class);
    logger.addAppender(appender);
    logger.setLevel(Level.WARN); // the session of the tests is silent
    try {
      body.run();
    } finally {
      logger.setLevel(null);
      logger.removeAppender(appender);
    }
    return lines;
  }

  @Test
  void dependentColumnsAreNamed() {
    RidgeRegression ridge = new RidgeRegression().setLambda(0);
    List<String> warnings = ridge.fit(rows("2 * x0 - x2")).summary().warnings();
    assertEquals(
        List.of(
            "Dependent columns, with coefficients of minimum norm at the smallest lambda: \"r = 2 x0"
                + " - x2\" (exact to the rounding of the sums); if they are not, solver tsqr"
                + " distinguishes them"),
        warnings);
    assertEquals(List.of(), ridge.setLambda(1).fit(rows("2 * x0 - x2")).summary().warnings());
  }

  @Test
  void constantAndDuplicateColumnsAreNamed() {
    RidgeRegression ridge = new RidgeRegression().setLambda(1);
    assertEquals(
        List.of("Constant columns, coefficient 0: \"r\""),
        ridge.fit(rows("double(3)")).summary().warnings());
    assertEquals(
        List.of(
            "Duplicate columns, which share their coefficient: \"r = x0\"; if they differ after the"
                + " sixth digit, solver tsqr distinguishes them"),
        ridge.fit(rows("x0")).summary().warnings());
  }

  @Test
  void aRuleThatPredictsWorseThanTheFoldsAllowIsNamedWithTheSetter() {
    RidgeRegressionCV ridge = new RidgeRegressionCV().setFoldCol("g").setSelect("gcv");
    String first = ridge.fit(groups()).summary().warnings().get(0);
    assertTrue(
        first.matches(
            "The lambda of label by gcv, \\S+, has a fold error of \\S+; the smallest is \\S+ \\+-"
                + " \\S+ at lambda \\S+; use setSelect\\(\"cv-min\"\\)"),
        first);
    List<String> best = ridge.setSelect("cv-min").fit(groups()).summary().warnings();
    assertTrue(best.stream().noneMatch(w -> w.startsWith("The lambda of label by")), "" + best);
  }

  @Test
  void anEdgeOfTheGridIsNamedAlsoWhereRowsAreMapped() {
    Dataset<Row> rows = rows("x0 * x2");
    RandomFeatures map = new RandomFeatures().setWidth(40).setOutputCol("z");
    RidgeRegressionCV ridge =
        new RidgeRegressionCV()
            .setFeaturesCol("z")
            .setStandardization(false)
            .setLambdas(new double[] {1e3, 1e4, 1e5});
    assertEquals(
        List.of("The best lambda of label, 1000.0, is the smallest of the grid; widen setLambdas"),
        ridge.fit(map.transform(rows)).summary().warnings());
  }

  @Test
  void eachIsLoggedOnceBehindTheUidOfTheStage() {
    RidgeRegressionCV ridge = new RidgeRegressionCV("nightly").setFoldCol("g").setSelect("gcv");
    List<String> warnings = new ArrayList<>();
    List<String> lines = logged(() -> warnings.addAll(ridge.fit(groups()).summary().warnings()));
    assertTrue(!warnings.isEmpty());
    assertEquals(warnings.stream().map(w -> "WARN nightly: " + w).toList(), lines);
  }

  @Test
  void anInputOfAMapThatNeverVariesIsLogged() {
    RandomFeaturesEstimator map = new RandomFeaturesEstimator("map").setWidth(8);
    map.setInputCol("features").setOutputCol("z");
    assertEquals(
        List.of("WARN map: 1 input of the feature map never varies: \"r\""),
        logged(() -> map.fit(rows("double(3)"))));
  }
}

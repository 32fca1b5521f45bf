package org.ridgeline.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.ridgeline.spark.SparkTest;

/** The SQL functions against the stage, group by group. */
@Tag("spark")
class RidgeFunctionsTest {
  private static final String MODEL =
      "SELECT g, m.* FROM (SELECT g, ridge_solve(ridge_moments(label, array(x0, x1, x2)), 0.5) AS m"
          + " FROM numbers GROUP BY g) ORDER BY g";

  @BeforeAll
  static void register() {
    RidgeFunctions.register(SparkTest.session());
    MlRows.numbers(400).createOrReplaceTempView("numbers");
  }

  private static SparkSession session() {
    return SparkTest.session();
  }

  @Test
  void everyGroupHasTheModelOfTheStage() {
    List<Row> models = session().sql(MODEL).collectAsList();
    assertEquals(4, models.size());
    for (Row found : models) {
      RidgeRegressionModel expected =
          new RidgeRegression()
              .setLambda(0.5)
              .fit(MlRows.assembled(MlRows.numbers(400)).where("g = " + found.getInt(0)));
      assertEquals(100, (long) found.getAs("n"));
      assertNull(found.getAs("error"));
      for (int j = 0; j < 3; j++) {
        double b = expected.coefficients().apply(j);
        double ours = (double) found.getList(found.fieldIndex("coefficients")).get(j);
        assertEquals(b, ours, 1e-11 * Math.abs(b));
      }
      assertEquals(expected.intercept(), found.getAs("intercept"), 1e-9);
      assertEquals(expected.summary().df(), found.getAs("df"), 1e-11);
    }
  }

  @Test
  void thereIsNoJobPerGroup() throws Exception {
    AtomicInteger jobs = new AtomicInteger();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart start) {
            jobs.incrementAndGet();
          }
        };
    session().conf().set("spark.sql.adaptive.enabled", "false"); // it runs stages as jobs
    session().sparkContext().listenerBus().waitUntilEmpty(10_000);
    session().sparkContext().addSparkListener(listener);
    session()
        .sql(
            "SELECT id % 60, ridge_solve(ridge_moments(label, array(x0, x1)), 1) FROM numbers"
                + " GROUP BY id % 60")
        .collectAsList();
    session().sparkContext().listenerBus().waitUntilEmpty(10_000);
    session().sparkContext().removeSparkListener(listener);
    session().conf().unset("spark.sql.adaptive.enabled");
    assertEquals(1, jobs.get());
  }

  @Test
  void manyGroupsAreSpilledToSorting() {
    Row all =
        session()
            .sql(
                "SELECT sum(m.n), count(m.error) FROM (SELECT ridge_solve(ridge_moments(label,"
                    + " array(x0)), 1) AS m FROM numbers GROUP BY id)")
            .head();
    assertEquals(400, all.getLong(0));
    assertEquals(0, all.getLong(1));
  }

  @Test
  void columnsWorkAsNames() {
    Row model =
        MlRows.numbers(50)
            .agg(
                RidgeFunctions.moments()
                    .apply(functions.col("label"), functions.expr("array(x0, x1)"))
                    .as("m"))
            .select(RidgeFunctions.solve().apply(functions.col("m"), functions.lit(2)).as("s"))
            .select("s.n")
            .head();
    assertEquals(50, model.getLong(0));
  }

  @Test
  void rowsWithNullsAreLeftOut() {
    Row counted =
        session()
            .sql(
                "SELECT ridge_solve(ridge_moments(if(id = 1, null, label),"
                    + " if(id = 2, null, array(x0, if(id = 3, null, x1)))), 1).n FROM numbers")
            .head();
    assertEquals(397, counted.getLong(0));
    assertNull(
        session()
            .sql("SELECT ridge_solve(ridge_moments(null, array(x0)), 1) FROM numbers")
            .head()
            .get(0));
  }

  @Test
  void integersAndDecimalsAreNumbers() {
    Row model =
        session()
            .sql(
                "SELECT ridge_solve(ridge_moments(id, array(g, cast(x0 as decimal(10, 4)))), 1)"
                    + " AS m FROM numbers")
            .head()
            .getStruct(0);
    assertNull(model.getAs("error"));
  }

  @Test
  void groupsThatCannotBeSolvedSayWhy() {
    Row model =
        session()
            .sql(
                "SELECT ridge_solve(ridge_moments(label, array(x0, 2 * x0)), 0) FROM numbers"
                    + " WHERE id < 40")
            .head()
            .getStruct(0);
    assertEquals(40, (long) model.getAs("n"));
    String error = model.getAs("error");
    assertTrue(error == null || !error.isBlank());
    if (error == null) { // the minimum-norm solution shares the coefficient
      List<Double> b = model.getList(model.fieldIndex("coefficients"));
      assertEquals(b.get(0), 2 * b.get(1), 1e-8);
    }
  }

  @Test
  void wrongNumbersEndTheQuery() {
    assertSays(
        "SELECT ridge_moments(label, array(double('NaN'))) FROM numbers",
        "Cannot sum up rows: a feature is NaN; leave such rows out by a WHERE");
    assertSays(
        "SELECT ridge_moments(label, if(id = 7, array(x0), array(x0, x1))) FROM numbers",
        "all arrays of a group must have one length");
    assertSays(
        "SELECT ridge_solve(ridge_moments(label, array(x0)), -1) FROM numbers",
        "Cannot solve: lambda must be finite and >= 0, was -1.0");
    assertSays(
        "SELECT ridge_solve(cast('x' as binary), 1) FROM numbers LIMIT 1",
        "Cannot use the moments: the file is not one of stored moments");
  }

  private static void assertSays(String query, String sentence) {
    Throwable failed = assertThrows(Exception.class, () -> session().sql(query).collectAsList());
    StringBuilder all = new StringBuilder();
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      all.append(cause.getMessage()).append('\n');
    }
    assertTrue(all.toString().contains(sentence), all.toString());
  }
}

package org.ridgeline.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.ridgeline.base.DataException;
import org.ridgeline.base.DoesNotFitException;
import org.ridgeline.dataset.ColumnRoles;
import org.ridgeline.dataset.OnInvalid;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.moments.Moments;
import org.ridgeline.ridge.Scaling;

@Tag("spark")
final class MapPrePassTest {
  private static final ColumnRoles COLUMNS = ColumnRoles.of("y").withFeatures(List.of("x*"));

  private static MapPrePass.Request request(Scaling scaling, int centers) {
    return new MapPrePass.Request(scaling, OptionalDouble.empty(), centers, true, 9);
  }

  private static MapInputs run(Dataset<Row> rows, ColumnRoles columns, MapPrePass.Request request) {
    try (PassMeter meter = SparkTest.meter()) {
      Design design = Designs.of(rows, columns, meter);
      MapInputs inputs = MapPrePass.run(rows, design, request, OnInvalid.ERROR, meter);
      assertEquals(0, meter.dataPasses());
      return inputs;
    }
  }

  private static MapInputs run(Dataset<Row> rows, MapPrePass.Request request) {
    return run(rows, COLUMNS, request);
  }

  @Test
  void meansAndDeviationsAreThoseOfTheMoments() {
    Dataset<Row> rows =
        SparkTest.linear(500, 4, 40)
            .withColumn("x1", functions.expr("x1 + 1e6"))
            .withColumn("w", functions.expr("if(x0 > 0, abs(x2), 0)"));
    ColumnRoles weighted = COLUMNS.withWeight("w");
    Moments moments = SparkTest.collect(rows, weighted).moments().total();
    MapInputs inputs = run(rows, weighted, request(Scaling.POPULATION, 0));
    Moments plain = SparkTest.collect(rows, COLUMNS).moments().total();
    MapInputs sample = run(rows, request(Scaling.SAMPLE, 0));
    assertEquals(500, inputs.rows());
    for (int j = 0; j < 4; j++) {
      double deviation = Math.sqrt(moments.scatter().get(j, j) / moments.weightSum());
      assertEquals(moments.mean(j), inputs.scaling().center().get(j), 1e-14 * moments.mean(j));
      assertEquals(deviation, inputs.scaling().scale().get(j), 1e-12 * deviation);
      double unbiased = Math.sqrt(plain.scatter().get(j, j) / 499);
      assertEquals(unbiased, sample.scaling().scale().get(j), 1e-12 * unbiased);
    }
    assertEquals(List.of(), inputs.warnings());
    assertThrows(
        IllegalArgumentException.class, () -> run(rows, weighted, request(Scaling.SAMPLE, 0)));
  }

  @Test
  void doesNotDependOnPartitionsOrOrderOrRepeatedRows() {
    Dataset<Row> rows = SparkTest.linear(4_000, 3, 41).cache();
    MapInputs one = run(rows.coalesce(1), request(Scaling.POPULATION, 50));
    List<Dataset<Row>> others =
        List.of(
            rows.repartition(7),
            rows.orderBy(functions.rand(3)).repartition(40),
            rows.union(rows).union(rows).repartition(3));
    for (Dataset<Row> other : others) {
      MapInputs inputs = run(other, request(Scaling.POPULATION, 50));
      assertEquals(one.centers(), inputs.centers());
      double median = one.median().getAsDouble();
      assertEquals(median, inputs.median().getAsDouble(), 1e-14 * median);
      for (int j = 0; j < 3; j++) {
        double center = one.scaling().center().get(j);
        double scale = one.scaling().scale().get(j);
        assertEquals(center, inputs.scaling().center().get(j), 1e-14);
        assertEquals(scale, inputs.scaling().scale().get(j), 1e-14 * scale);
      }
    }
    MapInputs again = run(rows.coalesce(1), request(Scaling.POPULATION, 50));
    assertEquals(one.median(), again.median());
    rows.unpersist();
  }

  @Test
  void fewerCentersAreTheFirstOfMore() {
    Dataset<Row> rows = SparkTest.linear(1_500, 2, 42);
    Matrix many = run(rows, request(Scaling.NONE, 1_200)).centers().orElseThrow();
    Matrix few = run(rows, request(Scaling.NONE, 20)).centers().orElseThrow();
    assertEquals(1_200, many.columns());
    assertEquals(many.columns(0, 20), few);
    MapPrePass.Request otherSeed =
        new MapPrePass.Request(Scaling.NONE, OptionalDouble.empty(), 20, false, 10);
    assertTrue(!run(rows, otherSeed).centers().orElseThrow().equals(few));
  }

  @Test
  void allRowsAreTheDifferentRows() {
    Dataset<Row> rows = SparkTest.linear(300, 2, 43);
    MapPrePass.Request all = request(Scaling.NONE, MapPrePass.Request.ALL_ROWS);
    Matrix centers = run(rows.union(rows), all).centers().orElseThrow();
    List<List<Double>> expected = new ArrayList<>();
    rows.collectAsList().forEach(row -> expected.add(List.of(row.getDouble(0), row.getDouble(1))));
    List<List<Double>> found = new ArrayList<>();
    for (int j = 0; j < centers.columns(); j++) {
      found.add(List.of(centers.get(0, j), centers.get(1, j)));
    }
    assertEquals(300, found.size());
    assertTrue(found.containsAll(expected));
    DoesNotFitException refused =
        assertThrows(DoesNotFitException.class, () -> run(SparkTest.linear(30_000, 1, 44), all));
    assertTrue(
        refused
            .getMessage()
            .matches(
                "every row as a center does not fit: there are more than (\\d+) different rows; use at"
                    + " most width \\1, the largest that fits"),
        refused.getMessage());
  }

  @Test
  void oddInputsAreTold() {
    Dataset<Row> rows =
        SparkTest.linear(30, 2, 45)
            .withColumn("x1", functions.lit(3.5))
            .withColumn("x0", functions.expr("round(x0)"));
    MapInputs inputs = run(rows, request(Scaling.POPULATION, 25));
    assertEquals(3.5, inputs.scaling().center().get(1));
    assertEquals(1, inputs.scaling().scale().get(1));
    assertEquals("1 input of the feature map never varies: \"x1\"", inputs.warnings().get(0));
    int different = inputs.centers().orElseThrow().columns();
    assertEquals(rows.select("x0").distinct().count(), different);
    assertEquals(
        "there are only " + different + " different rows for 25 centers: the width is " + different,
        inputs.warnings().get(1));
    Dataset<Row> equal = rows.withColumn("x0", functions.lit(-1.0));
    assertTrue(
        assertThrows(DataException.class, () -> run(equal, request(Scaling.POPULATION, 0)))
            .getMessage()
            .startsWith("cannot choose a length scale: "));
  }

  @Test
  void nothingIsReadWhenNothingIsWanted() {
    MapPrePass.Request nothing =
        new MapPrePass.Request(Scaling.NONE, OptionalDouble.of(6), 0, false, 0);
    Dataset<Row> rows = SparkTest.linear(10, 2, 46);
    try (PassMeter meter = SparkTest.meter()) {
      Design design = Designs.of(rows, COLUMNS, meter);
      MapInputs inputs = MapPrePass.run(rows, design, nothing, OnInvalid.ERROR, meter);
      assertEquals(0, inputs.rows());
      assertEquals(OptionalDouble.of(6), inputs.scaling().clip());
      assertArrayEquals(new double[] {1, 1}, inputs.scaling().scale().toArray());
      assertEquals(0, meter.passes().size());
    }
  }

  @Test
  void emptyAndOverflowingDataAreRefused() {
    Dataset<Row> rows = SparkTest.linear(10, 2, 47);
    MapPrePass.Request request = request(Scaling.POPULATION, 0);
    assertEquals(
        "the input has no valid rows",
        assertThrows(DataException.class, () -> run(rows.where("x0 > 1e9"), request)).getMessage());
    assertTrue(
        assertThrows(
                DataException.class,
                () -> run(rows.withColumn("x1", functions.expr("x1 * 1e-320")), request))
            .getMessage()
            .startsWith("the values of column \"x1\" are too small to be scaled "));
  }

  @Test
  void inputsOfAnySizeAreScaled() {
    Dataset<Row> rows = SparkTest.linear(100, 2, 47);
    MapPrePass.Request request = request(Scaling.POPULATION, 0);
    MapInputs plain = run(rows, request);
    for (int k : new int[] {-990, 990}) {
      double factor = Math.scalb(1.0, k);
      Dataset<Row> scaled =
          rows.withColumn(
              "x1", rows.col("x1").multiply(org.apache.spark.sql.functions.lit(factor)));
      MapInputs inputs = run(scaled, request);
      assertEquals(
          Math.scalb(plain.scaling().scale().get(1), k), inputs.scaling().scale().get(1), 0);
      assertEquals(
          Math.scalb(plain.scaling().center().get(1), k), inputs.scaling().center().get(1), 0);
    }
  }
}

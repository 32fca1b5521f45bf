package org.ridgeline.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ridgeline.base.DataException;
import org.ridgeline.dataset.ColumnRoles;
import org.ridgeline.dataset.OnInvalid;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.EigenSystem;
import org.ridgeline.ridge.RidgeProblem;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.RotatedModels;
import org.ridgeline.select.LeaveOneOut;
import org.ridgeline.select.LeaveOneOutSums;

@Tag("spark")
final class LeaveOneOutJobTest {
  private static final List<Vec> LAMBDAS = List.of(Vec.of(0.1, 1, 30), Vec.of(5));

  private static RotatedModels models(Design design, Dataset<Row> rows, PassMeter meter) {
    Collected first = MomentsJob.of(design, OnInvalid.DROP).run(rows, meter);
    RidgeProblem problem = RidgeProblem.of(first.moments().total(), RidgeSpec.standard());
    return RotatedModels.of(EigenSystem.of(problem), LAMBDAS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7})
  void equalsTheSumsOfTheRowsHeldInMemory(int partitions) {
    Dataset<Row> rows =
        SparkTest.linear(900, 4, 41)
            .withColumn("y2", functions.expr("sin(x0) + 1e8"))
            .withColumn("w", functions.expr("abs(x1)"))
            .repartition(partitions);
    ColumnRoles columns = ColumnRoles.of("y", "y2").withFeatures(List.of("x*")).withWeight("w");
    try (PassMeter meter = SparkTest.meter()) {
      Design design = Designs.of(rows, columns, meter);
      RotatedModels models = models(design, rows, meter);
      LeaveOneOutSums sums =
          LeaveOneOutJob.of(design, OnInvalid.ERROR)
              .run(rows, LeftOutModels.of(models), meter)
              .get(0);
      assertEquals(2, meter.dataPasses());
      LeaveOneOutSums expected = new LeaveOneOutSums(models.size());
      for (Row row : rows.collectAsList()) {
        double[] values = new double[6];
        for (int j = 0; j < 6; j++) {
          values[j] = row.getDouble(j);
        }
        expected.add(models, values, 1, r -> row.getDouble(6));
      }
      for (int t = 0; t < 2; t++) {
        LeaveOneOut one = expected.results(LAMBDAS).get(t);
        LeaveOneOut two = sums.results(LAMBDAS).get(t);
        for (int l = 0; l < LAMBDAS.get(t).size(); l++) {
          double value = one.meanSquare().get(l);
          assertEquals(value, two.meanSquare().get(l), 1e-12 * value);
          assertEquals(one.maxLeverage().get(l), two.maxLeverage().get(l), 1e-12);
        }
        assertEquals(one.highLeverage(), two.highLeverage());
      }
      assertEquals(
          sums.results(LAMBDAS),
          LeaveOneOutJob.of(design, OnInvalid.ERROR)
              .run(rows, LeftOutModels.of(models), meter)
              .get(0)
              .results(LAMBDAS));
    }
  }

  @Test
  void invalidRowsAreLeftOutOrRefused() {
    Dataset<Row> clean = SparkTest.linear(200, 2, 42);
    Dataset<Row> rows =
        clean.union(clean.limit(3).withColumn("x1", functions.expr("double('NaN')")));
    try (PassMeter meter = SparkTest.meter()) {
      Design design = Designs.of(rows, ColumnRoles.of("y"), meter);
      Collected first = MomentsJob.of(design, OnInvalid.DROP).run(rows, meter);
      RidgeProblem problem = RidgeProblem.of(first.moments().total(), RidgeSpec.standard());
      List<Vec> lambdas = List.of(Vec.of(1));
      RotatedModels models = RotatedModels.of(EigenSystem.of(problem), lambdas);
      double expected =
          LeaveOneOutJob.of(design, OnInvalid.ERROR)
              .run(clean, LeftOutModels.of(models), meter)
              .get(0)
              .results(lambdas)
              .get(0)
              .meanSquare()
              .get(0);
      double actual =
          LeaveOneOutJob.of(design, OnInvalid.DROP)
              .run(rows, LeftOutModels.of(models), meter)
              .get(0)
              .results(lambdas)
              .get(0)
              .meanSquare()
              .get(0);
      assertEquals(expected, actual, 1e-12 * expected);
      assertThrows(
          DataException.class,
          () ->
              LeaveOneOutJob.of(design, OnInvalid.ERROR)
                  .run(rows, LeftOutModels.of(models), meter));
      Design other = Designs.of(rows, ColumnRoles.of("y").withFeatures(List.of("x0")), meter);
      IllegalArgumentException refused =
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  LeaveOneOutJob.of(other, OnInvalid.ERROR)
                      .run(rows, LeftOutModels.of(models), meter));
      assertEquals(
          "Cannot leave rows out of models of 3 columns: the rows have 2", refused.getMessage());
    }
  }
}

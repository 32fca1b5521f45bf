package org.ridgeline.spark;

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
import org.ridgeline.dataset.ColumnRoles;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.dataset.OnInvalid;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.features.InputScaling;
import org.ridgeline.features.MapKind;
import org.ridgeline.features.MapSpec;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.Moments;
import org.ridgeline.moments.MomentsAccumulator;
import org.ridgeline.moments.RowBlock;
import org.ridgeline.plan.AggregationPlan;
import org.ridgeline.plan.AggregationPlan.Gathering;
import org.ridgeline.plan.AggregationPlan.Merging;
import org.ridgeline.ridge.Scaling;

@Tag("spark")
final class MappedMomentsTest {
  private static final int D = 3;
  private static final ColumnRoles HASHED =
      ColumnRoles.of("y").withFeatures(List.of("x*")).withFolds(FoldRule.hashed(3, 2));
  private static final ColumnRoles BY_COLUMN = HASHED.withFolds(FoldRule.byColumn("f"));
  private static final InputScaling SCALING =
      InputScaling.of(Vec.of(0, 1, 2), Vec.of(1, 1.5, 0.75));

  private static FeatureMap map(int width, double lengthScale) {
    MapSpec spec = MapSpec.of(MapKind.RFF, width).withLengthScale(lengthScale).withSeed(5);
    return FeatureMap.random(spec, SCALING);
  }

  private static Dataset<Row> rows(int n, long seed) {
    return SparkTest.linear(n, D, seed)
        .withColumn("w", functions.expr("if(x0 > 1, 0, abs(x1))"))
        .withColumn("f", functions.expr("cast(abs(x0) * 10 as int) % 3"));
  }

  private static Collected run(Dataset<Row> rows, ColumnRoles columns, AggregationPlan plan) {
    return run(rows, columns, plan, List.of(map(64, 1)));
  }

  private static Collected run(
      Dataset<Row> rows, ColumnRoles columns, AggregationPlan plan, List<FeatureMap> maps) {
    try (PassMeter meter = SparkTest.meter()) {
      Design design = Designs.of(rows, columns, meter);
      return MomentsJob.of(design, OnInvalid.ERROR)
          .withMaps(maps)
          .run(RowSource.of(rows, design), plan, 2);
    }
  }

  private static Collected run(Dataset<Row> rows, List<FeatureMap> maps, PassMeter meter) {
    Design design = Designs.of(rows, HASHED, meter);
    return MomentsJob.of(design, OnInvalid.ERROR).withMaps(maps).run(rows, meter);
  }

  private static AggregationPlan plan(Gathering gathering, Merging merging, int mapsPerPass) {
    return new AggregationPlan(gathering, merging, 2, 100, mapsPerPass);
  }

  private static AggregationPlan usual() {
    return plan(Gathering.PER_TASK, Merging.COLLECT, 4);
  }

  private static void assertSameBits(FoldedMoments expected, FoldedMoments actual) {
    assertEquals(expected.folds(), actual.folds());
    for (int f = 0; f < expected.folds(); f++) {
      assertEquals(expected.fold(f), actual.fold(f));
    }
  }

  /** The rows of each fold, mapped one by one on the driver. */
  private static FoldedMoments expected(Dataset<Row> rows, FeatureMap map) {
    int q = map.outputs() + 1;
    List<RowBlock> blocks = new ArrayList<>();
    List<MomentsAccumulator> sums = new ArrayList<>();
    for (int f = 0; f < 3; f++) {
      blocks.add(new RowBlock(5_000, q));
      sums.add(new MomentsAccumulator(map.outputs(), 1));
    }
    for (Row row : rows.collectAsList()) {
      double[] x = {row.getDouble(0), row.getDouble(1), row.getDouble(2)};
      double[] z = new double[q];
      map.newTask().apply(1, x, D, z, q);
      z[q - 1] = row.getDouble(D);
      blocks.get(row.getInt(D + 2)).append(z, row.getDouble(D + 1));
    }
    List<Moments> folds = new ArrayList<>();
    for (int f = 0; f < 3; f++) {
      sums.get(f).addInPlace(blocks.get(f));
      folds.add(sums.get(f).snapshot());
    }
    return FoldedMoments.of(List.of("0", "1", "2"), folds);
  }

  @Test
  void areThoseOfTheMappedRows() {
    Dataset<Row> rows = rows(2_000, 50).repartition(3).cache();
    ColumnRoles weighted = BY_COLUMN.withWeight("w");
    List<FeatureMap> maps = new ArrayList<>(List.of(map(64, 1), map(10, 2)));
    for (MapKind kind : List.of(MapKind.RFF_COS, MapKind.ORF, MapKind.ARCCOS1, MapKind.NTK)) {
      maps.add(FeatureMap.random(MapSpec.of(kind, 30), SCALING));
    }
    try (PassMeter meter = SparkTest.meter()) {
      Design design = Designs.of(rows, weighted, meter);
      MapInputs inputs =
          MapPrePass.run(
              rows,
              design,
              new MapPrePass.Request(Scaling.POPULATION, OptionalDouble.empty(), 20, true, 1),
              OnInvalid.ERROR,
              meter);
      MapSpec spec = MapSpec.of(MapKind.NYSTROM, 20).withLengthScale(inputs.median().getAsDouble());
      maps.add(FeatureMap.nystrom(spec, inputs.scaling(), inputs.centers().orElseThrow()));
      Collected collected = MomentsJob.of(design, OnInvalid.ERROR).withMaps(maps).run(rows, meter);
      assertEquals(maps.size(), collected.mapped().size());
      for (int i = 0; i < maps.size(); i++) {
        MomentsAgreement.assertClose(
            expected(rows, maps.get(i)), collected.mapped().get(i), i == 6 ? 1e-9 : 1e-12);
      }
      assertEquals(1, collected.passes());
      assertEquals(1, meter.dataPasses());
    }
    rows.unpersist();
  }

  @Test
  void theWaysOfMergingAgree() {
    Dataset<Row> rows = rows(3_000, 51).repartition(6).cache();
    rows.count();
    List<FeatureMap> maps = List.of(map(64, 1), map(64, 2), map(20, 1));
    for (ColumnRoles columns : List.of(HASHED, BY_COLUMN)) {
      Collected collected = run(rows, columns, usual(), maps);
      Collected reduced = run(rows, columns, plan(Gathering.PER_TASK, Merging.REDUCE, 3), maps);
      Collected byFold = run(rows, columns, plan(Gathering.BY_FOLD, Merging.COLLECT, 3), maps);
      Collected both = run(rows, columns, plan(Gathering.BY_FOLD, Merging.REDUCE, 3), maps);
      for (int i = 0; i < 3; i++) {
        assertSameBits(collected.mapped().get(i), reduced.mapped().get(i));
        MomentsAgreement.assertClose(collected.mapped().get(i), byFold.mapped().get(i), 1e-13);
        assertSameBits(byFold.mapped().get(i), both.mapped().get(i));
      }
    }
    rows.unpersist();
  }

  @Test
  void sideBySideAloneAndInBatchesAreTheSameBits() {
    Dataset<Row> rows = rows(1_000, 52).repartition(4).cache();
    List<FeatureMap> maps = List.of(map(64, 0.5), map(64, 1), map(64, 2));
    for (Gathering gathering : Gathering.values()) {
      Collected together = run(rows, HASHED, plan(gathering, Merging.REDUCE, 3), maps);
      Collected batches = run(rows, HASHED, plan(gathering, Merging.REDUCE, 2), maps);
      assertEquals(1, together.passes());
      assertEquals(2, batches.passes());
      for (int i = 0; i < 3; i++) {
        Collected alone =
            run(rows, HASHED, plan(gathering, Merging.REDUCE, 1), maps.subList(i, i + 1));
        assertSameBits(alone.moments(), together.mapped().get(i));
        assertSameBits(alone.moments(), batches.mapped().get(i));
      }
    }
    rows.unpersist();
  }

  @Test
  void smallerWidthsAreTheLeadingColumns() {
    Dataset<Row> rows = rows(800, 53);
    FeatureMap wide = map(64, 1);
    FoldedMoments nested = run(rows, HASHED, usual(), List.of(wide)).moments();
    for (int width : new int[] {2, 16, 64}) {
      double factor = wide.description().spec().nestedFactor(width, D);
      FoldedMoments small = run(rows, HASHED, usual(), List.of(map(width, 1))).moments();
      MomentsAgreement.assertClose(small, nested.leading(width, factor), 1e-12);
    }
  }

  @Test
  void aSecondRunGivesTheSameBitsAnotherPartitioningTheSameToRounding() {
    Dataset<Row> rows = rows(2_000, 54).repartition(5).cache();
    Collected first = run(rows, HASHED, usual());
    assertSameBits(first.moments(), run(rows, HASHED, usual()).moments());
    for (Dataset<Row> other :
        List.of(rows.coalesce(1), rows.orderBy(functions.rand(1)).repartition(17))) {
      MomentsAgreement.assertClose(first.moments(), run(other, HASHED, usual()).moments(), 1e-12);
    }
    rows.unpersist();
  }

  @Test
  void foldsAreThoseOfTheOriginalRows() {
    Dataset<Row> rows = rows(600, 55);
    FoldedMoments plain = SparkTest.collect(rows, HASHED).moments();
    FoldedMoments mapped = run(rows, HASHED, usual()).moments();
    for (int f = 0; f < 3; f++) {
      assertEquals(plain.fold(f).rows(), mapped.fold(f).rows());
      assertEquals(plain.fold(f).mean(D), mapped.fold(f).mean(64), 1e-13);
    }
  }

  @Test
  void onePassHoweverManyMapsFit() {
    Dataset<Row> rows = rows(500, 56);
    try (PassMeter meter = SparkTest.meter()) {
      Collected collected = run(rows, List.of(map(64, 1), map(64, 2)), meter);
      assertEquals(1, collected.passes());
      assertEquals(1, meter.dataPasses());
      assertEquals(1, meter.passes().get(0).jobs());
      assertEquals("moments of 64 mapped features, from map 1 of 2", meter.passes().get(0).name());
    }
  }

  @Test
  void clippedValuesAreCounted() {
    Dataset<Row> rows = rows(500, 57);
    long beyond = rows.where("abs(x0) > 1").count();
    beyond += rows.where("abs(x1) > 1").count() + rows.where("abs(x2) > 1").count();
    FeatureMap clipped =
        FeatureMap.random(MapSpec.of(MapKind.RFF, 8), InputScaling.none(D).clippedAt(1));
    for (Gathering gathering : Gathering.values()) {
      AggregationPlan plan = plan(gathering, Merging.COLLECT, 2);
      Collected collected = run(rows, HASHED, plan, List.of(clipped, clipped));
      assertEquals(
          List.of(beyond + " input values were clipped at 1.0 standard deviations before the map"),
          collected.warnings());
    }
  }

  @Test
  void mapsOfOtherInputsAndHugeInputsAreRefused() {
    Dataset<Row> rows = rows(50, 58);
    FeatureMap other = FeatureMap.random(MapSpec.of(MapKind.RFF, 8), InputScaling.none(2));
    assertEquals(
        "Cannot map rows of 3 features by a map of 2 inputs",
        assertThrows(
                IllegalArgumentException.class, () -> run(rows, HASHED, usual(), List.of(other)))
            .getMessage());
    FeatureMap squares = FeatureMap.random(MapSpec.of(MapKind.ARCCOS2, 8), InputScaling.none(D));
    Dataset<Row> huge = rows.withColumn("x1", functions.expr("x1 * 1e100"));
    String message =
        assertThrows(DataException.class, () -> run(huge, HASHED, usual(), List.of(squares)))
            .getMessage();
    assertTrue(message.startsWith("feature z"), message);
    assertTrue(message.endsWith("clip them with clip"), message);
  }
}

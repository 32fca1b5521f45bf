package org.ridgeline.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ridgeline.base.DataException;
import org.ridgeline.dataset.ColumnRoles;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.dataset.OnInvalid;
import org.ridgeline.dataset.ReadSpec;
import org.ridgeline.plan.AggregationPlan;
import org.ridgeline.plan.AggregationPlan.Gathering;
import org.ridgeline.plan.AggregationPlan.Merging;

/** Rows whose levels and vectors are stored by their nonzeros, against the same rows in full. */
@Tag("spark")
final class SparseRowsTest {
  private static final int LENGTH = 130;
  private static final ColumnRoles COLUMNS =
      ColumnRoles.of("y").withCategorical(List.of("a", "b")).withFolds(FoldRule.hashed(3, 5));

  @TempDir Path folder;

  /** Draws a vector. */
  private interface NextVector {
    Vector next(SplittableRandom random);
  }

  private static Vector sparse(SplittableRandom random) {
    int first = random.nextInt(LENGTH / 2);
    int second = LENGTH / 2 + random.nextInt(LENGTH / 2);
    return Vectors.sparse(
        LENGTH, new int[] {first, second}, new double[] {random.nextGaussian(), -0.0});
  }

  private static Dataset<Row> rows(int n, NextVector vectors) {
    SplittableRandom random = new SplittableRandom(3);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Vector v = vectors.next(random);
      int level = random.nextInt(40);
      double x = random.nextGaussian();
      double y = x + level * 0.1 + v.apply(7) + random.nextGaussian();
      rows.add(
          RowFactory.create(
              x, "a" + level, v, random.nextInt(50), 1e7 + x * x, random.nextInt(3) * 0.5, y));
    }
    StructType schema =
        new StructType()
            .add("x", DataTypes.DoubleType)
            .add("a", DataTypes.StringType)
            .add("v", SQLDataTypes.VectorType())
            .add("b", DataTypes.IntegerType)
            .add("z", DataTypes.DoubleType)
            .add("w", DataTypes.DoubleType)
            .add("y", DataTypes.DoubleType);
    return SparkTest.session().createDataFrame(rows, schema).repartition(4);
  }

  private static Collected run(
      Dataset<Row> rows, Design design, Gathering gathering, Merging merging) {
    AggregationPlan plan = new AggregationPlan(gathering, merging, 2, 100, 1);
    return MomentsJob.of(design, OnInvalid.ERROR).run(RowSource.of(rows, design), plan, 2);
  }

  private static Design design(Dataset<Row> rows, ColumnRoles columns) {
    try (PassMeter meter = SparkTest.meter()) {
      return Designs.of(rows, columns, meter);
    }
  }

  private static void assertSame(Collected expected, Collected actual) {
    MomentsAgreement.assertClose(expected.moments(), actual.moments(), 1e-12);
    assertArrayEquals(expected.sample().values(), actual.sample().values());
    assertArrayEquals(expected.sample().weights(), actual.sample().weights());
    assertEquals(expected.sample().folds(), actual.sample().folds());
  }

  @Test
  void momentsFoldsAndSampleAreThoseOfRowsInFull() {
    Dataset<Row> made = rows(3_000, SparseRowsTest::sparse);
    String path = folder.resolve("rows.parquet").toString();
    made.write().parquet(path);
    Dataset<Row> stored = SparkTest.session().read().parquet(path);
    for (ColumnRoles columns :
        List.of(
            COLUMNS.withFeatures(List.of("!w")),
            COLUMNS.withWeight("w"),
            COLUMNS.withFeatures(List.of("!w", "!x")).withFolds(FoldRule.byColumn("w")),
            COLUMNS.withFeatures(List.of("a")))) {
      Design full = design(stored, columns);
      Design sparse = full.sparse();
      assertTrue(sparse.layout().orElseThrow().stored() < 6);
      assertEquals(full.width(), sparse.width());
      Collected expected = run(stored, full, Gathering.PER_TASK, Merging.COLLECT);
      assertSame(expected, run(stored, sparse, Gathering.PER_TASK, Merging.COLLECT));
      assertSame(expected, run(stored, sparse, Gathering.BY_FOLD, Merging.REDUCE));
      assertSame(expected, run(made, sparse, Gathering.PER_TASK, Merging.REDUCE));
    }
  }

  @Test
  void onlyColumnsOfZerosMostlyAreStoredByNonzeros() {
    ColumnRoles columns = COLUMNS.withCategorical(List.of()).withFeatures(List.of("v"));
    assertTrue(design(rows(50, SparseRowsTest::sparse), columns).sparse().layout().isPresent());
    Dataset<Row> filled = rows(50, random -> Vectors.dense(random.doubles(LENGTH).toArray()));
    assertTrue(design(filled, columns).sparse().layout().isEmpty());
    Dataset<Row> few = rows(50, random -> sparse(random).toDense());
    assertTrue(design(few, columns).sparse().layout().isPresent());
  }

  @Test
  void aNearlyConstantColumnIsReadAgainInFull() {
    Dataset<Row> rows =
        rows(
            400,
            random ->
                Vectors.sparse(
                    LENGTH, new int[] {7, 9}, new double[] {1e6 + random.nextDouble(), 1}));
    Design full = design(rows, COLUMNS.withFeatures(List.of("v")));
    Collected collected;
    try (PassMeter meter = SparkTest.meter()) {
      collected = MomentsJob.of(full, OnInvalid.ERROR).run(rows, meter);
    }
    Collected expected = run(rows, full, Gathering.PER_TASK, Merging.COLLECT);
    assertEquals(expected.moments().total(), collected.moments().total());
    assertNotEquals(0, collected.moments().total().squares(7));
  }

  @Test
  void aValueThatIsNotFiniteIsNamed() {
    Dataset<Row> rows =
        rows(200, random -> Vectors.sparse(LENGTH, new int[] {7}, new double[] {Double.NaN}));
    DataException refusal =
        assertThrows(
            DataException.class,
            () -> SparkTest.collect(rows, COLUMNS.withFeatures(List.of("x", "v"))));
    assertTrue(refusal.getMessage().contains("v[7]"), refusal.getMessage());
  }

  @Test
  void libsvmIsSparse() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      int first = 1 + random.nextInt(150);
      text.append(String.format("%d %d:1 %d:%d%n", i % 7, first, first + 1 + i % 50, i));
    }
    Path file = folder.resolve("a.libsvm");
    Files.writeString(file, text);
    Dataset<Row> rows = SparkTest.read(ReadSpec.of(file.toString()));
    ColumnRoles columns = ColumnRoles.of("label").withFolds(FoldRule.hashed(3, 5));
    Design full = design(rows, columns);
    assertTrue(full.sparse().layout().isPresent());
    assertSame(
        run(rows, full, Gathering.PER_TASK, Merging.COLLECT), SparkTest.collect(rows, columns));
  }
}

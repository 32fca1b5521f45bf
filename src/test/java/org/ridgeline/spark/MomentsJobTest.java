package org.ridgeline.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ridgeline.dataset.ColumnRoles;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.dataset.OnInvalid;
import org.ridgeline.dataset.ReadSpec;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.plan.AggregationPlan;
import org.ridgeline.plan.Workload;

@Tag("spark")
final class MomentsJobTest {
  private static final ColumnRoles HASHED = ColumnRoles.of("y").withFolds(FoldRule.hashed(5, 7));

  @TempDir Path folder;

  private Dataset<Row> saved(Dataset<Row> rows, String name) {
    String path = folder.resolve(name).toString();
    rows.write().format(ReadSpec.of(path).resolvedFormat()).option("header", "true").save(path);
    try (PassMeter meter = SparkTest.meter()) {
      return DataSource.read(SparkTest.session(), ReadSpec.of(path), meter);
    }
  }

  private static FoldedMoments folded(Dataset<Row> rows, RowSource.Access access) {
    return folded(rows, HASHED, access);
  }

  private static FoldedMoments folded(
      Dataset<Row> rows, ColumnRoles columns, RowSource.Access access) {
    try (PassMeter meter = SparkTest.meter()) {
      Design design = Designs.of(rows, columns, meter);
      RowSource source = RowSource.of(rows, design, access);
      assertEquals(access == RowSource.Access.FASTEST, source.isColumnar());
      AggregationPlan plan =
          AggregationPlan.choose(
              new Workload(OptionalLong.empty(), design.inputs(), 1, 5, 1, source.tasks()),
              ConfiguredMachine.of(SparkTest.session()));
      return MomentsJob.of(design, OnInvalid.ERROR).run(source, plan, 2).moments();
    }
  }

  @Test
  void columnBatchesAndRowsGiveTheSameBits() {
    Dataset<Row> rows = saved(SparkTest.linear(3_000, 13, 1).repartition(3), "a.parquet");
    FoldedMoments batches = folded(rows, RowSource.Access.FASTEST);
    FoldedMoments plain = folded(rows, RowSource.Access.ROWS);
    for (int f = 0; f < 5; f++) {
      assertEquals(plain.fold(f), batches.fold(f));
    }
    assertEquals(3_000, batches.total().rows());
  }

  @Test
  void filteredParquetIsStillReadInBatches() {
    Dataset<Row> rows = saved(SparkTest.linear(2_000, 4, 2), "b.parquet").where("x0 > 0.5");
    FoldedMoments batches = folded(rows, RowSource.Access.FASTEST);
    FoldedMoments plain = folded(rows, RowSource.Access.ROWS);
    for (int f = 0; f < 5; f++) {
      assertEquals(plain.fold(f), batches.fold(f));
    }
    assertEquals(rows.count(), batches.total().rows());
  }

  @Test
  void shuffledRowsKeepTheirFolds() {
    Dataset<Row> rows = SparkTest.linear(2_000, 6, 3);
    FoldedMoments one = SparkTest.collect(rows.coalesce(1), HASHED).moments();
    FoldedMoments seven = SparkTest.collect(rows.repartition(7), HASHED).moments();
    FoldedMoments shuffled =
        SparkTest.collect(rows.orderBy(functions.rand(5)).repartition(40), HASHED).moments();
    MomentsAgreement.assertClose(one, seven, 1e-12);
    MomentsAgreement.assertClose(one, shuffled, 1e-12);
  }

  @Test
  void formatsGiveTheSameMoments() {
    Dataset<Row> rows = SparkTest.linear(500, 5, 4);
    FoldedMoments expected = SparkTest.collect(rows, HASHED).moments();
    for (String name : List.of("c.parquet", "c.orc", "c.csv", "c.json")) {
      MomentsAgreement.assertClose(
          expected, SparkTest.collect(saved(rows, name), HASHED).moments(), 1e-12);
    }
  }

  @Test
  void arraysAndVectorsAreColumnsSideBySide() {
    Dataset<Row> rows = SparkTest.linear(400, 3, 6);
    FoldedMoments expected = SparkTest.collect(rows, HASHED).moments();
    Column array = functions.array(rows.col("x0"), rows.col("x1"), rows.col("x2"));
    Dataset<Row> arrays = rows.select(array.as("x"), rows.col("y"));
    Dataset<Row> dense =
        rows.select(org.apache.spark.ml.functions.array_to_vector(array).as("x"), rows.col("y"));
    UDF1<Vector, Vector> compress = Vector::toSparse;
    Dataset<Row> sparse =
        dense.withColumn(
            "x", functions.udf(compress, SQLDataTypes.VectorType()).apply(dense.col("x")));
    for (Dataset<Row> form : List.of(arrays, dense, sparse)) {
      MomentsAgreement.assertClose(expected, SparkTest.collect(form, HASHED).moments(), 1e-13);
    }
    Dataset<Row> stored = saved(arrays, "e.parquet");
    MomentsAgreement.assertClose(expected, folded(stored, RowSource.Access.FASTEST), 1e-13);
    MomentsAgreement.assertClose(expected, folded(stored, RowSource.Access.ROWS), 1e-13);
    Dataset<Row> vectors = saved(sparse, "f.parquet");
    MomentsAgreement.assertClose(expected, folded(vectors, RowSource.Access.FASTEST), 1e-13);
  }

  @Test
  void aSecondRunGivesTheSameBits() {
    Dataset<Row> rows = saved(SparkTest.linear(2_000, 7, 7).repartition(5), "g.parquet");
    FoldedMoments first = SparkTest.collect(rows, HASHED).moments();
    FoldedMoments second = SparkTest.collect(rows, HASHED).moments();
    for (int f = 0; f < 5; f++) {
      assertEquals(first.fold(f), second.fold(f));
    }
  }

  @Test
  void fewFeaturesAndManyColumnsKeepTheVectorisedReader() {
    Dataset<Row> rows = saved(SparkTest.linear(50, 150, 5), "d.parquet");
    try (PassMeter meter = SparkTest.meter()) {
      assertTrue(RowSource.of(rows, Designs.of(rows, HASHED, meter)).isColumnar());
    }
  }

  @Test
  void idsBeyondTheDigitsOfADoubleAreToldApart() {
    String id = "1800000000000000000 + id";
    Dataset<Row> rows =
        SparkTest.session().range(200).selectExpr("sin(id) x", "cos(id) y", id + " AS id");
    ColumnRoles columns =
        ColumnRoles.of("y").withFeatures(List.of("x")).withFolds(FoldRule.hashedBy("id", 5, 0));
    FoldedMoments folded = SparkTest.collect(rows, columns).moments();
    for (int f = 0; f < 5; f++) {
      assertTrue(folded.fold(f).rows() > 20, "rows of fold " + f + ": " + folded.fold(f).rows());
    }
  }
}

package org.ridgeline.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.ridgeline.dataset.ColumnRoles;
import org.ridgeline.dataset.FoldRule;
import scala.reflect.ClassTag$;

/** The sample that the moments pass brings along. */
@Tag("spark")
class SampledRowsTest {
  private static Dataset<Row> data() {
    return SparkTest.linear(4000, 3, 91)
        .withColumn("w", functions.expr("if(x0 > 0, x0, 0.0)"))
        .withColumn("f", functions.expr("if(x1 > 0, 'a', 'b')"));
  }

  private static void assertSame(SampledRows one, SampledRows two) {
    assertArrayEquals(one.values(), two.values());
    assertArrayEquals(one.weights(), two.weights());
    assertEquals(one.folds(), two.folds());
  }

  @Test
  void isTheSameInAnyPartitioningAndOrder() {
    Dataset<Row> rows = data();
    ColumnRoles columns = ColumnRoles.of("y").withFeatures(List.of("x*"));
    SampledRows one = SparkTest.collect(rows.coalesce(1), columns).sample();
    assertEquals(SampledRows.MOST, one.size());
    Dataset<Row> shuffled = rows.union(rows.limit(50)).repartition(7).orderBy("x2");
    assertSame(one, SparkTest.collect(shuffled, columns).sample());
  }

  @Test
  void saysNothingOfTheFolds() {
    SampledRows sample =
        SparkTest.collect(
                data(),
                ColumnRoles.of("y").withFeatures(List.of("x*")).withFolds(FoldRule.hashed(5, 3)))
            .sample();
    for (String fold : List.of("0", "1", "2", "3", "4")) {
      double count = sample.folds().stream().filter(fold::equals).count();
      assertEquals(200, count, 5 * Math.sqrt(1000 * 0.2 * 0.8), fold); // five deviations
    }
  }

  @Test
  void hasWeightsAndTheFoldsOfAColumnButNoRowsOfWeightZero() {
    ColumnRoles columns =
        ColumnRoles.of("y")
            .withFeatures(List.of("x*"))
            .withWeight("w")
            .withFolds(FoldRule.byColumn("f"));
    SampledRows sample = SparkTest.collect(data(), columns).sample();
    double[] values = sample.values();
    assertEquals(SampledRows.MOST, sample.size());
    for (int i = 0; i < sample.size(); i++) {
      assertEquals(values[4 * i], sample.weights()[i]);
      assertTrue(sample.weights()[i] > 0);
      assertEquals(values[4 * i + 1] > 0 ? "a" : "b", sample.folds().get(i));
    }
  }

  @Test
  void endsWhereATaskLetRowsGo() {
    SampledRows all = new SampledRows(1, 100);
    SampledRows[] parts = {new SampledRows(1, 10), new SampledRows(1, 10)};
    for (int i = 0; i < 60; i++) {
      double[] row = {i};
      long hash = i * 37L % 61;
      all.add(hash, row.clone(), 1, "");
      parts[i < 50 ? 0 : 1].add(hash, row, 1, "");
    }
    SampledRows merged = new SampledRows(1, 100);
    merged.merge(parts[1]);
    merged.merge(parts[0]);
    assertTrue(merged.size() >= 10 && merged.size() < 20, "size " + merged.size());
    assertArrayEquals(Arrays.copyOf(all.values(), merged.size()), merged.values());
  }

  @Test
  void tasksKeepWhatTheSampleMayNeed() {
    assertEquals(1000, SampledRows.perTask(1, 10));
    assertEquals(1000, SampledRows.perTask(4, 10));
    assertEquals(416, SampledRows.perTask(10, 10));
    assertEquals(16, SampledRows.perTask(10_000, 10));
    assertEquals(4, SampledRows.perTask(1000, 1001)); // 32 MB of all tasks
  }

  @Test
  void isReadBackBitForBit() throws IOException {
    SampledRows sample = new SampledRows(3, 10);
    sample.add(-5, new double[] {0.1, Double.MIN_VALUE, -Double.MAX_VALUE}, 1.0 / 3, "");
    sample.add(7, new double[] {Math.PI, -0.0, 1e-300}, 2, "\u00e9,\"\n0");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    sample.writeTo(new DataOutputStream(bytes));
    SampledRows copy =
        SampledRows.readFrom(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    assertSame(sample, copy);
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    copy.writeTo(new DataOutputStream(again));
    assertArrayEquals(bytes.toByteArray(), again.toByteArray());
  }

  @Test
  void survivesKryo() {
    SampledRows sample = SparkTest.collect(data(), ColumnRoles.of("y")).sample();
    SerializerInstance kryo = new KryoSerializer(new SparkConf()).newInstance();
    SampledRows copy =
        kryo.deserialize(
            kryo.serialize(sample, ClassTag$.MODULE$.apply(SampledRows.class)),
            ClassTag$.MODULE$.apply(SampledRows.class));
    assertSame(sample, copy);
  }
}

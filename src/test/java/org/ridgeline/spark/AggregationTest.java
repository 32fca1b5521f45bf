package org.ridgeline.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
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
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.Moments;
import org.ridgeline.moments.MomentsSlice;
import org.ridgeline.plan.AggregationPlan;
import org.ridgeline.plan.AggregationPlan.Gathering;
import org.ridgeline.plan.AggregationPlan.Merging;
import org.ridgeline.plan.Machine;
import org.ridgeline.plan.Workload;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

@Tag("spark")
final class AggregationTest {
  private static final ColumnRoles HASHED = ColumnRoles.of("y").withFolds(FoldRule.hashed(3, 2));

  private static FoldedMoments run(
      Dataset<Row> rows, ColumnRoles columns, Gathering gathering, Merging merging) {
    try (PassMeter meter = SparkTest.meter()) {
      Design design = Designs.of(rows, columns, meter);
      AggregationPlan plan = new AggregationPlan(gathering, merging, 2, 100, 1);
      return MomentsJob.of(design, OnInvalid.ERROR)
          .run(RowSource.of(rows, design), plan, 2)
          .moments();
    }
  }

  private static void assertSameBits(FoldedMoments expected, FoldedMoments actual) {
    assertEquals(expected.folds(), actual.folds());
    for (int f = 0; f < expected.folds(); f++) {
      assertEquals(expected.fold(f), actual.fold(f));
    }
  }

  @Test
  void theWaysOfMergingAgree() {
    Dataset<Row> rows = SparkTest.linear(3_000, 9, 8).repartition(6).cache();
    rows.count();
    FoldedMoments collected = run(rows, HASHED, Gathering.PER_TASK, Merging.COLLECT);
    assertSameBits(collected, run(rows, HASHED, Gathering.PER_TASK, Merging.REDUCE));
    FoldedMoments byFold = run(rows, HASHED, Gathering.BY_FOLD, Merging.COLLECT);
    MomentsAgreement.assertClose(collected, byFold, 1e-13);
    assertSameBits(byFold, run(rows, HASHED, Gathering.BY_FOLD, Merging.REDUCE));
    assertSameBits(byFold, run(rows, HASHED, Gathering.BY_FOLD, Merging.COLLECT));
    rows.unpersist();
  }

  @Test
  void foldColumnsGoEveryWayToo() {
    Dataset<Row> rows =
        SparkTest.linear(300, 2, 9)
            .withColumn("f", functions.expr("concat('g', cast(abs(x0) as int) % 3)"));
    ColumnRoles columns = ColumnRoles.of("y").withFolds(FoldRule.byColumn("f"));
    FoldedMoments expected = run(rows, columns, Gathering.PER_TASK, Merging.COLLECT);
    assertEquals(List.of("g0", "g1", "g2"), labels(expected));
    MomentsAgreement.assertClose(
        expected, run(rows, columns, Gathering.BY_FOLD, Merging.REDUCE), 1e-13);
  }

  private static List<String> labels(FoldedMoments folded) {
    return java.util.stream.IntStream.range(0, folded.folds()).mapToObj(folded::label).toList();
  }

  @Test
  void numericFoldsAreOrderedAsNumbers() {
    Dataset<Row> rows =
        SparkTest.linear(60, 1, 10)
            .withColumn("f", functions.expr("array(10, 9, -1)[cast(abs(x0) * 10 as int) % 3]"));
    ColumnRoles columns = ColumnRoles.of("y").withFolds(FoldRule.byColumn("f"));
    assertEquals(List.of("-1", "9", "10"), labels(SparkTest.collect(rows, columns).moments()));
    Dataset<Row> doubles = rows.withColumn("f", functions.expr("cast(f as double)"));
    assertEquals(List.of("-1", "9", "10"), labels(SparkTest.collect(doubles, columns).moments()));
  }

  @Test
  void groupsStayTogether() {
    Dataset<Row> rows =
        SparkTest.linear(500, 1, 11).withColumn("g", functions.expr("cast(abs(x0) * 10 as int)"));
    ColumnRoles byGroup = ColumnRoles.of("y").withFolds(FoldRule.hashedBy("g", 2, 4));
    FoldedMoments ints = SparkTest.collect(rows, byGroup).moments();
    FoldedMoments longs =
        SparkTest.collect(rows.withColumn("g", functions.expr("cast(g as bigint)")), byGroup)
            .moments();
    MomentsAgreement.assertClose(ints, longs, 1e-13);
    ColumnRoles groupIsFeature = ColumnRoles.of("g").withFeatures(List.of("x0"));
    assertEquals(500, SparkTest.collect(rows, groupIsFeature).moments().total().rows());
    assertEquals(2, ints.folds());
  }

  @Test
  void tooManyFoldsAreRefused() {
    Dataset<Row> rows = SparkTest.linear(2_000, 1, 12).withColumn("id", functions.expr("x0 * 2"));
    DataException refused =
        assertThrows(
            DataException.class,
            () -> SparkTest.collect(rows, ColumnRoles.of("y").withFolds(FoldRule.byColumn("id"))));
    assertEquals(
        "the fold column \"id\" has more than 1000 values, which is more folds than a task can"
            + " hold; if it is an id, use id-col to hash it",
        refused.getMessage());
  }

  @Test
  void aTaskThatFailsOnceChangesNoBit() {
    Dataset<Row> rows = SparkTest.linear(1_000, 3, 13).repartition(4).cache();
    rows.count();
    FoldedMoments expected = run(rows, HASHED, Gathering.PER_TASK, Merging.REDUCE);
    UDF1<Double, Double> failing =
        x -> {
          if (TaskContext.get().attemptNumber() == 0 && TaskContext.getPartitionId() % 2 == 1) {
            throw new IllegalStateException("fails once, by intention");
          }
          return x;
        };
    Dataset<Row> flaky =
        rows.withColumn("x1", functions.udf(failing, DataTypes.DoubleType).apply(rows.col("x1")));
    assertSameBits(expected, run(flaky, HASHED, Gathering.PER_TASK, Merging.REDUCE));
    rows.unpersist();
  }

  @Test
  void emptyPartitionsAreHarmless() {
    Dataset<Row> rows = SparkTest.linear(20, 2, 14).repartition(50);
    Collected collected = SparkTest.collect(rows, ColumnRoles.of("y"));
    assertEquals(50, collected.partitions());
    assertEquals(20, collected.moments().total().rows());
  }

  @Test
  void everythingThatTravelsSurvivesKryo() {
    SerializerInstance kryo = new KryoSerializer(new SparkConf()).newInstance();
    InvalidTally tally = new InvalidTally();
    tally.startPartition(3);
    tally.add("a", InvalidTally.Problem.MISSING, 4, "null");
    tally.addRow();
    Moments moments =
        SparkTest.collect(SparkTest.linear(40, 2, 1), ColumnRoles.of("y")).moments().total();
    PartKey key = new PartKey("1", 2, 3, 4);
    Partial sums = sent(kryo, Partial.sums(key, MomentsSlice.owning(moments)));
    assertEquals(key, sums.key());
    assertEquals(moments, MomentsSlice.join(List.of(sums.slice())));
    TaskSummary summary =
        sent(kryo, Partial.summary(1, new TaskSummary(tally, true, 7))).summary().orElseThrow();
    assertEquals(tally.warnings(), summary.invalid().warnings());
    assertTrue(summary.tooManyFolds());
    PathModel path = PathModel.of(Vec.of(1, 2), Matrix.zeros(1, 3), 1);
    FoldModels models = copy(kryo, new FoldModels(path, List.of("0"), List.of(Optional.of(path))));
    assertEquals(3, models.fold("0").orElseThrow().lambdas());
    assertEquals(2, copy(kryo, new ResidualSums(6).with(tally)).training(3).columns());
    assertEquals(0, copy(kryo, ErrorSums.empty(2)).rows());
    assertEquals(7, summary.clipped());
    assertEquals(5, copy(kryo, key.ofMap(5)).map());
  }

  @Test
  void mapsAndWhatTheyLearnSurviveKryo() {
    SerializerInstance kryo = new KryoSerializer(new SparkConf()).newInstance();
    InputScaling scaling = InputScaling.of(Vec.of(1, 2), Vec.of(3, 4)).clippedAt(6);
    FeatureMap drawn = FeatureMap.random(MapSpec.of(MapKind.MATERN32, 6), scaling);
    Matrix centers = Matrix.owning(2, 2, new double[] {0, 1, 2, 3});
    FeatureMap nystrom = FeatureMap.nystrom(MapSpec.of(MapKind.NYSTROM, 2), scaling, centers);
    double[] x = {0.5, -1};
    for (FeatureMap map : copy(kryo, new ArrayList<>(List.of(drawn, nystrom)))) {
      double[] expected = new double[6];
      double[] z = new double[6];
      (map.outputs() == 6 ? drawn : nystrom).newTask().apply(1, x, 2, expected, 6);
      map.newTask().apply(1, x, 2, z, 6);
      assertArrayEquals(expected, z);
    }
    LinearScorer scorer = LinearScorer.of(List.of("y"), Matrix.zeros(6, 1), Vec.of(0));
    assertEquals(2, copy(kryo, scorer.withMap(drawn)).inputs());
    PathModel path = PathModel.of(Vec.of(1, 2), Matrix.zeros(1, 3), 1);
    FoldModels models = new FoldModels(path, List.of(), List.of()).withMap(Optional.of(drawn));
    assertEquals(6, copy(kryo, models).map().orElseThrow().outputs());
    InputSummary summary = copy(kryo, new InputSummary(2, 10));
    assertEquals(0, summary.spread().rows());
    assertEquals(0, summary.sample().size());
  }

  /** As tasks send it, by a serializer that takes registered classes only. */
  private static Partial sent(SerializerInstance kryo, Partial partial) {
    return TaskBytes.read(copy(kryo, TaskBytes.of(partial)), Partial.class);
  }

  private static <T> T copy(SerializerInstance kryo, T value) {
    ClassTag<T> tag = ClassTag$.MODULE$.apply(value.getClass());
    return kryo.deserialize(kryo.serialize(value, tag), tag);
  }

  @Test
  void thePlanIsATable() {
    Machine small = machine(1L << 30);
    assertEquals(Merging.COLLECT, AggregationPlan.choose(work(100, 16), small).merging());
    assertEquals(
        Merging.REDUCE, AggregationPlan.choose(work(2000, 8), machine(8L << 30)).merging());
    assertEquals(Gathering.PER_TASK, AggregationPlan.choose(work(100, 16), small).gathering());
    assertEquals(Gathering.BY_FOLD, AggregationPlan.choose(work(4096, 16), small).gathering());
    Machine large = machine(64L << 30);
    Workload narrow = work(20, 1).withMaps(1, 100);
    assertEquals(Gathering.PER_TASK, AggregationPlan.choose(narrow, large).gathering());
    AggregationPlan wide = AggregationPlan.choose(work(20, 1).withMaps(2, 2_000), large);
    assertEquals(Gathering.BY_FOLD, wide.gathering(), "one split, four slots");
    assertEquals(3, wide.slotsPerFold(), "15 tasks of equal size keep 4 slots busy");
    assertEquals(2, wide.mapsPerPass());
  }

  private static Workload work(int inputs, int partitions) {
    return new Workload(OptionalLong.empty(), inputs, 1, 5, 1, partitions);
  }

  private static Machine machine(long heap) {
    return new Machine(Machine.Place.CLUSTER, 2, 2, 4, heap, heap, 1L << 30);
  }
}

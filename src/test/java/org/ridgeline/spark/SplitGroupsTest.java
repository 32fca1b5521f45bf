package org.ridgeline.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.Partition;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.PartitionGroup;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ridgeline.base.DataException;
import org.ridgeline.dataset.ColumnRoles;
import org.ridgeline.dataset.FoldRule;
import scala.jdk.javaapi.CollectionConverters;

@Tag("spark")
final class SplitGroupsTest {
  @TempDir private Path folder;

  private static List<List<Integer>> groups(JavaRDD<?> splits, int tasks) {
    List<List<Integer>> groups = new ArrayList<>();
    for (PartitionGroup group : new SplitGroups().coalesce(tasks, splits.rdd())) {
      groups.add(
          CollectionConverters.asJava(group.partitions()).stream().map(Partition::index).toList());
    }
    return groups;
  }

  private static JavaRDD<Integer> splits(int count) {
    return JavaSparkContext.fromSparkContext(SparkTest.session().sparkContext())
        .parallelize(IntStream.range(0, count).boxed().toList(), count);
  }

  @Test
  void splitsOfOneSizeAreDealtEvenlyAndInOrder() {
    assertEquals(List.of(List.of(0, 1, 2), List.of(3, 4), List.of(5, 6, 7)), groups(splits(8), 3));
    assertEquals(List.of(List.of(0), List.of(1)), groups(splits(2), 5));
    for (int count = 1; count < 40; count++) {
      for (int tasks = 1; tasks <= count; tasks++) {
        List<List<Integer>> groups = groups(splits(count), tasks);
        assertEquals(tasks, groups.size());
        assertEquals(
            IntStream.range(0, count).boxed().toList(),
            groups.stream().flatMap(List::stream).toList());
        int least = count / tasks;
        assertTrue(
            groups.stream().allMatch(group -> group.size() >= least && group.size() <= least + 1),
            () -> groups.toString());
      }
    }
  }

  @Test
  void tasksGrowWithSlotsNotWithFiles() {
    Dataset<Row> rows = SparkTest.linear(600, 3, 5).repartition(40);
    String files = folder.resolve("rows.parquet").toString();
    rows.write().parquet(files);
    ConfScope eachItsOwn =
        ConfScope.on(SparkTest.session()).with("spark.sql.files.maxPartitionBytes", "4k");
    ColumnRoles columns = ColumnRoles.of("y").withFolds(FoldRule.hashed(3, 2));
    Collected many =
        eachItsOwn.during(
            () -> SparkTest.collect(SparkTest.session().read().parquet(files), columns));
    Collected one = SparkTest.collect(rows.coalesce(1), columns);
    assertTrue(many.partitions() >= 40, many.partitions() + " splits");
    MomentsAgreement.assertClose(one.moments(), many.moments(), 1e-13);
    Dataset<Row> read = SparkTest.session().read().parquet(files);
    try (PassMeter meter = SparkTest.meter()) {
      Design design = Designs.of(read, columns, meter);
      RowSource source = eachItsOwn.during(() -> RowSource.of(read, design));
      int slots = ConfiguredMachine.of(SparkTest.session()).slots();
      assertEquals(slots, source.tasks());
      assertEquals(slots, source.map((task, chunks) -> List.of(task).iterator()).count());
    }
  }

  @Test
  void aRowIsNamedByItsOwnSplit() {
    Dataset<Row> rows =
        SparkTest.session()
            .range(0, 100, 1, 50)
            .selectExpr("cast(id as double) as y", "if(id = 61, null, 1.0 * id * id) as x");
    DataException refused =
        assertThrows(DataException.class, () -> SparkTest.collect(rows, ColumnRoles.of("y")));
    assertTrue(refused.getMessage().contains("in row 2 of partition 30"), refused.getMessage());
  }
}

package org.ridgeline.spark;

import java.util.Comparator;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.ShuffledRDD;
import org.apache.spark.serializer.JavaSerializer;
import scala.Tuple2;
import scala.math.Ordering$;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Sends {@link TaskBytes} to the tasks that add them up, there in the order of their keys. */
final class SortedShuffle {
  private SortedShuffle() {}

  /** The same pairs in the partitions that {@code partitioner} says, sorted. */
  static JavaRDD<Tuple2<PartKey, byte[]>> run(
      JavaPairRDD<PartKey, byte[]> pairs, Partitioner partitioner) {
    ClassTag<byte[]> bytes = ClassTag$.MODULE$.apply(byte[].class);
    ShuffledRDD<PartKey, byte[], byte[]> shuffled =
        new ShuffledRDD<>(
            pairs.rdd(), partitioner, ClassTag$.MODULE$.apply(PartKey.class), bytes, bytes);
    shuffled.setSerializer(new JavaSerializer(pairs.context().getConf()));
    shuffled.setKeyOrdering(
        Ordering$.MODULE$.comparatorToOrdering(Comparator.<PartKey>naturalOrder()));
    return JavaRDD.fromRDD(shuffled, ClassTag$.MODULE$.apply(Tuple2.class));
  }
}

package org.ridgeline.spark;

import java.io.Serializable;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.Partition;
import org.apache.spark.rdd.PartitionCoalescer;
import org.apache.spark.rdd.PartitionGroup;
import org.apache.spark.rdd.RDD;
import org.apache.spark.scheduler.TaskLocation;
import org.apache.spark.sql.execution.datasources.FilePartition;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Gives every task consecutive splits of about the same number of bytes, so that what the tasks of
 * a pass send does not grow with the number of files. Which splits a task has depends on their
 * sizes only; that it would best run where most of its bytes are changes no result.
 */
final class SplitGroups implements PartitionCoalescer, Serializable {
  private static final long serialVersionUID = 1L;

  @Override
  public PartitionGroup[] coalesce(int tasks, RDD<?> splits) {
    Partition[] all = splits.partitions();
    double[] ends = new double[all.length]; // of the splits, in bytes
    double total = 0;
    for (int i = 0; i < all.length; i++) {
      total += bytes(all[i]);
      ends[i] = total;
    }
    int groups = Math.min(tasks, all.length);
    PartitionGroup[] result = new PartitionGroup[groups];
    int next = 0;
    for (int g = 0; g < groups; g++) {
      int from = next++;
      while (next < all.length - (groups - g - 1)
          && isCloser(ends, next, total * (g + 1) / groups)) {
        next++;
      }
      result[g] = group(splits, from, next);
    }
    return result;
  }

  /** Whether a group that must go up to {@code bytes} is closer to it with split {@code next}. */
  private static boolean isCloser(double[] ends, int next, double bytes) {
    return ends[next] - bytes <= bytes - ends[next - 1];
  }

  /** The bytes of a split of files; elsewhere all splits count alike. */
  private static double bytes(Partition split) {
    double bytes = 0;
    if (split instanceof FilePartition files) {
      for (PartitionedFile file : files.files()) {
        bytes += file.length();
      }
    }
    return Math.max(1, bytes);
  }

  private static PartitionGroup group(RDD<?> splits, int from, int to) {
    Map<String, Double> hosts = new TreeMap<>();
    for (int i = from; i < to; i++) {
      double bytes = bytes(splits.partitions()[i]);
      for (TaskLocation place :
          CollectionConverters.asJava(splits.context().getPreferredLocs(splits, i))) {
        hosts.merge(place.toString(), bytes, Double::sum);
      }
    }
    Option<String> best =
        hosts.entrySet().stream()
            .max(Map.Entry.comparingByValue(Comparator.naturalOrder()))
            .map(most -> Option.apply(most.getKey()))
            .orElse(Option.empty());
    PartitionGroup group = new PartitionGroup(best);
    for (int i = from; i < to; i++) {
      group.partitions().append(splits.partitions()[i]);
    }
    return group;
  }
}

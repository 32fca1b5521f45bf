package org.ridgeline.spark;

import org.apache.spark.Partitioner;

/** Sends all parts of one sum to one task, and the sums evenly to all tasks. */
final class PartPartitioner extends Partitioner {
  private static final long serialVersionUID = 1L;

  private final int tasks;
  private final int indexes;

  /**
   * Creates a partitioner.
   *
   * @param tasks how many tasks there are
   * @param indexes how many parts a fold is cut into
   */
  PartPartitioner(int tasks, int indexes) {
    this.tasks = tasks;
    this.indexes = indexes;
  }

  @Override
  public int numPartitions() {
    return tasks;
  }

  @Override
  public int getPartition(Object key) {
    PartKey part = (PartKey) key;
    return Math.floorMod(part.label().hashCode() * indexes + part.index() + part.map(), tasks);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof PartPartitioner other && tasks == other.tasks && indexes == other.indexes;
  }

  @Override
  public int hashCode() {
    return 31 * tasks + indexes;
  }
}

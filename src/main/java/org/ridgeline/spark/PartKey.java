package org.ridgeline.spark;

import java.io.Serializable;
import java.util.Comparator;

/**
 * Names a part of one fold's sums: which part, and its place in the order in which the parts of the
 * same name are added. Sorting by this order makes a sum independent of arrival.
 */
final class PartKey implements Serializable, Comparable<PartKey> {
  private static final long serialVersionUID = 1L;
  private static final Comparator<PartKey> ORDER =
      Comparator.comparing(PartKey::label)
          .thenComparingInt(PartKey::index)
          .thenComparingInt(PartKey::partition)
          .thenComparingInt(key -> key.sequence);

  private final String label;
  private final int index;
  private final int partition;
  private final int sequence;

  /**
   * Creates a key.
   *
   * @param label the fold
   * @param index the slice of its triangle, or the slot of its rows
   * @param partition where the part comes from
   * @param sequence its number there
   */
  PartKey(String label, int index, int partition, int sequence) {
    this.label = label;
    this.index = index;
    this.partition = partition;
    this.sequence = sequence;
  }

  String label() {
    return label;
  }

  int index() {
    return index;
  }

  int partition() {
    return partition;
  }

  /** Whether both name the same sum. */
  boolean sameSum(PartKey other) {
    return index == other.index && label.equals(other.label);
  }

  @Override
  public int compareTo(PartKey other) {
    return ORDER.compare(this, other);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof PartKey other && compareTo(other) == 0;
  }

  @Override
  public int hashCode() {
    return ((label.hashCode() * 31 + index) * 31 + partition) * 31 + sequence;
  }
}

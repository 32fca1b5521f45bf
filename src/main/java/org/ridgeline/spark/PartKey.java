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
          .thenComparingInt(PartKey::map)
          .thenComparingInt(PartKey::index)
          .thenComparingInt(PartKey::partition)
          .thenComparingInt(key -> key.sequence);

  private final String label;
  private final int map;
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
    this(label, 0, index, partition, sequence);
  }

  private PartKey(String label, int map, int index, int partition, int sequence) {
    this.label = label;
    this.map = map;
    this.index = index;
    this.partition = partition;
    this.sequence = sequence;
  }

  /** The same part of the sums under another feature map. */
  PartKey ofMap(int number) {
    return new PartKey(label, number, index, partition, sequence);
  }

  /** The number of the feature map that the sums are of; 0 without maps. */
  int map() {
    return map;
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
    return index == other.index && map == other.map && label.equals(other.label);
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
    return (((label.hashCode() * 31 + map) * 31 + index) * 31 + partition) * 31 + sequence;
  }
}

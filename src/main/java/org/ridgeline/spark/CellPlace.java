package org.ridgeline.spark;

import java.io.Serializable;

/** A cell of a text file and where it stands. */
final class CellPlace implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int partition;
  private final long row;
  private final String where;
  private final String cell;

  /**
   * Creates a place.
   *
   * @param row among those of the partition
   * @param where in the words of a message
   */
  CellPlace(int partition, long row, String where, String cell) {
    this.partition = partition;
    this.row = row;
    this.where = where;
    this.cell = cell;
  }

  /** Whether it comes first. */
  boolean isBefore(CellPlace other) {
    return partition < other.partition || (partition == other.partition && row < other.row);
  }

  String where() {
    return where;
  }

  String cell() {
    return cell;
  }
}

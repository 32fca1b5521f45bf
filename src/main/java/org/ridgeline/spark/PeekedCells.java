package org.ridgeline.spark;

import java.io.Serializable;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Which columns of text may have numbers, as some of their cells tell: those of the first rows of a
 * few partitions, the first and the last and others evenly between. Rows are looked at in windows,
 * as numbers may begin late; what is looked at depends on the partitions alone.
 */
final class PeekedCells implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int MOST_PARTITIONS = 8;
  private static final int WINDOWS = 10; // of each partition
  private static final int WINDOW_ROWS = 1_000;
  private static final int FEW = 10; // numbers are at least one in so many

  private final int columns;
  private final BitSet withNumbers = new BitSet();
  private final BitSet withCells = new BitSet();

  private PeekedCells(int columns) {
    this.columns = columns;
  }

  /**
   * Looks at some rows, in one job.
   *
   * @param rows the texts of the columns
   * @return the columns that have a window where at least one cell in ten is a number, and those
   *     without a cell that was looked at
   */
  static BitSet mayHaveNumbers(JavaRDD<InternalRow> rows, int columns) {
    List<PeekedCells>[] peeks =
        rows.mapPartitions(part -> List.of(new PeekedCells(columns).look(part)).iterator())
            .collectPartitions(spread(rows.getNumPartitions()));
    PeekedCells all = new PeekedCells(columns);
    for (List<PeekedCells> peek : peeks) {
      all.withNumbers.or(peek.get(0).withNumbers);
      all.withCells.or(peek.get(0).withCells);
    }
    BitSet found = new BitSet();
    found.set(0, columns);
    found.andNot(all.withCells);
    found.or(all.withNumbers);
    return found;
  }

  /** The numbers of the partitions to look at, from 0 to the last. */
  static int[] spread(int partitions) {
    int chosen = Math.min(partitions, MOST_PARTITIONS);
    return IntStream.range(0, chosen)
        .map(i -> chosen == 1 ? 0 : (int) ((long) i * (partitions - 1) / (chosen - 1)))
        .toArray();
  }

  private PeekedCells look(Iterator<InternalRow> rows) {
    for (int w = 0; w < WINDOWS && rows.hasNext(); w++) {
      int[] cells = new int[columns];
      int[] numbers = new int[columns];
      for (int r = 0; r < WINDOW_ROWS && rows.hasNext(); r++) {
        InternalRow row = rows.next();
        for (int i = 0; i < columns; i++) {
          if (!withNumbers.get(i) && !row.isNullAt(i)) {
            cells[i]++;
            numbers[i] += isNumber(row.getUTF8String(i)) ? 1 : 0;
          }
        }
      }
      for (int i = 0; i < columns; i++) {
        if (cells[i] > 0) {
          withCells.set(i);
          withNumbers.set(i, withNumbers.get(i) || numbers[i] * FEW >= cells[i]);
        }
      }
    }
    return this;
  }

  private static boolean isNumber(UTF8String cell) {
    CellShape shape = CellShape.of(cell);
    return shape == CellShape.TEXT
        ? CellTally.isTruth(cell) || NumberWriting.of(cell).isPresent()
        : shape != CellShape.CODE;
  }
}

package org.ridgeline.spark;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.TreeSet;

/**
 * The different rows of least keyed hash: a sample that depends on the rows there are, not on how
 * they are partitioned, ordered or repeated. Rows are compared by hash, then by content.
 */
final class RowSample implements Serializable {
  private static final long serialVersionUID = 1L;

  /** One row. */
  private static final class Entry implements Serializable, Comparable<Entry> {
    private static final long serialVersionUID = 1L;
    private final long hash;
    private final double[] values;

    Entry(long hash, double[] values) {
      this.hash = hash;
      this.values = values;
    }

    @Override
    public int compareTo(Entry other) {
      int byHash = Long.compare(hash, other.hash);
      return byHash == 0 ? Arrays.compare(values, other.values) : byHash;
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Entry other && compareTo(other) == 0;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(hash);
    }
  }

  private final int columns;
  private final int most;
  private final TreeSet<Entry> entries = new TreeSet<>();

  /** Creates an empty sample of up to {@code most} rows. */
  RowSample(int columns, int most) {
    this.columns = columns;
    this.most = most;
  }

  /** The number of rows. */
  int size() {
    return entries.size();
  }

  /** Whether no row can get in any more unless it displaces another. */
  private boolean isFull() {
    return entries.size() >= most;
  }

  /** Offers the row that starts at {@code from}, which is copied if it gets in. */
  void offer(long hash, double[] values, int from) {
    if (most == 0 || (isFull() && hash > entries.last().hash)) {
      return;
    }
    double[] copy = Arrays.copyOfRange(values, from, from + columns);
    for (int j = 0; j < columns; j++) {
      copy[j] += 0.0; // -0 is 0
    }
    add(new Entry(hash, copy));
  }

  private void add(Entry entry) {
    entries.add(entry);
    if (entries.size() > most) {
      entries.pollLast();
    }
  }

  /** Adds the rows of another sample of the same hash. */
  void merge(RowSample other) {
    other.entries.forEach(this::add);
  }

  /** The first {@code count} rows in the order of their hashes, one after the other. */
  double[] rows(int count) {
    double[] rows = new double[count * columns];
    Iterator<Entry> ordered = entries.iterator();
    for (int i = 0; i < count; i++) {
      System.arraycopy(ordered.next().values, 0, rows, i * columns, columns);
    }
    return rows;
  }
}

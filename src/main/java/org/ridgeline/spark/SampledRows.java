package org.ridgeline.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * The different rows of least keyed hash, with their weights and folds: a sample that depends on
 * the rows there are, not on how they are partitioned, ordered or repeated. Rows of weight 0 are
 * not in it.
 *
 * <p>A task keeps {@link #perTask} rows, enough unless its partition is more than four times the
 * average; if not, the merged sample ends where the first such task had to let rows go, and has
 * fewer rows, but still those of least hash.
 */
public final class SampledRows implements Serializable {
  private static final long serialVersionUID = 1L;

  /** How many rows there are at most. */
  public static final int MOST = 1000;

  private static final long MOST_BYTES = 1L << 25; // of all tasks together

  /** One row. */
  private static final class Entry implements Serializable, Comparable<Entry> {
    private static final long serialVersionUID = 1L;
    private final long hash;
    private final double[] values;
    private final double weight;
    private final String fold;

    Entry(long hash, double[] values, double weight, String fold) {
      this.hash = hash;
      this.values = values;
      this.weight = weight;
      this.fold = fold;
    }

    @Override
    public int compareTo(Entry other) {
      int order = Long.compare(hash, other.hash);
      order = order == 0 ? Arrays.compare(values, other.values) : order;
      order = order == 0 ? Double.compare(weight, other.weight) : order;
      return order == 0 ? fold.compareTo(other.fold) : order;
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
  private long last = Long.MAX_VALUE; // rows of larger hash may be missing

  /**
   * Creates an empty sample.
   *
   * @param columns d + m
   * @param most how many rows it may keep
   */
  SampledRows(int columns, int most) {
    this.columns = columns;
    this.most = most;
  }

  /** How many rows each of so many tasks has to keep. */
  static int perTask(int partitions, int columns) {
    int tasks = Math.max(1, partitions);
    long byBytes = MOST_BYTES / Double.BYTES / Math.max(1, columns) / tasks;
    return (int) Math.max(1, Math.min(Math.min(MOST, 4L * MOST / tasks + 16), byBytes));
  }

  /** Whether a row of this hash would get in. */
  boolean takes(long hash) {
    return hash < last;
  }

  /** Adds a row, which it owns. */
  void add(long hash, double[] values, double weight, String fold) {
    for (int j = 0; j < columns; j++) {
      values[j] += 0.0; // -0 is 0
    }
    entries.add(new Entry(hash, values, weight, fold));
    shrink();
  }

  /** Drops rows until there are no more than allowed; of equal hashes all go or none. */
  private void shrink() {
    while (entries.size() > most || (!entries.isEmpty() && entries.last().hash >= last)) {
      last = Math.min(last, entries.pollLast().hash);
    }
  }

  /** Adds the rows of another sample of the same hash. */
  void merge(SampledRows other) {
    entries.addAll(other.entries);
    last = Math.min(last, other.last);
    shrink();
  }

  /**
   * Writes all rows: how many columns and rows, then of each row the hash, the values, the weight,
   * the bytes of the fold's label and the label in UTF-8. The stream stays open.
   */
  void writeTo(DataOutputStream out) throws IOException {
    out.writeInt(columns);
    out.writeInt(entries.size());
    for (Entry entry : entries) {
      out.writeLong(entry.hash);
      for (double value : entry.values) {
        out.writeDouble(value);
      }
      out.writeDouble(entry.weight);
      byte[] fold = entry.fold.getBytes(UTF_8);
      out.writeInt(fold.length);
      out.write(fold);
    }
  }

  /** Reads back what {@link #writeTo} wrote. */
  static SampledRows readFrom(DataInputStream in) throws IOException {
    int columns = in.readInt();
    int rows = in.readInt();
    SampledRows sample = new SampledRows(columns, rows);
    for (int r = 0; r < rows; r++) {
      long hash = in.readLong();
      double[] values = new double[columns];
      for (int j = 0; j < columns; j++) {
        values[j] = in.readDouble();
      }
      double weight = in.readDouble();
      sample.add(hash, values, weight, new String(in.readNBytes(in.readInt()), UTF_8));
    }
    return sample;
  }

  /** The number of rows. */
  public int size() {
    return entries.size();
  }

  /** The rows in the order of their hashes, d inputs and m targets each, one after the other. */
  public double[] values() {
    double[] values = new double[entries.size() * columns];
    int at = 0;
    for (Entry entry : entries) {
      System.arraycopy(entry.values, 0, values, at, columns);
      at += columns;
    }
    return values;
  }

  /** Their weights. */
  public double[] weights() {
    return entries.stream().mapToDouble(entry -> entry.weight).toArray();
  }

  /** The labels of their folds. */
  public List<String> folds() {
    List<String> folds = new ArrayList<>();
    entries.forEach(entry -> folds.add(entry.fold));
    return folds;
  }
}

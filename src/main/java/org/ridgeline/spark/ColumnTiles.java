package org.ridgeline.spark;

import java.util.List;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Copies plain number columns of a batch into the rows of a chunk, eight columns at a time, so that
 * each cache line of the chunk is written once and not eight times.
 */
final class ColumnTiles {
  private static final int COLUMNS = 8;

  private final Term[] terms;
  private final int[] ordinals;
  private final double[][] tile = new double[COLUMNS][];

  /**
   * Creates the copier.
   *
   * @param terms columns that {@link #takes} accepts
   * @param ordinals for each column of the design, its position in a batch
   */
  ColumnTiles(List<Term> terms, int[] ordinals) {
    this.terms = terms.toArray(new Term[0]);
    this.ordinals = terms.stream().mapToInt(term -> ordinals[term.slot()]).toArray();
  }

  /** Whether a column can be copied in bulk. */
  static boolean takes(Term term) {
    return term.isNumber()
        && term.cell().type() != NumberCell.Type.DECIMAL
        && term.cell().type() != NumberCell.Type.NOTHING;
  }

  /** Copies {@code count} rows from row {@code from} of the batch, and rejects rows with nulls. */
  void fill(ColumnarBatch batch, int from, int count, ClaimedRows rows) {
    int first = 0;
    while (first < terms.length) {
      int columns = 0;
      while (columns < COLUMNS && isNext(first, columns)) {
        tile[columns] = read(batch, first + columns, from, count, rows);
        columns++;
      }
      int at = terms[first].offset();
      if (columns == COLUMNS) {
        scatterEight(rows.values(), at, rows.chunk().width(), count);
      } else {
        scatter(rows.values(), at, rows.chunk().width(), count, columns);
      }
      first += columns;
    }
  }

  /** Whether term {@code first + i} exists and continues the row of values. */
  private boolean isNext(int first, int i) {
    return first + i < terms.length && terms[first + i].offset() == terms[first].offset() + i;
  }

  private double[] read(ColumnarBatch batch, int index, int from, int count, ClaimedRows rows) {
    ColumnVector column = batch.column(ordinals[index]);
    if (column.hasNull()) {
      for (int r = 0; r < count; r++) {
        if (rows.isInData(r) && column.isNullAt(from + r)) {
          rows.reject(r, terms[index].column(), InvalidTally.Problem.MISSING, "null");
        }
      }
    }
    return doubles(column, terms[index].cell().type(), from, count);
  }

  private static double[] doubles(ColumnVector column, NumberCell.Type type, int from, int count) {
    return switch (type) {
      case DOUBLE -> column.getDoubles(from, count);
      case FLOAT -> widen(column.getFloats(from, count));
      case LONG -> widen(column.getLongs(from, count));
      case INT -> widen(column.getInts(from, count));
      case SHORT -> widen(column.getShorts(from, count));
      case BYTE -> widen(column.getBytes(from, count));
      case BOOLEAN -> widen(column.getBooleans(from, count));
      case DECIMAL, NOTHING -> throw new IllegalStateException("Cannot copy in bulk: " + type);
    };
  }

  private static double[] widen(float[] source) {
    double[] result = new double[source.length];
    for (int i = 0; i < source.length; i++) {
      result[i] = source[i];
    }
    return result;
  }

  private static double[] widen(long[] source) {
    double[] result = new double[source.length];
    for (int i = 0; i < source.length; i++) {
      result[i] = source[i];
    }
    return result;
  }

  private static double[] widen(int[] source) {
    double[] result = new double[source.length];
    for (int i = 0; i < source.length; i++) {
      result[i] = source[i];
    }
    return result;
  }

  private static double[] widen(short[] source) {
    double[] result = new double[source.length];
    for (int i = 0; i < source.length; i++) {
      result[i] = source[i];
    }
    return result;
  }

  private static double[] widen(byte[] source) {
    double[] result = new double[source.length];
    for (int i = 0; i < source.length; i++) {
      result[i] = source[i];
    }
    return result;
  }

  private static double[] widen(boolean[] source) {
    double[] result = new double[source.length];
    for (int i = 0; i < source.length; i++) {
      result[i] = source[i] ? 1 : 0;
    }
    return result;
  }

  private void scatterEight(double[] values, int offset, int width, int count) {
    double[] a = tile[0];
    double[] b = tile[1];
    double[] c = tile[2];
    double[] d = tile[3];
    double[] e = tile[4];
    double[] f = tile[5];
    double[] g = tile[6];
    double[] h = tile[7];
    for (int r = 0, at = offset; r < count; r++, at += width) {
      values[at] = a[r];
      values[at + 1] = b[r];
      values[at + 2] = c[r];
      values[at + 3] = d[r];
      values[at + 4] = e[r];
      values[at + 5] = f[r];
      values[at + 6] = g[r];
      values[at + 7] = h[r];
    }
  }

  private void scatter(double[] values, int offset, int width, int count, int columns) {
    for (int c = 0; c < columns; c++) {
      double[] source = tile[c];
      for (int r = 0, at = offset + c; r < count; r++, at += width) {
        values[at] = source[r];
      }
    }
  }
}

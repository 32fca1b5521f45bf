package org.ridgeline.moments;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.ridgeline.base.Check;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.SymMatrix;

/** What {@link MomentsFile} keeps of a fold's scatter: itself, itself and a factor, or the rows. */
enum ScatterKind {
  /** The scatter. */
  PLAIN(0),
  /** The scatter and a {@link TriangularFactor}. */
  TRIANGULAR(1),
  /** The scatter and a {@link LongFactor}. */
  LONG(2),
  /** {@link GatheredRows} in place of the scatter. */
  ROWS(3);

  private final int code;

  ScatterKind(int code) {
    this.code = code;
  }

  /** Returns its number in the file. */
  int code() {
    return code;
  }

  static Optional<ScatterKind> of(int code) {
    return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst();
  }

  /**
   * Returns what these moments keep.
   *
   * @param empty what moments of no rows count as
   */
  static ScatterKind of(Moments moments, ScatterKind empty) {
    Scatter kept = moments.kept();
    if (kept instanceof NoRows) {
      return empty;
    }
    if (kept instanceof Triangle triangle) {
      RowFactor factor = triangle.rowFactor();
      return factor instanceof LongFactor ? LONG : factor == null ? PLAIN : TRIANGULAR;
    }
    return ROWS;
  }

  /**
   * Returns the bytes for p columns.
   *
   * @param rows how many rows are kept
   */
  long bytes(int p, int rows) {
    long triangle = (long) p * (p + 1) / 2 * Double.BYTES;
    return switch (this) {
      case PLAIN -> triangle;
      case TRIANGULAR -> 2 * triangle;
      case LONG -> triangle + 2L * SymMatrix.packedLength(p + 1) * Double.BYTES;
      case ROWS -> ((long) p + rows + (long) rows * p) * Double.BYTES;
    };
  }

  /** Returns how many rows these moments keep. */
  static int rows(Moments moments) {
    return moments.kept() instanceof GatheredRows gathered ? (int) gathered.rows() : 0;
  }

  /** Writes what these moments, which are of this kind, keep. */
  void write(Moments moments, ChecksummedOutput out) throws IOException {
    if (this == ROWS) {
      writeRows(moments, out);
      return;
    }
    double[] packed = moments.scatter().packed();
    out.numbers(packed, 0, packed.length);
    if (this == TRIANGULAR) {
      Matrix factor = ((Triangle) moments.kept()).triangularFactor().matrix();
      for (int j = 0; j < factor.columns(); j++) {
        out.numbers(factor.data(), j * factor.columns(), j + 1);
      }
    } else if (this == LONG) {
      ((LongFactor) ((Triangle) moments.kept()).rowFactor()).write(out);
    }
  }

  private static void writeRows(Moments moments, ChecksummedOutput out) throws IOException {
    if (!(moments.kept() instanceof GatheredRows gathered)) {
      int p = moments.inputs() + moments.targets();
      out.numbers(new double[p], 0, p);
      return;
    }
    Check.that(gathered.isComplete(), "Cannot store the moments: there were too many rows to keep");
    out.numbers(gathered.squares(), 0, gathered.squares().length);
    for (double[] weights : gathered.weights()) {
      out.numbers(weights, 0, weights.length);
    }
    for (double[] values : gathered.blocks()) {
      out.numbers(values, 0, values.length);
    }
  }

  /**
   * Reads what {@link #write} wrote of p columns.
   *
   * @param rows how many rows were kept
   */
  Scatter read(int p, int rows, ChecksummedInput in) throws IOException {
    if (this == ROWS) {
      double[] squares = new double[p];
      double[] weights = new double[rows];
      double[] values = new double[Math.multiplyExact(rows, p)];
      in.numbers(squares, 0, p);
      in.numbers(weights, 0, rows);
      in.numbers(values, 0, values.length);
      return GatheredRows.owning(squares, values, weights);
    }
    SymMatrix scatter = SymMatrix.zeros(p);
    in.numbers(scatter.packed(), 0, scatter.packed().length);
    return new Triangle(scatter, factor(p, in));
  }

  private RowFactor factor(int p, ChecksummedInput in) throws IOException {
    if (this == TRIANGULAR) {
      Matrix factor = Matrix.zeros(p, p);
      for (int j = 0; j < p; j++) {
        in.numbers(factor.data(), j * p, j + 1);
      }
      return TriangularFactor.owning(factor);
    }
    if (this == LONG) {
      Check.that(
          p <= LongFactor.MOST_COLUMNS,
          "Cannot use the moments: their factor of 32 digits has %d columns, the most are %d",
          p,
          LongFactor.MOST_COLUMNS);
      return LongFactor.read(p, in);
    }
    return null;
  }
}

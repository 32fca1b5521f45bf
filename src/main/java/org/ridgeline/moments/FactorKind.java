package org.ridgeline.moments;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.ridgeline.base.Check;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.SymMatrix;

/**
 * Which factor of the rows {@link MomentsFile} keeps beside their moments; its code is its rank.
 */
enum FactorKind {
  /** None; also for gathered rows, which are the data themselves. */
  NONE(0),
  /** A {@link TriangularFactor}. */
  TRIANGULAR(1),
  /** A {@link LongFactor}. */
  LONG(2);

  private final int code;

  FactorKind(int code) {
    this.code = code;
  }

  /** Returns its number in the file. */
  int code() {
    return code;
  }

  static Optional<FactorKind> of(int code) {
    return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst();
  }

  static FactorKind of(Moments moments) {
    RowFactor factor = moments.rowFactor();
    if (factor instanceof LongFactor) {
      return LONG;
    }
    return factor instanceof TriangularFactor ? TRIANGULAR : NONE;
  }

  /** Returns the bytes for p columns. */
  long bytes(int p) {
    return switch (this) {
      case NONE -> 0;
      case TRIANGULAR -> (long) SymMatrix.packedLength(p) * Double.BYTES;
      case LONG -> 2L * SymMatrix.packedLength(p + 1) * Double.BYTES;
    };
  }

  /** Writes the factor of these moments, which is of this kind. */
  void write(Moments moments, ChecksummedOutput out) throws IOException {
    if (this == TRIANGULAR) {
      Matrix factor = moments.triangularFactor().matrix();
      for (int j = 0; j < factor.columns(); j++) {
        out.numbers(factor.data(), j * factor.columns(), j + 1);
      }
    } else if (this == LONG) {
      ((LongFactor) moments.rowFactor()).write(out);
    }
  }

  /** Reads a factor of p columns; null for none. */
  RowFactor read(int p, ChecksummedInput in) throws IOException {
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

package org.ridgeline.ridge;

import java.util.Arrays;
import org.ridgeline.linalg.Matrix;

/**
 * The basis of a diagonal R: columns of P are unit vectors over {@code sqrt f_j}, those of N unit
 * vectors. Nothing has {@code d^2} numbers.
 */
final class ColumnBasis implements PenaltyBasis {
  private static final long serialVersionUID = 1L;
  private final int inputs;
  private final int[] penalized;
  private final int[] free;
  private final double[] weights; // 1 / sqrt f_j of the penalized columns

  private ColumnBasis(int inputs, int[] penalized, int[] free, double[] weights) {
    this.inputs = inputs;
    this.penalized = penalized;
    this.free = free;
    this.weights = weights;
  }

  /** Returns the basis of the factors of a penalty without an operator. */
  static ColumnBasis of(Penalty penalty, boolean[] absent) {
    boolean[] isPenalized = new boolean[absent.length];
    boolean[] isFree = new boolean[absent.length];
    for (int j = 0; j < absent.length; j++) {
      isPenalized[j] = penalty.factor(j) > 0;
      isFree[j] = !isPenalized[j] && !absent[j];
    }
    int[] penalized = PenaltyBasis.positions(isPenalized);
    double[] weights =
        Arrays.stream(penalized).mapToDouble(j -> 1 / Math.sqrt(penalty.factor(j))).toArray();
    return new ColumnBasis(absent.length, penalized, PenaltyBasis.positions(isFree), weights);
  }

  @Override
  public int order() {
    return penalized.length;
  }

  @Override
  public int freeOrder() {
    return free.length;
  }

  @Override
  public Matrix times(Matrix v) {
    return spread(scaledRows(v), penalized);
  }

  @Override
  public Matrix transposedTimes(Matrix v) {
    return scaledRows(v.rowsAt(penalized));
  }

  @Override
  public Matrix appliedTo(Matrix a) {
    return a.columnsAt(penalized).scaledColumns(weights);
  }

  @Override
  public double[] formDiagonal(Matrix m) {
    double[] diagonal = new double[penalized.length];
    Arrays.setAll(diagonal, i -> weights[i] * m.get(penalized[i], i));
    return diagonal;
  }

  @Override
  public Matrix freeTimes(Matrix t) {
    return spread(t, free);
  }

  @Override
  public Matrix freeTransposedTimes(Matrix v) {
    return v.rowsAt(free);
  }

  @Override
  public Matrix freeAppliedTo(Matrix a) {
    return a.columnsAt(free);
  }

  @Override
  public double[] squaredRows(Matrix x) {
    double[] squares = new double[inputs];
    for (int i = 0; i < penalized.length; i++) {
      squares[penalized[i]] = weights[i] * weights[i];
    }
    for (int c = 0; c < x.columns(); c++) {
      for (int i = 0; i < free.length; i++) {
        squares[free[i]] += x.get(i, c) * x.get(i, c);
      }
    }
    return squares;
  }

  private Matrix scaledRows(Matrix v) {
    return v.map((i, c, value) -> weights[i] * value);
  }

  /** Returns rows at their positions among zeros. */
  private Matrix spread(Matrix rows, int[] positions) {
    Matrix result = Matrix.zeros(inputs, rows.columns());
    for (int c = 0; c < rows.columns(); c++) {
      for (int i = 0; i < positions.length; i++) {
        result.set(positions[i], c, rows.get(i, c));
      }
    }
    return result;
  }
}

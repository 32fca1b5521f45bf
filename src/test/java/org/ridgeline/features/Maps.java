package org.ridgeline.features;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.ridgeline.linalg.Cholesky;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.SymMatrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.MomentsAccumulator;
import org.ridgeline.moments.RowBlock;
import org.ridgeline.ridge.Intercept;
import org.ridgeline.ridge.PathCoefficients;
import org.ridgeline.ridge.RidgeProblem;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.Scaling;
import org.ridgeline.ridge.SolverKind;
import org.ridgeline.ridge.SolverTable;

/** What the tests of this package do with maps: apply them, fit ridge on them, fit kernel ridge. */
final class Maps {
  private Maps() {}

  /** The features of each row. */
  static double[][] features(FeatureMap map, double[][] rows) {
    int d = map.inputs();
    int width = map.outputs();
    double[] x = new double[rows.length * d];
    for (int r = 0; r < rows.length; r++) {
      System.arraycopy(rows[r], 0, x, r * d, d);
    }
    double[] z = new double[rows.length * width];
    map.newTask().apply(rows.length, x, d, z, width);
    double[][] features = new double[rows.length][width];
    for (int r = 0; r < rows.length; r++) {
      System.arraycopy(z, r * width, features[r], 0, width);
    }
    return features;
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** Ridge of y on the rows of z. */
  static PathCoefficients ridge(double[][] z, double[] y, Intercept intercept, double lambda) {
    int width = z[0].length;
    MomentsAccumulator moments = new MomentsAccumulator(width, 1);
    RowBlock block = new RowBlock(z.length, width + 1);
    for (int r = 0; r < z.length; r++) {
      double[] row = Arrays.copyOf(z[r], width + 1);
      row[width] = y[r];
      block.append(row, 1);
    }
    moments.addInPlace(block);
    RidgeSpec spec = new RidgeSpec(intercept, Scaling.NONE, SolverKind.CHOLESKY);
    RidgeProblem problem = RidgeProblem.of(moments.snapshot(), spec);
    return SolverTable.solver(problem, 1, lambda).solve(List.of(Vec.of(lambda))).get(0);
  }

  static double[] predict(PathCoefficients model, double[][] z) {
    double[] prediction = new double[z.length];
    for (int r = 0; r < z.length; r++) {
      prediction[r] = model.intercepts().get(0) + dot(model.matrix().columnCopy(0), z[r]);
    }
    return prediction;
  }

  /** {@code (K + lambda I)^-1 y}. */
  static double[] kernelRidge(double[][] gram, double[] y, double lambda) {
    int n = y.length;
    SymMatrix shifted = SymMatrix.zeros(n);
    for (int j = 0; j < n; j++) {
      for (int i = j; i < n; i++) {
        shifted.packed()[shifted.offset(j) + i - j] = gram[i][j] + (i == j ? lambda : 0);
      }
    }
    return Cholesky.of(shifted).orElseThrow().solve(Matrix.column(y)).data();
  }

  /** {@code k(a_i, b_j)}. */
  static double[][] kernels(Kernel kernel, double lengthScale, double[][] a, double[][] b) {
    double[][] k = new double[a.length][b.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b.length; j++) {
        k[i][j] = kernel.between(a[i], b[j], lengthScale);
      }
    }
    return k;
  }

  /** The rows as columns of a matrix. */
  static Matrix columns(double[][] rows) {
    Matrix result = Matrix.zeros(rows[0].length, rows.length);
    for (int j = 0; j < rows.length; j++) {
      for (int i = 0; i < rows[j].length; i++) {
        result.set(i, j, rows[j][i]);
      }
    }
    return result;
  }

  /** Deterministic standard normal rows. */
  static double[][] normalRows(int n, int d, long seed) {
    CounterRandom random = new CounterRandom(seed);
    double[][] rows = new double[n][d];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < d; j++) {
        rows[i][j] = random.gaussian(99, (long) i * d + j);
      }
    }
    return rows;
  }

  static double[] label(double[][] rows, ToDoubleFunction<double[]> of) {
    return Arrays.stream(rows).mapToDouble(of).toArray();
  }

  /** The root of the mean squared difference. */
  static double gap(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(sum / a.length);
  }
}

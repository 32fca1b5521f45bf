package org.ridgeline.linalg;

import dev.ludovic.netlib.lapack.JavaLAPACK;
import dev.ludovic.netlib.lapack.LAPACK;
import dev.ludovic.netlib.lapack.NativeLAPACK;
import org.netlib.util.doubleW;
import org.netlib.util.intW;
import org.ridgeline.base.SingularException;

/** The LAPACK calls of this project; native where it loads, else netlib's Java translation. */
public final class Lapack {
  private static final boolean NATIVE;
  private static final LAPACK BACKEND;

  static {
    LAPACK found = Backend.nativeAllowed() ? nativeLapack() : null;
    NATIVE = found != null;
    BACKEND = NATIVE ? found : JavaLAPACK.getInstance();
  }

  private Lapack() {}

  private static LAPACK nativeLapack() {
    try {
      return NativeLAPACK.getInstance();
    } catch (RuntimeException | LinkageError unavailable) {
      return null; // whoever installs the native libraries reports the cause
    }
  }

  /** Whether a native library runs. */
  public static boolean isNative() {
    return NATIVE;
  }

  /** The name of what runs, such as {@code JNILAPACK} or {@code F2jLAPACK}. */
  public static String implementation() {
    return BACKEND.getClass().getSimpleName();
  }

  /** Overwrites the lower triangle with its Cholesky factor; false when not positive definite. */
  static boolean choleskyInPlace(Matrix a) {
    return choleskyBreak(a) == 0;
  }

  /**
   * The order of the first leading block that is not positive definite, 0 when all are; {@code a}
   * is overwritten.
   */
  static int choleskyBreak(Matrix a) {
    intW info = new intW(0);
    if (a.rows() > 0) {
      BACKEND.dpotrf("L", a.rows(), a.data(), a.rows(), info);
    }
    return info.val;
  }

  /** Overwrites {@code b} with {@code inverse(L L') B}. */
  static void choleskySolveInPlace(Matrix factor, Matrix b) {
    if (factor.rows() > 0 && b.columns() > 0) {
      intW info = new intW(0);
      BACKEND.dpotrs(
          "L", factor.rows(), b.columns(), factor.data(), factor.rows(), b.data(), b.rows(), info);
    }
  }

  /** An estimate of the reciprocal condition number in the 1-norm, given the 1-norm of A. */
  static double choleskyRcond(Matrix factor, double norm1) {
    int p = factor.rows();
    doubleW rcond = new doubleW(1);
    if (p > 0) {
      BACKEND.dpocon(
          "L", p, factor.data(), p, norm1, rcond, new double[3 * p], new int[p], new intW(0));
    }
    return rcond.val;
  }

  /**
   * Reduces the symmetric matrix {@code a}, of which the lower triangle is read, to {@code A = Q T
   * Q'} with T tridiagonal; the reflectors that make up Q overwrite {@code a} and {@code tau}.
   */
  static void tridiagonalizeInPlace(Matrix a, double[] diagonal, double[] below, double[] tau) {
    int p = a.rows();
    if (p > 0) {
      double[] size = new double[1];
      intW info = new intW(0);
      BACKEND.dsytrd("L", p, a.data(), p, diagonal, below, tau, size, -1, info);
      double[] work = new double[(int) size[0]];
      BACKEND.dsytrd("L", p, a.data(), p, diagonal, below, tau, work, work.length, info);
    }
  }

  /** Overwrites {@code b} with {@code Q B}, or {@code Q'B} for {@code transpose} "T". */
  static void rotateInPlace(String transpose, Matrix reflectors, double[] tau, Matrix b) {
    int p = reflectors.rows();
    int n = b.columns();
    if (p > 0 && n > 0) {
      double[] size = new double[1];
      intW info = new intW(0);
      for (int pass = 0; pass < 2; pass++) { // first asks for the size of the work space
        double[] work = pass == 0 ? size : new double[(int) size[0]];
        BACKEND.dormtr(
            "L",
            "L",
            transpose,
            p,
            n,
            reflectors.data(),
            p,
            tau,
            b.data(),
            p,
            work,
            pass == 0 ? -1 : work.length,
            info);
      }
    }
  }

  /** Overwrites the diagonal of a tridiagonal matrix with its eigenvalues, ascending. */
  static void tridiagonalValuesInPlace(double[] diagonal, double[] below) {
    if (diagonal.length > 0) {
      intW info = new intW(0);
      BACKEND.dsterf(diagonal.length, diagonal, below, info);
      requireConverged(info, diagonal.length);
    }
  }

  /** The eigenvectors of a tridiagonal matrix, whose content is lost. */
  static Matrix tridiagonalVectors(double[] diagonal, double[] below) {
    int p = diagonal.length;
    Matrix vectors = Matrix.zeros(p, p);
    if (p > 0) {
      double[] size = new double[1];
      int[] integerSize = new int[1];
      intW info = new intW(0);
      for (int pass = 0; pass < 2; pass++) { // first asks for the sizes of the work space
        double[] work = pass == 0 ? size : new double[(int) size[0]];
        int[] integers = pass == 0 ? integerSize : new int[integerSize[0]];
        BACKEND.dstedc(
            "I",
            p,
            diagonal,
            below,
            vectors.data(),
            p,
            work,
            pass == 0 ? -1 : work.length,
            integers,
            pass == 0 ? -1 : integers.length,
            info);
      }
      requireConverged(info, p);
    }
    return vectors;
  }

  /**
   * The triangular factor R of {@code A = QR}, square: {@code 2 n p^2} flops for n x p.
   *
   * @param a at least as many rows as columns; its content is lost
   */
  public static Matrix triangularFactor(Matrix a) {
    int n = a.rows();
    int p = a.columns();
    Matrix r = Matrix.zeros(p, p);
    if (p == 0) {
      return r;
    }
    double[] size = new double[1];
    double[] tau = new double[p];
    intW info = new intW(0);
    BACKEND.dgeqrf(n, p, a.data(), n, tau, size, -1, info);
    double[] work = new double[Math.max(p, (int) size[0])];
    BACKEND.dgeqrf(n, p, a.data(), n, tau, work, work.length, info);
    for (int j = 0; j < p; j++) {
      System.arraycopy(a.data(), j * n, r.data(), j * p, j + 1);
    }
    return r;
  }

  /** The thin singular value decomposition of an n x p matrix, n >= p, whose content is lost. */
  static void singularValues(Matrix a, double[] values, Matrix u, Matrix vt) {
    int n = a.rows();
    int p = a.columns();
    if (p == 0) {
      return;
    }
    double[] size = new double[1];
    int[] integers = new int[8 * p];
    intW info = new intW(0);
    for (int pass = 0; pass < 2; pass++) { // first asks for the size of the work space
      double[] work = pass == 0 ? size : new double[(int) size[0]];
      BACKEND.dgesdd(
          "S",
          n,
          p,
          a.data(),
          n,
          values,
          u.data(),
          n,
          vt.data(),
          p,
          work,
          pass == 0 ? -1 : work.length,
          integers,
          info);
    }
    requireConverged(info, p);
  }

  private static void requireConverged(intW info, int p) {
    if (info.val != 0) {
      throw new SingularException(
          "Cannot compute the eigenvalues of a matrix of order "
              + p
              + ": LAPACK did not converge (info "
              + info.val
              + "); check the data for infinite or absurdly large values");
    }
  }
}

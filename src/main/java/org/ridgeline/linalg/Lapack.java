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
   * Computes all eigenvalues, ascending, and eigenvectors of the symmetric matrix {@code a}, whose
   * content is lost. Returns the eigenvectors: {@code a} itself, or a new matrix.
   */
  static Matrix eigen(Matrix a, double[] values) {
    if (a.rows() == 0) {
      return a;
    }
    return NATIVE ? divideAndConquer(a, values) : relativelyRobust(a, values);
  }

  private static Matrix divideAndConquer(Matrix a, double[] values) {
    int p = a.rows();
    double[] workSize = new double[1];
    int[] integerSize = new int[1];
    intW info = new intW(0);
    BACKEND.dsyevd("V", "L", p, a.data(), p, values, workSize, -1, integerSize, -1, info);
    double[] work = new double[(int) workSize[0]];
    int[] integers = new int[integerSize[0]];
    BACKEND.dsyevd(
        "V", "L", p, a.data(), p, values, work, work.length, integers, integers.length, info);
    requireConverged(info, p);
    return a;
  }

  /** The fastest routine of the Java translation. */
  private static Matrix relativelyRobust(Matrix a, double[] values) {
    int p = a.rows();
    Matrix vectors = Matrix.zeros(p, p);
    double[] workSize = new double[1];
    int[] integerSize = new int[1];
    int[] support = new int[2 * p];
    intW found = new intW(0);
    intW info = new intW(0);
    for (int pass = 0; pass < 2; pass++) { // first asks for the sizes of the work space
      double[] work = pass == 0 ? workSize : new double[(int) workSize[0]];
      int[] integers = pass == 0 ? integerSize : new int[integerSize[0]];
      BACKEND.dsyevr(
          "V",
          "A",
          "L",
          p,
          a.data(),
          p,
          0,
          0,
          0,
          0,
          0,
          found,
          values,
          vectors.data(),
          p,
          support,
          work,
          pass == 0 ? -1 : work.length,
          integers,
          pass == 0 ? -1 : integers.length,
          info);
    }
    requireConverged(info, p);
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

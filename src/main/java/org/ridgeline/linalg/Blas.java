package org.ridgeline.linalg;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import org.ridgeline.base.Check;

/**
 * The level-3 BLAS calls of this project, on column-major arrays: netlib's native implementation
 * where it loads, plain Java otherwise.
 *
 * <p>The choice is made once per JVM, at first use. The system property {@code
 * ridgeline.native=off} forbids native libraries. Arguments are not checked here: the callers own
 * their shapes.
 */
public final class Blas {
  private static final boolean NATIVE;
  private static final BLAS BACKEND;

  static {
    BLAS found = Backend.nativeAllowed() ? nativeBlas() : null;
    NATIVE = found != null;
    BACKEND = NATIVE ? found : JavaBLAS.getInstance();
  }

  private Blas() {}

  private static BLAS nativeBlas() {
    try {
      return NativeBLAS.getInstance();
    } catch (RuntimeException | LinkageError unavailable) {
      return null; // whoever installs the native libraries reports the cause
    }
  }

  /** Whether a native library runs. */
  public static boolean isNative() {
    return NATIVE;
  }

  /** The name of what runs, such as {@code JNIBLAS} or {@code plain Java}. */
  public static String implementation() {
    return NATIVE ? BACKEND.getClass().getSimpleName() : "plain Java";
  }

  /**
   * {@code C := C + B B'}, lower triangle: {@code p^2 m} flops.
   *
   * @param p the order of C and the number of rows of B
   * @param m the number of columns of B
   * @param b p x m
   * @param c p x p; only the lower triangle is read and written
   */
  public static void syrkLower(int p, int m, double[] b, double[] c) {
    if (NATIVE) {
      BACKEND.dsyrk("L", "N", p, m, 1.0, b, p, 1.0, c, p);
    } else {
      SyrkKernel.syrkLower(p, m, b, c);
    }
  }

  /** Returns {@code A B}. */
  public static Matrix times(Matrix a, Matrix b) {
    return gemm("N", a, b, a.rows(), a.columns());
  }

  /** Returns {@code A' B}. */
  public static Matrix transposedTimes(Matrix a, Matrix b) {
    return gemm("T", a, b, a.columns(), a.rows());
  }

  /**
   * {@code C := A' B} for the first n columns of B and C, which stand one after the other in arrays
   * that may be longer: {@code 2 r c n} flops for an r x c matrix A.
   *
   * @param b r x n
   * @param c c x n, overwritten
   */
  public static void transposedTimes(Matrix a, int n, double[] b, double[] c) {
    int r = a.rows();
    int m = a.columns();
    if (n > 0 && m > 0 && r > 0) {
      BACKEND.dgemm("T", "N", m, n, r, 1.0, a.data(), r, b, r, 0.0, c, m);
    }
  }

  private static Matrix gemm(String transposeA, Matrix a, Matrix b, int rows, int inner) {
    Check.that(
        inner == b.rows(),
        "Cannot multiply: the inner sizes differ, %d against %d",
        inner,
        b.rows());
    Matrix result = Matrix.zeros(rows, b.columns());
    if (rows > 0 && b.columns() > 0 && inner > 0) {
      BACKEND.dgemm(
          transposeA,
          "N",
          rows,
          b.columns(),
          inner,
          1.0,
          a.data(),
          a.rows(),
          b.data(),
          b.rows(),
          0.0,
          result.data(),
          rows);
    }
    return result;
  }

  /**
   * Returns {@code T B}, where T is the lower triangle of {@code l}: {@code p^2} flops a column.
   */
  static Matrix lowerTimes(Matrix l, Matrix b) {
    Matrix product = Matrix.owning(b.rows(), b.columns(), b.data().clone());
    if (b.rows() > 0 && b.columns() > 0) {
      int p = l.rows();
      BACKEND.dtrmm("L", "L", "N", "N", p, b.columns(), 1.0, l.data(), p, product.data(), p);
    }
    return product;
  }

  /**
   * Overwrites the first n columns of B, which stand one after the other in an array that may be
   * longer, with those of {@code inverse(L) B}, where L is the lower triangle of {@code l}.
   */
  static void solveLowerInPlace(Matrix l, int n, double[] b) {
    int p = l.rows();
    if (n > 0 && p > 0) {
      BACKEND.dtrsm("L", "L", "N", "N", p, n, 1.0, l.data(), p, b, p);
    }
  }
}

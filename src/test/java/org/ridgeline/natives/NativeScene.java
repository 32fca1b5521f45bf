package org.ridgeline.natives;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import dev.ludovic.netlib.lapack.LAPACK;
import dev.ludovic.netlib.lapack.NativeLAPACK;

/** What a JVM of its own says about its native libraries. */
final class NativeScene {
  private NativeScene() {}

  public static void main(String[] args) {
    switch (args[0]) {
      case "install" -> install();
      case "cause" -> {
        NativeState state = NativeLibraries.install();
        System.out.print(state.kind() + " " + state.detail() + " " + state.cause().orElse(""));
      }
      case "late" -> {
        java.util.logging.LogManager.getLogManager().reset(); // netlib's own warnings
        BLAS.getInstance();
        NativeState state = NativeLibraries.install();
        System.out.print(state.kind() + " " + state.detail());
      }
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  private static void install() {
    NativeState state = NativeLibraries.install();
    boolean isNative =
        state.kind() == NativeState.Kind.LOADED || state.kind() == NativeState.Kind.GIVEN;
    BLAS blas = isNative ? NativeBLAS.getInstance() : BLAS.getInstance();
    LAPACK lapack = isNative ? NativeLAPACK.getInstance() : LAPACK.getInstance();
    if (!isNative && !(blas instanceof JavaBLAS)) {
      System.out.print("not Java: ");
    }
    double[] c = {0};
    blas.dgemm("N", "N", 1, 1, 2, 1, new double[] {1, 2}, 1, new double[] {3, 7}, 2, 0, c, 1);
    double[] s = {0};
    blas.dsyrk("U", "N", 1, 2, 3, new double[] {2, 3}, 1, 0, s, 1);
    double[] root = {4};
    lapack.dpotrf("U", 1, root, 1, new org.netlib.util.intW(0));
    String unpacked =
        System.getProperty(NativeLibraries.BLAS_PATH, "").contains("ridgeline-native-")
                && state.kind() == NativeState.Kind.LOADED
            ? "unpacked"
            : "";
    System.out.print(
        String.join(
            " ",
            state.kind().toString(),
            blas.getClass().getSimpleName(),
            lapack.getClass().getSimpleName(),
            Double.toString(c[0]),
            Double.toString(s[0]),
            Double.toString(root[0]),
            unpacked));
  }
}

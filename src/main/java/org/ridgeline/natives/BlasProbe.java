package org.ridgeline.natives;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.Cholesky;
import org.ridgeline.linalg.Lapack;
import org.ridgeline.linalg.SymEigen;
import org.ridgeline.linalg.SymMatrix;

/**
 * The BLAS and LAPACK of one JVM and their speed. Takes about a second of one core. A plain class
 * because executors send it to the driver.
 */
public final class BlasProbe implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int ORDER = 500;
  private static final int ROWS = 256;
  private static final long NANOS = 200_000_000;

  private final String where;
  private final NativeState state = NativeLibraries.install();
  private final String library = mappedLibrary();
  private final boolean isNative = Blas.isNative();
  private final String blas = Blas.implementation();
  private final String lapack = Lapack.implementation();
  private final String java = System.getProperty("java.version");
  private final String threads = System.getenv("OPENBLAS_NUM_THREADS");
  private final int cores = Runtime.getRuntime().availableProcessors();
  private final long heapBytes = Runtime.getRuntime().maxMemory();
  private final double syrkGigaflops;
  private final double choleskyMillis;
  private final double eigenMillis;

  private BlasProbe(String where) {
    this.where = where;
    double[] block = new double[ORDER * ROWS];
    Arrays.setAll(block, i -> Math.sin(i));
    double[] sum = new double[ORDER * ORDER];
    double seconds = secondsOf(() -> Blas.syrkLower(ORDER, ROWS, block, sum));
    this.syrkGigaflops = 1e-9 * ORDER * ORDER * ROWS / seconds;
    SymMatrix matrix = SpeedProbe.testMatrix(ORDER);
    this.choleskyMillis = 1e3 * secondsOf(() -> require(Cholesky.of(matrix)));
    this.eigenMillis = 1e3 * secondsOf(() -> SymEigen.of(matrix));
  }

  /** Examines this JVM. */
  public static BlasProbe run(String where) {
    return new BlasProbe(where);
  }

  /** Returns the mean time of one call, after one that does not count. */
  private static double secondsOf(Runnable body) {
    body.run();
    long start = System.nanoTime();
    int calls = 0;
    while (System.nanoTime() - start < NANOS) {
      body.run();
      calls++;
    }
    return 1e-9 * (System.nanoTime() - start) / calls;
  }

  private static void require(Optional<Cholesky> factor) {
    if (factor.isEmpty()) {
      throw new IllegalStateException("The test matrix is positive definite, LAPACK denies it");
    }
  }

  /** Returns the BLAS library in this process, by its file; null when there is none. */
  private static String mappedLibrary() {
    try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
      return maps.filter(line -> line.contains("blas") && !line.contains("netlibblasjni"))
          .map(line -> line.replaceFirst("^[^/]*", "").replace(" (deleted)", ""))
          .findFirst()
          .orElse(null);
    } catch (IOException e) {
      return null; // no /proc on this system
    }
  }

  /** Returns the driver, or an executor and its id. */
  public String where() {
    return where;
  }

  /** Whether the native libraries loaded, and if not, why. */
  public String state() {
    return state.detail();
  }

  /** Returns the error behind a failure to load. */
  public Optional<String> cause() {
    return state.cause();
  }

  /** Returns the file of the BLAS library in use. */
  public Optional<String> library() {
    return Optional.ofNullable(library);
  }

  /** Whether BLAS is native. */
  public boolean isNative() {
    return isNative;
  }

  /** Returns the name of the BLAS implementation. */
  public String blas() {
    return blas;
  }

  /** Returns the name of the LAPACK implementation. */
  public String lapack() {
    return lapack;
  }

  /** Returns the version of Java. */
  public String java() {
    return java;
  }

  /** Returns the value of {@code OPENBLAS_NUM_THREADS}. */
  public Optional<String> threads() {
    return Optional.ofNullable(threads);
  }

  /** Returns the processors of the JVM. */
  public int cores() {
    return cores;
  }

  /** Returns the largest heap of the JVM. */
  public long heapBytes() {
    return heapBytes;
  }

  /** Speed of dsyrk at order 500 on one thread, counting {@code p^2 m} flops. */
  public double syrkGigaflops() {
    return syrkGigaflops;
  }

  /** Milliseconds of a Cholesky factorization of order 500. */
  public double choleskyMillis() {
    return choleskyMillis;
  }

  /** Milliseconds of an eigendecomposition of order 500. */
  public double eigenMillis() {
    return eigenMillis;
  }
}

package org.ridgeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** What is known of the machine code under the tests. */
public final class Kernels {
  private static final Set<String> BEFORE_AVX2 =
      Set.of("prescott", "core2", "nehalem", "sandybridge", "barcelona", "bulldozer");

  private Kernels() {}

  /**
   * Whether the same values give the same bits wherever their arrays lie. With the kernels of
   * OpenBLAS for processors before AVX2, {@code dpotrf} and {@code dsyevr} have other last bits
   * when an array moves by 8 bytes, which is up to the garbage collector.
   */
  public static boolean keepBits() {
    if ("off".equals(System.getProperty("ridgeline.native"))) {
      return true;
    }
    String chosen = System.getenv("OPENBLAS_CORETYPE");
    boolean isChosen = chosen != null && !chosen.isEmpty();
    return isChosen ? !BEFORE_AVX2.contains(chosen.toLowerCase(Locale.ROOT)) : hasAvx2();
  }

  private static boolean hasAvx2() {
    try {
      return Files.readString(Path.of("/proc/cpuinfo")).contains(" avx2 ");
    } catch (IOException e) {
      return true; // not Linux: no native libraries of ours
    }
  }
}

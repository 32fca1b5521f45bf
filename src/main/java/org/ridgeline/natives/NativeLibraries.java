package org.ridgeline.natives;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.ridgeline.natives.NativeState.Kind;

/**
 * Gives netlib the OpenBLAS that is inside the application jar, so that nothing has to be installed
 * on any machine.
 *
 * <p>netlib decides once per JVM, at its first call, and only knows {@code libblas.so.3} of the
 * system or the file named by {@code dev.ludovic.netlib.blas.nativeLibPath} (LAPACK alike). {@link
 * #install()} therefore has to come before the first BLAS call: the Spark plugin does it on the
 * driver and on every executor. The four libraries are unpacked side by side, loaded in the order
 * in which they need each other (only OpenBLAS itself looks beside it for what it needs), and their
 * files are removed at once: the mapping stays, and a killed JVM leaves nothing behind.
 *
 * <p>Cost: 41 MB unpacked, about 0.2 s, once per JVM.
 */
public final class NativeLibraries {
  /** System property: {@code off} keeps netlib, and so also MLlib, on its Java implementation. */
  public static final String SWITCH = "ridgeline.native";

  static final String BLAS_PATH = "dev.ludovic.netlib.blas.nativeLibPath";
  static final String LAPACK_PATH = "dev.ludovic.netlib.lapack.nativeLibPath";

  private static final String RESOURCES = "org/bytedeco/openblas/linux-x86_64/";
  private static final String OPENBLAS = "libopenblas.so.0";

  /** In the order of loading: each needs the ones before it. */
  private static final List<String> FILES =
      List.of("libgcc_s.so.1", "libquadmath.so.0", "libgfortran.so.5", OPENBLAS);

  private static final String BLAS_CLASS = "dev.ludovic.netlib.blas.JNIBLAS";
  private static final String LAPACK_CLASS = "dev.ludovic.netlib.lapack.JNILAPACK";

  /** A file that cannot be: netlib tries no other once it is told a path. */
  private static final String INSTEAD =
      "; install OpenBLAS as libblas.so.3 and liblapack.so.3 for more speed.";

  private static final String NOWHERE = "/ridgeline.native=off";

  /**
   * netlib warns about a missing library without the cause; ours has it. Held, or the setting is
   * collected.
   */
  private static final Logger NETLIB_LOG = Logger.getLogger("dev.ludovic.netlib");

  private static NativeState state;

  private NativeLibraries() {}

  /**
   * Loads the libraries at the first call and returns the outcome at every call. Never throws:
   * without native libraries everything still runs, on Java.
   */
  public static synchronized NativeState install() {
    if (state == null) {
      NETLIB_LOG.setLevel(Level.OFF);
      state = decide();
    }
    return state;
  }

  private static NativeState decide() {
    if ("off".equalsIgnoreCase(System.getProperty(SWITCH, ""))) {
      return switchOff();
    }
    boolean blasGiven = isGiven("blas");
    boolean lapackGiven = isGiven("lapack");
    if (blasGiven && lapackGiven) {
      return initialize(
          NativeState.of(
              Kind.GIVEN, "netlib uses the libraries of its nativeLib system properties."));
    }
    String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    if (!platform.toLowerCase(Locale.ROOT).equals("linux amd64")) {
      return NativeState.of(
          Kind.UNSUPPORTED,
          "The jar has libraries for Linux on x86-64, not for " + platform + INSTEAD);
    }
    if (isMapped("libnetlibblasjni")) {
      return NativeState.of(
          Kind.TOO_LATE,
          "netlib was initialized before Ridgeline and keeps the native library it found.");
    }
    try {
      return loadOurs(blasGiven, lapackGiven);
    } catch (IOException | LinkageError | SecurityException | UnsupportedOperationException e) {
      return NativeState.of(Kind.FAILED, why(e, System.getProperty("java.io.tmpdir")), e);
    }
  }

  private static String why(Throwable failed, String folder) {
    String said = String.valueOf(failed.getMessage());
    String another = "; start the JVM with -Djava.io.tmpdir=DIR, a folder where ";
    if (failed instanceof IOException) {
      return "The libraries could not be written to " + folder + another + "files can be written.";
    } else if (said.contains("GLIBC")) {
      return "The libraries of the jar need a newer C library than that of this system (glibc"
          + " 2.35)"
          + INSTEAD;
    } else if (said.contains("failed to map segment")) {
      return "The libraries could not be loaded in "
          + folder
          + ", which is mounted noexec"
          + another
          + "programs can run.";
    }
    return "The libraries could not be loaded in " + folder + INSTEAD;
  }

  private static NativeState switchOff() {
    System.setProperty(BLAS_PATH, NOWHERE);
    System.setProperty(LAPACK_PATH, NOWHERE);
    return NativeState.of(
        Kind.OFF,
        isMapped("libnetlibblasjni")
            ? "Switched off by -Dridgeline.native=off; netlib had been initialized before and stays native elsewhere."
            : "Switched off by -Dridgeline.native=off.");
  }

  private static NativeState loadOurs(boolean blasGiven, boolean lapackGiven) throws IOException {
    Path directory = unpack(Path.of(System.getProperty("java.io.tmpdir")));
    try {
      for (String file : FILES) {
        // The linker takes a library that is in the process already; a second copy would not be
        // used

        if (file.equals(OPENBLAS) || !isMapped(file)) {
          System.load(directory.resolve(file).toString());
        }
      }
      String openblas = directory.resolve(OPENBLAS).toString();
      if (!blasGiven) {
        System.setProperty(BLAS_PATH, openblas);
      }
      if (!lapackGiven) {
        System.setProperty(LAPACK_PATH, openblas);
      }
      return initialize(
          NativeState.of(Kind.LOADED, "netlib uses the OpenBLAS of the application jar."));
    } finally {
      remove(directory);
    }
  }

  /**
   * Makes netlib decide now, while the files are there and while the reason of a failure can be
   * had.
   */
  private static NativeState initialize(NativeState whenDone) {
    ClassLoader loader = NativeLibraries.class.getClassLoader();
    try {
      Class.forName(BLAS_CLASS, true, loader);
      Class.forName(LAPACK_CLASS, true, loader);
      return whenDone;
    } catch (
        NoClassDefFoundError e) { // the second attempt at a class whose initialization has failed
      return NativeState.of(
          Kind.TOO_LATE,
          "netlib was initialized before Ridgeline, found no native library and stays on Java; the"
              + " Spark plugin of Ridgeline loads it in time.",
          e);
    } catch (ClassNotFoundException | LinkageError e) {
      return NativeState.of(Kind.FAILED, "netlib could not load its native library.", e);
    }
  }

  /**
   * Copies the four libraries into a new directory of {@code parent} that only this user can enter,
   * and removes it again if that fails.
   */
  static Path unpack(Path parent) throws IOException {
    Path directory =
        Files.createTempDirectory(
            parent,
            "ridgeline-native-",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    directory
        .toFile()
        .deleteOnExit(); // after its files: the last one registered is the first one deleted
    List<String> missing = new ArrayList<>();
    try {
      for (String file : FILES) {
        Path target = directory.resolve(file);
        target.toFile().deleteOnExit();
        try (InputStream in =
            NativeLibraries.class.getClassLoader().getResourceAsStream(RESOURCES + file)) {
          if (in == null) {
            missing.add(file);
          } else {
            Files.copy(in, target);
          }
        }
      }
      if (!missing.isEmpty()) {
        throw new FileNotFoundException("not on the class path: " + RESOURCES + missing);
      }
      return directory;
    } catch (IOException e) {
      remove(directory);
      throw e;
    }
  }

  private static void remove(Path directory) {
    for (String file : FILES) {
      directory.resolve(file).toFile().delete();
    }
    directory.toFile().delete();
  }

  private static boolean isGiven(String library) {
    String prefix = "dev.ludovic.netlib." + library;
    return System.getProperty(prefix + ".nativeLibPath") != null
        || System.getProperty(prefix + ".nativeLib") != null;
  }

  /**
   * True when a library of this name is in the process. netlib's own is, as soon as netlib has gone
   * native.
   */
  private static boolean isMapped(String library) {
    try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
      return maps.anyMatch(line -> line.contains(library));
    } catch (IOException e) {
      return false; // no /proc: initialize() still finds out
    }
  }
}

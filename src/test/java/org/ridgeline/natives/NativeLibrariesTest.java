package org.ridgeline.natives;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ludovic.netlib.blas.BLAS;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** netlib decides once per JVM, so all but the cheapest cases are played in a JVM of their own. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class NativeLibrariesTest {
  @TempDir Path directory;

  @Test
  void netlibCallsTheUnpackedLibrariesAndLeavesNoFile() throws IOException {
    Path temp = Files.createDirectory(directory.resolve("a space"));
    String said = play("install", "-Djava.io.tmpdir=" + temp);
    assertEquals("LOADED JNIBLAS JNILAPACK 17.0 39.0 2.0 unpacked", said);
    try (Stream<Path> left = Files.list(temp)) {
      assertFalse(left.anyMatch(path -> path.toString().contains("ridgeline")));
    }
  }

  @Test
  void switchedOffEvenMllibStaysOnJava() throws IOException {
    String said = play("install", "-Dridgeline.native=off");
    assertTrue(said.matches("OFF (Vector|Java11)BLAS F2jLAPACK 17.0 39.0 2.0 "), said);
  }

  @Test
  void librariesNamedByTheUserAreLeftAlone() throws IOException {
    Path own = NativeLibraries.unpack(directory);
    String path = own.resolve("libopenblas.so.0").toString();
    // Preloading is the user's affair here: the file finds its neighbors through LD_LIBRARY_PATH.
    String said =
        play(
            "install",
            "-D" + NativeLibraries.BLAS_PATH + "=" + path,
            "-D" + NativeLibraries.LAPACK_PATH + "=" + path,
            "-Dtest.libraries=" + own);
    assertEquals("GIVEN JNIBLAS JNILAPACK 17.0 39.0 2.0 ", said);
  }

  @Test
  void brokenLibraryOfTheUserIsReportedWithItsCause() throws IOException {
    String said =
        play(
            "cause",
            "-D" + NativeLibraries.BLAS_PATH + "=/nowhere.so",
            "-D" + NativeLibraries.LAPACK_PATH + "=/nowhere.so");
    assertTrue(said.startsWith("FAILED netlib could not load its native library."), said);
    assertTrue(said.contains("UnsatisfiedLinkError"), said);
  }

  @Test
  void unwritableTempDirectoryIsReportedWithTheFix() throws IOException {
    String said = play("cause", "-Djava.io.tmpdir=/nowhere");
    assertTrue(
        said.startsWith(
            "FAILED The libraries could not be written to /nowhere; start the JVM with"
                + " -Djava.io.tmpdir=DIR, "),
        said);
    assertTrue(said.contains("NoSuchFileException"), said);
  }

  /** Where the system has such a folder, as most have in memory. */
  @Test
  void aFolderWithoutProgramsIsCalledThat() throws IOException {
    Path memory = Path.of("/dev/shm");
    Assumptions.assumeTrue(
        Files.isWritable(memory)
            && Files.readAllLines(Path.of("/proc/self/mounts")).stream()
                .anyMatch(line -> line.contains(" /dev/shm ") && line.contains("noexec")));
    Path folder = Files.createTempDirectory(memory, "ridgeline-test");
    try {
      String said = play("cause", "-Djava.io.tmpdir=" + folder);
      assertTrue(
          said.startsWith(
              "FAILED The libraries could not be loaded in "
                  + folder
                  + ", which is mounted noexec"),
          said);
    } finally {
      Files.delete(folder);
    }
  }

  @Test
  void netlibInitializedBeforeUsIsSaid() throws IOException {
    String said = play("late");
    assertTrue(said.startsWith("TOO_LATE netlib was initialized before Ridgeline"), said);
  }

  @Test
  void unpackedDirectoryIsClosedToOthers() throws IOException {
    Path unpacked = NativeLibraries.unpack(directory);
    assertEquals(
        "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(unpacked)));
    try (Stream<Path> files = Files.list(unpacked)) {
      assertEquals(
          List.of("libgcc_s.so.1", "libgfortran.so.5", "libopenblas.so.0", "libquadmath.so.0"),
          files.map(path -> path.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void everyThreadGetsTheSameAnswer() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<NativeState>> calls = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        calls.add(NativeLibraries::install);
      }
      for (Future<NativeState> answer : threads.invokeAll(calls)) {
        assertSame(NativeLibraries.install(), answer.get());
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void stateCrossesTheNetwork() throws Exception {
    NativeState sent =
        NativeState.of(NativeState.Kind.FAILED, "Not loaded.", new IOException("disk full"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(sent);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      NativeState received = (NativeState) in.readObject();
      assertEquals("FAILED: Not loaded. [java.io.IOException: disk full]", received.toString());
    }
  }

  @Test
  void dgemmOfThisJvmIsRight() {
    double[] c = new double[4];
    BLAS.getInstance()
        .dgemm(
            "N",
            "N",
            2,
            2,
            2,
            1,
            new double[] {1, 3, 2, 4},
            2,
            new double[] {5, 7, 6, 8},
            2,
            0,
            c,
            2);
    assertArrayEquals(new double[] {19, 43, 22, 50}, c);
  }

  /** Runs {@link NativeScene} in a new JVM and returns the one line that it prints. */
  private String play(String scene, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.io.tmpdir=" + directory);
    command.addAll(List.of(options));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), NativeScene.class.getName(), scene));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    for (String option : options) {
      if (option.startsWith("-Dtest.libraries=")) {
        builder.environment().put("LD_LIBRARY_PATH", option.substring(option.indexOf('=') + 1));
      }
    }
    Process process = builder.start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .replace("\n", "");
  }
}

package org.ridgeline.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ridgeline.Launched;

/** The umask of the process decides, also on what Spark writes with permissions of its own. */
@DisabledOnOs(OS.WINDOWS)
class UmaskTest {
  @TempDir Path directory;

  /** A run, in a process with the umask that it was started with. */
  public static void main(String[] words) throws IOException {
    RunDirectory run =
        RunDirectory.open(
            words[0], RunIfExists.FAIL, HadoopFiles.configuration(Map.of()), Clock.systemUTC());
    run.write("model.json", new byte[] {1});
    Path spark = Path.of(java.net.URI.create(run.workPlace("model")).getPath());
    Files.createDirectories(spark);
    Files.setPosixFilePermissions(spark, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.write(spark.resolve("part-0"), new byte[] {2});
    Files.setPosixFilePermissions(
        spark.resolve("part-0"), PosixFilePermissions.fromString("rw-r--r--"));
    run.commit(0, Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({"077, rwx------ rw-------", "022, rwxr-xr-x rw-r--r--", "002, rwxrwxr-x rw-rw-r--"})
  void decides(String umask, String wanted) throws Exception {
    Path run = directory.resolve("run");
    List<String> line = new ArrayList<>(List.of("bash", "-c", "umask " + umask + "; \"$@\"", "-"));
    line.addAll(Launched.java(UmaskTest.class.getName(), List.of(), List.of(run.toString())));
    try (Launched process = Launched.start(directory, line, Map.of())) {
      assertEquals(0, process.code(), process::said);
    }
    Set<String> directories = new TreeSet<>();
    Set<String> files = new TreeSet<>();
    try (Stream<Path> all = Files.walk(run)) {
      for (Path path : all.toList()) {
        String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        (Files.isDirectory(path) ? directories : files).add(permissions);
      }
    }
    assertEquals(Set.of(wanted.split(" ")[0]), directories);
    assertEquals(Set.of(wanted.split(" ")[1]), files);
  }
}

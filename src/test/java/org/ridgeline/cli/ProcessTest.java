package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.ridgeline.Launched;

/** What only a JVM of its own can show: which classes it loads, and how it ends. */
class ProcessTest {
  @TempDir Path directory;

  @Test
  void helpLoadsNoClassOfSparkOrJackson() throws Exception {
    Launched help =
        Launched.program(
            directory, List.of("-XX:TieredStopAtLevel=1", "-verbose:class"), "tune", "--help");
    assertEquals(0, help.code(), help.err());
    List<String> heavy =
        help.out()
            .lines()
            .filter(
                line ->
                    line.contains("] org.apache.")
                        || line.contains("] com.fasterxml.")
                        || line.contains("] com.typesafe.")
                        || line.contains("] scala."))
            .toList();
    assertEquals(List.of(), heavy);
  }

  /** The exit code is that of a process ended by SIGTERM; on Windows there is no such thing. */
  @Test
  @Tag("spark")
  @DisabledOnOs(OS.WINDOWS)
  void terminatedRunSaysSo() throws Exception {
    Path run = directory.resolve("run");
    Path status = directory.resolve(".run.ridgeline-run").resolve("status.json");
    try (Launched tune =
        Launched.program(
            directory,
            List.of(),
            "tune",
            "--input",
            "data-samples/diamonds.csv",
            "--label",
            "log_price",
            "--out",
            run.toString())) {
      tune.await(status, "running");
      assertEquals(10, CliRun.of("status", run.toString()).code());
      tune.process().destroy();
      assertEquals(143, tune.code(), tune.said());
    }
    assertTrue(Files.readString(status).contains("interrupted"));
    assertTrue(Files.notExists(run));
    assertEquals(143, CliRun.of("status", run.toString()).code());
  }
}

package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What only a JVM of its own can show: which classes it loads, and how it ends. */
class ProcessTest {
  @TempDir Path directory;

  private Process start(List<String> jvm, Path output, String... words) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(jvm);
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.ridgeline.cli.Main"));
    line.addAll(List.of(words));
    return new ProcessBuilder(line)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  @Test
  void helpLoadsNoClassOfSparkOrJackson() throws Exception {
    Path output = directory.resolve("classes.txt");
    Process help =
        start(List.of("-XX:TieredStopAtLevel=1", "-verbose:class"), output, "tune", "--help");
    assertTrue(help.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, help.exitValue());
    List<String> heavy =
        Files.readAllLines(output).stream()
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
    Path output = directory.resolve("output.txt");
    List<String> jvm =
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(word -> word.startsWith("--add-") || word.startsWith("-D"))
            .toList();
    Process tune =
        start(
            jvm,
            output,
            "tune",
            "--input",
            "data-samples/diamonds.csv",
            "--label",
            "log_price",
            "--out",
            run.toString());
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!(Files.exists(status) && Files.readString(status).contains("running"))) {
      assertFalse(tune.waitFor(20, TimeUnit.MILLISECONDS), () -> "never ran: " + output);
      assertTrue(System.nanoTime() < deadline);
    }
    assertEquals(10, CliRun.of("status", run.toString()).code());
    tune.destroy();
    assertTrue(tune.waitFor(60, TimeUnit.SECONDS));
    assertEquals(143, tune.exitValue(), () -> "see " + output);
    assertTrue(Files.readString(status).contains("interrupted"));
    assertTrue(Files.notExists(run));
    assertEquals(143, CliRun.of("status", run.toString()).code());
  }
}

package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

  @Test
  @Tag("spark")
  void theJvmEndsWithTheRun() throws Exception {
    Path run = directory.resolve("run");
    String[] good = {
      "fit",
      "--input",
      "data-samples/diabetes.csv",
      "--label",
      "progression",
      "--out",
      run.toString()
    };
    String[] bad = {"fit", "--input", "data-samples/diabetes.csv", "--label", "nothing"};
    try (Launched fit = Launched.program(directory, List.of(), good)) {
      fit.await(run.resolve("_SUCCESS"), "");
      assertEndsSoon(fit, 0);
    }
    try (Launched fit = Launched.program(directory, List.of(), bad)) {
      fit.awaitError("ERROR There is no label column");
      assertEndsSoon(fit, 3);
    }
  }

  private static void assertEndsSoon(Launched program, int code) throws Exception {
    assertTrue(program.process().waitFor(5, TimeUnit.SECONDS), program::said);
    assertEquals(code, program.code(), program::said);
  }

  @Test
  void aMasterThatIsNoneIsAUsageError() throws Exception {
    Launched fit =
        Launched.program(
            directory,
            List.of("-Dspark.master=local[x]"),
            "fit",
            "--input",
            "data-samples/diabetes.csv",
            "--label",
            "progression");
    assertEquals(2, fit.code(), fit::said);
    assertTrue(fit.err().contains("ERROR Cannot start Spark: --master local[x] is none of local,"));
    assertFalse(fit.said().contains("\tat "), fit::said);
    assertEquals("", fit.out());
  }

  @Test
  @Tag("spark")
  void whatDoesNotFitIsRefusedBeforeMemoryRunsOut() throws Exception {
    Path wide = directory.resolve("wide.json");
    StringBuilder x = new StringBuilder("1");
    for (int j = 1; j < 20_000; j++) {
      x.append(",").append(j % 10);
    }
    Files.writeString(wide, ("{\"x\":[" + x + "],\"y\":1}\n").repeat(3));
    String[] words = {"tune", "--input", wide.toString(), "--label", "y", "--solver", "cholesky"};
    try (Launched tune = Launched.program(directory, List.of("-Xmx600m"), words)) {
      assertEquals(5, tune.code(), tune::said);
      assertTrue(
          tune.err().contains("ERROR 20000 features do not fit: the driver needs "), tune::said);
      assertTrue(tune.err().contains("--driver-memory "), tune::said);
      assertFalse(tune.said().contains("OutOfMemory"), tune::said);
    }
  }
}

package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.ridgeline.Launched;

/** A driver that gets SIGKILL as soon as its pass over the data is kept, and the run after it. */
@Tag("spark")
@EnabledOnOs(OS.LINUX)
class KilledDriverTest {
  @TempDir Path directory;

  private String[] words(Path run, String ifExists) {
    return new String[] {
      "tune",
      "--input",
      "data-samples/diamonds.csv",
      "--label",
      "log_price",
      "--features",
      "carat,depth,table,x,y,z",
      "--map",
      "rff",
      "--width",
      "600",
      "--length-scale",
      "1",
      "--clip",
      "6",
      "--out",
      run.toString(),
      "--if-exists",
      ifExists
    };
  }

  @Test
  void theNextRunGoesOnWithoutReadingAndHasTheSameBytes() throws Exception {
    Path run = directory.resolve("run");
    Path sibling = directory.resolve(".run.ridgeline-run");
    try (Launched tune =
        Launched.program(directory, List.of("-Dspark.master=local[2]"), words(run, "fail"))) {
      tune.await(sibling.resolve("status.json"), "running");
      tune.await(ResumeTest.attempt(sibling).resolve("checkpoint.json"), "{");
      tune.process().destroyForcibly();
      assertEquals(137, tune.code(), tune::said);
    }
    assertFalse(Files.exists(run));
    CliRun resumed = CliRun.of(words(run, "resume"));
    assertEquals(0, resumed.code(), resumed.err());
    String report = Files.readString(run.resolve("report.json"));
    assertTrue(report.contains("\"passes\": 0"), report);
    Path whole = directory.resolve("whole");
    assertEquals(0, CliRun.of(words(whole, "fail")).code());
    for (String file : List.of("path.csv", "coefficients.csv", "model.json")) {
      assertArrayEquals(
          Files.readAllBytes(whole.resolve(file)), Files.readAllBytes(run.resolve(file)), file);
    }
    assertFalse(Files.exists(sibling));
  }
}

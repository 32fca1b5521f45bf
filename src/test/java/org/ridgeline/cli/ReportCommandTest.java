package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ridgeline.store.Resealed;

/** {@code report RUN}. */
@Tag("spark")
class ReportCommandTest {
  @TempDir Path directory;

  private Path tuned() {
    Path run = directory.resolve("run");
    CliRun tuned =
        CliRun.of(
            "tune",
            "--input",
            CliRun.SAMPLES.resolve("longley.csv").toString(),
            "--label",
            "GNP.deflator",
            "--folds",
            "4",
            "--out",
            run.toString());
    assertEquals(0, tuned.code(), tuned.err());
    assertTrue(tuned.out().contains("report    " + run.resolve("report.html")), tuned.out());
    return run;
  }

  @Test
  void rebuildsTheSameBytes() throws IOException {
    Path page = tuned().resolve("report.html");
    byte[] first = Files.readAllBytes(page);
    Files.writeString(page, "spoiled");
    CliRun report = CliRun.of("report", page.getParent().toString());
    assertEquals(0, report.code(), report.err());
    assertEquals(page + "\n", report.out());
    assertArrayEquals(first, Files.readAllBytes(page));
    Files.delete(page);
    assertEquals(0, CliRun.of("report", page.getParent().toString()).code());
    assertArrayEquals(first, Files.readAllBytes(page));
  }

  @Test
  void directoriesThatAreNoRunsAreRefused() throws IOException {
    String missing = directory.resolve("missing").toString();
    assertRefused(
        missing,
        "There is no report.json in "
            + missing
            + ": it is not a finished run; give the directory that was the --out of fit or tune");
    Path run = tuned();
    byte[] page = Files.readAllBytes(run.resolve("report.html"));
    Files.writeString(run.resolve("report.json"), "{}");
    Resealed.run(run);
    assertRefused(
        run.toString(),
        "Cannot make a report: report.json has no data or no targets, so it is not of a fit or tune"
            + " (in "
            + run
            + ")");
    assertArrayEquals(page, Files.readAllBytes(run.resolve("report.html")));
  }

  private static void assertRefused(String run, String sentence) {
    CliRun report = CliRun.of("report", run);
    assertEquals(sentence, report.error());
    assertEquals(3, report.code());
  }
}

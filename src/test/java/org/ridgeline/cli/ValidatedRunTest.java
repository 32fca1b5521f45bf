package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What later commands make of runs that were validated in other ways than k-fold. */
@Tag("spark")
class ValidatedRunTest {
  private static final String DIABETES = CliRun.SAMPLES.resolve("diabetes.csv").toString();
  private static final String LONGLEY = CliRun.SAMPLES.resolve("longley.csv").toString();

  @TempDir Path directory;

  private CliRun repeated(String... more) {
    return tune(DIABETES, "progression", "--cv repeated --folds 4 --repeats 2", more);
  }

  private CliRun forward(String... more) {
    return tune(LONGLEY, "Employed", "--fold-col Year --cv forward --gap 1", more);
  }

  private CliRun tune(String input, String label, String options, String... more) {
    List<String> words =
        new ArrayList<>(List.of("tune", "--input", input, "--label", label, "--out", run()));
    words.addAll(List.of(options.split(" ")));
    words.addAll(Arrays.asList(more));
    CliRun done = CliRun.of(words.toArray(String[]::new));
    assertEquals(0, done.code(), done.err());
    return done;
  }

  private String run() {
    return directory.resolve("run").toString();
  }

  private CliRun intervals(String input) {
    return CliRun.of(
        "predict",
        "--model",
        run(),
        "--input",
        input,
        "--interval",
        "0.9",
        "--interval-kind",
        "cv-plus",
        "--out",
        directory.resolve("scored").toString());
  }

  @Test
  void aForecastTakesTheFoldsOfOneRound() throws IOException {
    repeated("--forecast");
    Path report = directory.resolve("run").resolve("report.json");
    assertTrue(new ObjectMapper().readTree(report.toFile()).get("forecast").size() > 0);
    CliRun alone = CliRun.of("forecast", run());
    assertEquals(0, alone.code(), alone.err());
    assertTrue(alone.out().contains("no sign against exchangeable draws"), alone.out());
    assertEquals(List.of(), alone.warnings());
  }

  @Test
  void aForecastDoubtsBlocksInOrder() {
    tune(DIABETES, "progression", "--fold-col age --cv forward --gap 1");
    CliRun forecast = CliRun.of("forecast", run());
    assertEquals(
        "The forecast takes the blocks of rows for a random division of them: they are in order, and"
            + " of a drift it says nothing",
        forecast.warnings().isEmpty() ? forecast.err() : forecast.warnings().get(0));
  }

  @Test
  void intervalsTakeTheFineBlocks() {
    repeated();
    CliRun done = intervals(DIABETES);
    assertEquals(0, done.code(), done.err());
  }

  @Test
  void intervalsNeedRowsWithoutOrder() {
    forward();
    CliRun done = intervals(LONGLEY);
    assertEquals(3, done.code());
    assertTrue(done.error().contains("were validated in order"), done.error());
  }

  @Test
  void daysThatAreSummedUpOneByOneAreValidatedInOrder() throws IOException {
    List<String> merge = new ArrayList<>(List.of("moments", "merge"));
    for (int year = 1947; year < 1953; year++) {
      String moments = directory.resolve("m" + year).toString();
      CliRun written =
          CliRun.of(
              "moments",
              "write",
              "--input",
              LONGLEY,
              "--where",
              "Year = " + year,
              "--label",
              "Employed",
              "--features",
              "GNP,Population",
              "--fold-col",
              "Year",
              "--out",
              moments);
      assertEquals(0, written.code(), written.err());
      merge.add(moments);
    }
    merge.addAll(List.of("--out", directory.resolve("all").toString()));
    CliRun merged = CliRun.of(merge.toArray(String[]::new));
    assertEquals(0, merged.code(), merged.err());
    CliRun solved =
        CliRun.of("moments", "solve", directory.resolve("all").toString(), "--cv", "forward");
    assertEquals(0, solved.code(), solved.err());
    assertTrue(
        solved.out().contains("Each of the 5 blocks 1948 to 1952, in order, was scored"),
        solved.out());
  }

  @Test
  void aPriorThatIsAllIsNotCalledTheMean() {
    repeated();
    CliRun again =
        CliRun.of(
            "tune",
            "--input",
            DIABETES,
            "--label",
            "progression",
            "--prior",
            run(),
            "--output",
            "json");
    assertEquals(0, again.code(), again.err());
    assertTrue(
        again.warnings().stream().anyMatch(w -> w.contains("nothing to add to the prior's model")),
        again.err());
    assertTrue(again.warnings().stream().noneMatch(w -> w.contains("no better than the mean")));
  }
}

package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ridgeline.spark.SparkTest;

/** No command takes a part of a JSON line for all of it. */
@Tag("spark")
final class JsonCommandTest {
  @TempDir Path folder;

  private Path good;
  private Path glued;

  @BeforeEach
  void writeData() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      lines.add(String.format(Locale.ROOT, "{\"x\": %f, \"y\": %f}", Math.sin(i), Math.cos(i)));
    }
    good = Files.write(folder.resolve("good.json"), lines);
    lines.set(6, lines.get(6) + " " + lines.get(7));
    glued = Files.write(folder.resolve("glued.json"), lines);
  }

  private CliRun run(String command, Path input, String... more) {
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    words.addAll(List.of("--input", input.toString(), "--if-exists", "overwrite"));
    words.addAll(List.of(more));
    return CliRun.of(words.toArray(String[]::new));
  }

  private static void assertRefused(CliRun run) {
    assertEquals(3, run.code(), run.err());
    assertTrue(
        run.error()
            .startsWith(
                "There are lines that are not one JSON object in 1 row, first \"{\"x\": -0.279415,"),
        run.error());
    assertTrue(run.error().contains(" in row 7 of partition 0, in file:"), run.error());
    assertTrue(
        run.error()
            .endsWith(
                "glued.json; put each value on a line of its own; correct them, or use"
                    + " --on-invalid drop to leave such rows out"),
        run.error());
  }

  private static void assertDropped(CliRun run) {
    assertEquals(0, run.code(), run.err());
    String told = run.out() + run.err();
    assertTrue(told.contains("lines that are not one JSON object in 1 row"), told);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fit", "tune", "moments write"})
  void trainingTellsOfALineWithTwoObjects(String command) {
    String out = folder.resolve("out").toString();
    assertRefused(run(command, glued, "--label", "y", "--out", out));
    assertDropped(run(command, glued, "--label", "y", "--out", out, "--on-invalid", "drop"));
  }

  @Test
  void soDoesTheUseOfAModel() {
    String model = folder.resolve("model").toString();
    String out = folder.resolve("scored").toString();
    assertEquals(0, run("fit", good, "--label", "y", "--out", model).code());
    String[] predict = {"--model", model, "--out", out};
    assertRefused(run("predict", glued, predict));
    CliRun kept = run("predict", glued, "--model", model, "--out", out, "--on-invalid", "drop");
    assertDropped(kept);
    assertEquals(39, SparkTest.session().read().parquet(out).count());
    List<String> evaluate = List.of("evaluate", "--model", model, "--input", glued.toString());
    assertRefused(CliRun.of(evaluate.toArray(String[]::new)));
    List<String> dropping = new ArrayList<>(evaluate);
    dropping.addAll(List.of("--on-invalid", "drop"));
    assertDropped(CliRun.of(dropping.toArray(String[]::new)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fit", "tune", "plan"})
  void oneFileOfLinesAmongDocumentsIsNamed(String command) throws IOException {
    Path mixed = Files.createDirectory(folder.resolve("mixed"));
    Files.writeString(mixed.resolve("a.json"), "[{\"x\": 1,\n \"y\": 2}, {\"x\": 3, \"y\": 1}]");
    Files.copy(good, mixed.resolve("b.json"));
    CliRun run =
        CliRun.of(command, "--input", mixed + "", "--label", "y", "--option", "multiLine=true");
    assertEquals(3, run.code(), run.err());
    assertTrue(
        run.error().contains("mixed/b.json: another value begins in line 2, after the first"),
        run.error());
  }

  @ParameterizedTest
  @ValueSource(strings = {"fit", "tune", "moments write", "plan"})
  void linesAreNoDocuments(String command) {
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    words.addAll(List.of("--input", good.toString(), "--label", "y", "--option", "multiLine=true"));
    words.addAll(List.of("--on-invalid", "drop"));
    if (!command.equals("plan")) {
      words.addAll(List.of("--out", folder.resolve("out").toString()));
    }
    CliRun run = CliRun.of(words.toArray(String[]::new));
    assertEquals(3, run.code(), run.err());
    assertTrue(run.error().startsWith("No file of \""), run.error());
    assertTrue(
        run.error().endsWith("if each line is one, leave out --option multiLine=true"),
        run.error());
  }
}

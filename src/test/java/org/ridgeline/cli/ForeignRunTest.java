package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ridgeline.Rows;
import org.ridgeline.store.Resealed;

/** Nothing that a run directory says is executed or opens other places. */
@Tag("spark")
class ForeignRunTest {
  @TempDir Path directory;

  private Path data;
  private Path run;

  @BeforeEach
  void train() throws IOException {
    Rows rows = Rows.normal(811, 40, 2, 1);
    StringBuilder csv = new StringBuilder("a,b,y\n");
    for (int i = 0; i < rows.size(); i++) {
      csv.append(rows.x(i, 0)).append(',').append(rows.x(i, 1)).append(',');
      csv.append(rows.y(i, 0)).append('\n');
    }
    data = Files.writeString(directory.resolve("data.csv"), csv);
    run = directory.resolve("run");
  }

  private void tune(String... more) {
    String[] words = {"tune", "--input", data.toString(), "--label", "y", "--out", run.toString()};
    CliRun tuned = CliRun.of(concat(words, more));
    assertEquals(0, tuned.code(), tuned.err());
  }

  private static String[] concat(String[] words, String... more) {
    return Stream.of(words, more).flatMap(Arrays::stream).toArray(String[]::new);
  }

  /** Changes the spec as someone would who also makes a manifest that fits. */
  private void change(Consumer<ObjectNode> edit) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    Path model = run.resolve("model.json");
    ObjectNode root = (ObjectNode) mapper.readTree(model.toFile());
    edit.accept((ObjectNode) root.get("spec"));
    Files.write(model, mapper.writeValueAsBytes(root));
    Resealed.run(run);
  }

  private CliRun cvPlus(String... more) {
    String out = directory.resolve("scored-" + System.nanoTime()).toString();
    String[] words = {
      "predict",
      "--model",
      run.toString(),
      "--input",
      data.toString(),
      "--out",
      out,
      "--interval",
      "0.9",
      "--interval-kind",
      "cv-plus"
    };
    return CliRun.of(concat(words, more));
  }

  @Test
  void aFilterOfTheRunIsNotExecuted() throws IOException {
    tune();
    change(
        spec ->
            ((ObjectNode) spec.get("source"))
                .put(
                    "where",
                    "reflect('java.lang.System','setProperty','ridgeline.trace','run') is null"));
    CliRun refused = cvPlus();
    assertEquals(3, refused.code(), refused.err());
    assertTrue(refused.error().contains("a filter is not taken from a run"), refused.error());
    assertNull(System.getProperty("ridgeline.trace"));
  }

  @Test
  void aFilterThatIsGivenAgainCounts() {
    tune("--where", "a < 5");
    CliRun without = cvPlus();
    assertEquals(3, without.code(), without.err());
    CliRun given = cvPlus("--where", "a < 5");
    assertEquals(0, given.code(), given.err());
  }

  @Test
  void otherPlacesFormatsAndOptionsAreNotOpened() throws IOException {
    tune("--option", "sep=,");
    assertEquals(0, cvPlus().code());
    Path other = Files.copy(data, directory.resolve("other.csv"));
    change(spec -> ((ObjectNode) spec.get("source")).put("path", other.toString()));
    CliRun moved = cvPlus();
    assertEquals(3, moved.code(), moved.err());
    assertTrue(moved.error().contains("have changed since"), moved.error());
    change(spec -> ((ObjectNode) spec.get("source")).put("format", "jdbc"));
    CliRun format = cvPlus();
    assertEquals(3, format.code(), format.err());
    assertTrue(format.error().contains("\"jdbc\" is none of plain files"), format.error());
    change(
        spec -> {
          ObjectNode source = (ObjectNode) spec.get("source");
          source.put("format", "csv").put("path", data.toString());
          ((ObjectNode) source.get("options")).put("fs.x.impl", "Evil");
        });
    CliRun option = cvPlus();
    assertEquals(3, option.code(), option.err());
    assertTrue(
        option.error().contains("the reader option \"fs.x.impl\" is not taken from a run"),
        option.error());
  }

  /** Whoever reads a run of this version has its sums, or one sentence. */
  @Test
  void aRunWithoutItsManifestIsNotRead() throws IOException {
    tune();
    Files.delete(run.resolve("_manifest.json"));
    String input = data.toString();
    String out = directory.resolve("scored").toString();
    String again = directory.resolve("again").toString();
    String dir = run.toString();
    for (String[] command :
        new String[][] {
          {"predict", "--model", dir, "--input", input, "--out", out},
          {"evaluate", "--model", dir, "--input", input, "--label", "y"},
          {"report", dir},
          {"status", dir},
          {"moments", "solve", dir, "--out", again},
          {"tune", "--input", input, "--label", "y", "--out", again, "--prior", dir},
          {"tune", "--input", input, "--label", "y", "--out", dir, "--if-exists", "skip"},
        }) {
      CliRun refused = CliRun.of(command);
      assertEquals(3, refused.code(), command[0] + " " + refused.err());
      assertEquals(
          "Cannot use the run "
              + dir
              + ": its _manifest.json is missing, so nothing says that its files are those that were"
              + " written; copy the run again with all of its files, or train it again",
          refused.error());
    }
    tune("--if-exists", "overwrite");
    assertEquals(0, CliRun.of("report", dir).code());
  }

  @Test
  void secretsAreMaskedByWhatTheyLookLike() throws IOException {
    tune("--option", "url=jdbc:x?password=hunter2");
    for (String name :
        List.of("report.json", "report.html", "model.json", "moments/moments.json")) {
      assertFalse(Files.readString(run.resolve(name)).contains("hunter2"), name);
    }
  }
}

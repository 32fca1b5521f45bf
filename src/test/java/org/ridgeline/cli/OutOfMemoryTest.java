package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ridgeline.Launched;

/** JVMs whose heap is too small for what they meet: an answer like any other, and nothing lost. */
@Tag("spark")
class OutOfMemoryTest {
  private static final List<String> SMALL =
      List.of("-Xmx480m", "-Dlog4j2.configurationFile=conf/log4j2.properties");

  @TempDir Path directory;

  private List<String> fit(String input, String label, String... more) {
    List<String> words =
        new ArrayList<>(List.of("fit", "--input", input, "--label", label, "--out"));
    words.add(directory.resolve("run").toString());
    words.addAll(List.of(more));
    return words;
  }

  /** Exit 5, one sentence and no trace, and a status that says the same. */
  private void assertRefused(Launched fit, String sentence) throws Exception {
    assertEquals(5, fit.code(), fit::said);
    List<String> errors =
        fit.err().lines().filter(line -> line.contains("ERROR") || line.contains("\tat ")).toList();
    assertEquals(1, errors.size(), fit::said);
    assertTrue(errors.get(0).startsWith("ERROR " + sentence), fit::said);
    assertTrue(errors.get(0).contains("give the JVM more with --driver-memory"), fit::said);
    assertTrue(Files.notExists(directory.resolve("run")));
    CliRun status = CliRun.of("status", directory.resolve("run").toString());
    assertEquals(5, status.code());
    assertTrue(status.out().contains("failed") && status.out().contains(sentence), status.out());
  }

  @Test
  void aLineOfHundredsOfMegabytesIsRefusedInOneSentence() throws Exception {
    Path file = directory.resolve("line.csv");
    String megabyte = "7".repeat(1 << 20);
    try (Writer out = Files.newBufferedWriter(file)) {
      out.write("x,y\n1,2\n2,3\n");
      for (int i = 0; i < 300; i++) {
        out.write(megabyte);
      }
    }
    List<String> words = fit(file.toString(), "y");
    try (Launched fit = Launched.program(directory, SMALL, words.toArray(String[]::new))) {
      assertRefused(fit, "Cannot read \"" + file + "\" as csv: out of memory (Java heap space)");
    }
  }

  /** The planner counts the heap, not what else is in it. */
  @Test
  void aHeapThatIsFullOfSomethingElseIsTold() throws Exception {
    Path file = directory.resolve("wide.csv");
    writeWide(file);
    List<String> words =
        fit(file.toString(), "y", "--map", "rff", "--width", "2000", "--length-scale", "1");
    words.add(0, "120");
    List<String> jvm = List.of("-Xmx1200m", "-Xmn48m", SMALL.get(1), "-Dspark.master=local[1]");
    try (Launched fit = Launched.start(directory, FullHeap.class.getName(), jvm, Map.of(), words)) {
      assertRefused(
          fit, "The pass over the data failed (moments of 2000 mapped features): out of memory");
    }
  }

  private static void writeWide(Path file) throws IOException {
    StringBuilder rows = new StringBuilder("x,z,y\n");
    for (int i = 0; i < 4000; i++) {
      rows.append(Math.sin(i) + "," + Math.cos(3 * i) + "," + Math.sin(2 * i) + "\n");
    }
    Files.writeString(file, rows);
  }

  @Test
  void aHeapTooSmallForSparkItselfIsTold() throws Exception {
    List<String> words = fit("data-samples/diabetes.csv", "progression");
    List<String> jvm = List.of("-Xmx300m", SMALL.get(1));
    try (Launched fit = Launched.program(directory, jvm, words.toArray(String[]::new))) {
      assertRefused(fit, "Cannot go on: out of memory (Spark itself needs a heap of 450 MiB)");
    }
  }
}

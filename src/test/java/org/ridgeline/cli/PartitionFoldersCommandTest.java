package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ridgeline.spark.SparkTest;

/** The folder of a row is read by the rules for cells: codes are texts, numbers are numbers. */
@Tag("spark")
class PartitionFoldersCommandTest {
  @TempDir Path folder;

  /** Rows in one folder for each value, in this format. */
  private String rows(String name, String format, String... values) throws IOException {
    Path place = Files.createDirectories(folder.resolve(name));
    for (String value : values) {
      List<String> lines = new ArrayList<>(List.of("a,y"));
      for (int i = 0; i < 20; i++) {
        lines.add(Math.sin(i) + "," + (Math.cos(i) + value.hashCode() % 10));
      }
      Path part = Files.createDirectories(place.resolve("k=" + value));
      Files.write(part.resolve("x.csv"), lines);
      if (!format.equals("csv")) {
        SparkTest.session()
            .read()
            .option("header", "true")
            .option("inferSchema", "true")
            .csv(part.resolve("x.csv").toString())
            .write()
            .format(format)
            .mode("append")
            .save(part.toString());
        Files.delete(part.resolve("x.csv"));
      }
    }
    return place.toString();
  }

  private JsonNode features(CliRun run) throws IOException {
    assertEquals(0, run.code(), run.err());
    return new ObjectMapper().readTree(run.out()).at("/data/features");
  }

  private static CliRun fit(String input, String format, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("fit", "--input", input, "--format", format, "--label", "y", "--lambda", "1"));
    words.addAll(List.of("--output", "json"));
    words.addAll(List.of(more));
    return CliRun.of(words.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({"csv", "json", "parquet", "orc"})
  void codesAreTextsAndNumbersNumbers(String format) throws IOException {
    String codes = rows("codes", format, "1", "01", "02");
    CliRun left = fit(codes, format);
    assertEquals("[\"a\"]", features(left).toString());
    assertTrue(left.err().contains("k (string)"), left.err());
    CliRun used = fit(codes, format, "--categorical", "k");
    assertEquals("[\"a\",\"k=02\",\"k=1\"]", features(used).toString());
    assertEquals("[\"a\"]", features(fit(rows("d", format, "1D", "2D"), format)).toString());
    String numbers = rows("numbers", format, "1", "2", "10");
    assertEquals("[\"a\",\"k\"]", features(fit(numbers, format)).toString());
  }

  @ParameterizedTest
  @CsvSource({"csv", "json", "parquet"})
  void aModelReadsFoldersAsItsOwn(String format) throws IOException {
    String run = folder.resolve("run").toString();
    features(fit(rows("a", format, "01", "10"), format, "--categorical", "k", "--out", run));
    CliRun scored =
        CliRun.of(
            "evaluate", "--model", run, "--format", format, "--input", rows("b", format, "10"));
    assertEquals(0, scored.code(), scored.err());
    CliRun other =
        CliRun.of(
            "evaluate", "--model", run, "--format", format, "--input", rows("c", format, "1"));
    assertEquals(3, other.code(), other.err());
    assertTrue(other.err().contains("\"1\""), other.err());
  }
}

package org.ridgeline.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ridgeline.CompiledJava;
import org.ridgeline.spark.SparkTest;
import scala.Console;

/**
 * The Java of the guide, compiled and run as it stands there: an example may use what those before
 * made.
 */
@Tag("spark")
class GuideExamplesTest {
  private static final String IMPORTS =
      """
      import java.util.*;
      import org.apache.spark.ml.*;
      import org.apache.spark.ml.feature.*;
      import org.apache.spark.sql.*;
      import org.ridgeline.dataset.*;
      import org.ridgeline.linalg.Vec;
      import org.ridgeline.ml.*;
      import org.ridgeline.train.*;
      """;

  @TempDir Path directory;

  @Test
  void theJavaOfTheGuideRuns() throws IOException {
    String shown = show("spark-ml", 3);
    assertTrue(shown.contains("posterior_sd"), shown);
    assertTrue(Files.exists(directory.resolve("kernel/metadata")));
  }

  @Test
  void theTrainerOfTheGuideTrains() throws IOException {
    String shown = show("java", 2);
    assertTrue(shown.contains("prediction"), shown);
  }

  /** Runs all examples of a page, one after the other, and returns what they show. */
  private String show(String name, int examples) throws IOException {
    String page = Files.readString(Path.of("src/site/markdown/guide", name + ".md"));
    List<String> blocks =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
            .matcher(page)
            .results()
            .map(block -> block.group(1))
            .toList();
    assertEquals(examples, blocks.size());
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    Console.withOut(shown, () -> run(String.join("", blocks)));
    return shown.toString(StandardCharsets.UTF_8);
  }

  private Void run(String body) {
    CompiledJava.run(
        directory,
        IMPORTS,
        "SparkSession session, Dataset<Row> days, String folder",
        body,
        SparkTest.session(),
        days(),
        directory.toString());
    return null;
  }

  private static Dataset<Row> days() {
    return MlRows.numbers(200)
        .selectExpr("x0 as price", "x1 as area", "g as shop", "label as sales");
  }
}

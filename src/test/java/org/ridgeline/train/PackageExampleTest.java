package org.ridgeline.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ridgeline.CompiledJava;
import org.ridgeline.Rows;

/** The program on the page of the package. */
@Tag("spark")
class PackageExampleTest {
  private static final Path PAGE = Path.of("src/main/java/org/ridgeline/train/package-info.java");

  @TempDir Path directory;

  @Test
  void theProgramTrainsTunesAndPredicts() throws IOException {
    Matcher example =
        Pattern.compile("<pre>\\{@code\n(.*?) \\* }</pre>", Pattern.DOTALL)
            .matcher(Files.readString(PAGE));
    assertTrue(example.find());
    String body = example.group(1).replaceAll("(?m)^ \\* ?", "");
    assertTrue(body.lines().count() <= 10, body);
    Rows rows = Rows.normal(91, 40, 3, 1);
    Dataset<Row> table = Tables.of(rows).selectExpr("x0", "x1", "x2", "y0 as price");
    List<Object> seen = new ArrayList<>();
    CompiledJava.run(
        directory,
        "import org.apache.spark.sql.*;\nimport org.ridgeline.train.*;\n",
        "Dataset<Row> rows, Dataset<Row> newRows, java.util.List<Object> seen",
        body + "seen.add(lambda);\nseen.add(scored.count());\n",
        table,
        table.limit(7),
        seen);
    assertEquals(Trainer.of(TrainSpec.tune("price")).train(table).target(0).lambda(), seen.get(0));
    assertEquals(7L, seen.get(1));
  }
}

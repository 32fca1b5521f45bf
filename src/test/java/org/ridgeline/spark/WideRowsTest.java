package org.ridgeline.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.ridgeline.dataset.InputColumn;
import org.ridgeline.dataset.UnseenLevel;

/** Rows of very many columns are not read by code that Spark generates for each. */
@Tag("spark")
final class WideRowsTest {
  private static final String LIMIT = "spark.sql.codegen.maxFields";

  private static String limit(int columns, RowSource.Access access) {
    Dataset<Row> rows =
        SparkTest.session()
            .range(2)
            .select(
                IntStream.range(0, columns)
                    .mapToObj(i -> functions.col("id").plus(i + 0.5).as("x" + i))
                    .toArray(Column[]::new));
    Design design =
        Designs.forModel(
            rows.schema(),
            List.of(InputColumn.number("x0")),
            List.of(),
            Optional.empty(),
            UnseenLevel.ERROR);
    return RowSource.readSettings(rows, design, access)
        .during(() -> SparkTest.session().conf().get(LIMIT));
  }

  @Test
  void codeIsGeneratedForRowsOfFewColumnsOnly() {
    String all = Integer.toString(Integer.MAX_VALUE);
    assertEquals(all, limit(1_000, RowSource.Access.ROWS));
    assertEquals("1000", limit(1_001, RowSource.Access.ROWS));
    assertEquals(all, limit(1_001, RowSource.Access.FASTEST));
    assertEquals("100", SparkTest.session().conf().get(LIMIT));
  }
}

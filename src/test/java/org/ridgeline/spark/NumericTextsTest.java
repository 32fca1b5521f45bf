package org.ridgeline.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ridgeline.spark.SparkTest.file;
import static org.ridgeline.spark.SparkTest.meter;
import static org.ridgeline.spark.SparkTest.read;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ridgeline.base.DataException;
import org.ridgeline.dataset.ColumnRoles;
import org.ridgeline.dataset.InputColumn;
import org.ridgeline.dataset.ReadSpec;
import org.ridgeline.dataset.UnseenLevel;

/** Text that is nearly numeric is told of in every format, as it is in CSV. */
@Tag("spark")
final class NumericTextsTest {
  private static final int ROWS = 40;
  private static final String COMMA = "40 values are numbers with a comma";

  @TempDir Path folder;

  private ReadSpec json(String name, IntFunction<String> cell) throws IOException {
    String text =
        IntStream.range(0, ROWS)
            .mapToObj(
                i -> String.format("{\"x\": %s, \"b.c\": %d, \"y\": %d}%n", cell.apply(i), i, i))
            .collect(Collectors.joining());
    return file(folder, name, text);
  }

  private ReadSpec typed(String format, IntFunction<String> cell) {
    Object[][] rows = new Object[ROWS][];
    for (int i = 0; i < ROWS; i++) {
      rows[i] = new Object[] {cell.apply(i), (double) i};
    }
    String path = folder.resolve("t." + format).toString();
    SparkTest.rows("x string, y double", rows)
        .coalesce(1)
        .write()
        .mode("overwrite")
        .format(format)
        .save(path);
    return ReadSpec.of(path);
  }

  private static Optional<String> near(ReadSpec source) {
    return NearNumber.of(read(source).schema().apply("x")).map(NearNumber::sentence);
  }

  private static String refusal(ReadSpec source, ColumnRoles columns) {
    try (PassMeter meter = meter()) {
      Dataset<Row> rows = read(source);
      return assertThrows(DataException.class, () -> Designs.of(rows, columns, meter)).getMessage();
    }
  }

  @Test
  void oneQuotedNumberOfJsonIsNamed() throws IOException {
    ReadSpec source = json("q.json", i -> i == 7 ? "\"7.5\"" : i % 3 == 1 ? "null" : i + ".5");
    String told = refusal(source, ColumnRoles.of("y"));
    assertTrue(
        told.startsWith(
            "column \"x\" (feature) is text, but nearly numeric: 1 of its 28 values is text, the"
                + " first \"7.5\" in row 8 of file:"),
        told);
    assertTrue(
        told.endsWith(
            "; correct that, or use categorical x to use its levels, or features !x to"
                + " leave it out"),
        told);
    assertTrue(refusal(source, ColumnRoles.of("x")).contains("column \"x\" (label) is text"));
  }

  @Test
  void textsOfJsonThatAreNoNumbersStayTexts() throws IOException {
    assertEquals(Optional.empty(), near(json("codes.json", i -> "\"" + (90000 + i) + "\"")));
    assertEquals(Optional.empty(), near(json("words.json", i -> "\"w" + i % 5 + "\"")));
    assertTrue(near(json("half.json", i -> i % 2 == 0 ? "\"" + i + "\"" : "" + i)).isPresent());
    assertTrue(near(json("na.json", i -> i == 3 ? "\"NA\"" : "" + i)).isPresent());
    assertEquals(
        Optional.empty(), near(json("few.json", i -> i % 2 == 0 ? "\"A" + i + "\"" : "" + i)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "orc"})
  void textsOfTypedFormatsHaveTheSameRule(String format) {
    ReadSpec missing = typed(format, i -> i == 9 ? "NA" : i == 4 ? null : i + "");
    String told = refusal(missing, ColumnRoles.of("y"));
    assertTrue(
        told.contains("1 of its 39 values is no number, the first \"NA\" in row 10 of file:"),
        told);
    assertTrue(!told.contains("nullValue"), told);
    assertEquals(Optional.of("all its 40 values are numbers"), near(typed(format, i -> i + ".25")));
    assertEquals(Optional.empty(), near(typed(format, i -> 90000 + i + "")));
    assertEquals(Optional.empty(), near(typed(format, i -> "item " + i)));
  }

  @Test
  void fractionsInQuotesAreNumbersOfText() throws IOException {
    ReadSpec source = json("all.json", i -> "\"" + i + ".5\"");
    String told = refusal(source, ColumnRoles.of("y"));
    assertTrue(told.contains(" is text, but nearly numeric: all its 40 values are numbers"), told);
    assertTrue(near(json("blank.json", i -> i % 9 == 1 ? "\"-\"" : "\"" + i + "\"")).isPresent());
  }

  @Test
  void numbersInAnotherWritingAreToldOfInEveryFormat() throws IOException {
    assertTrue(near(json("comma.json", i -> "\"" + i + ",5\"")).orElse("").contains(COMMA));
    for (String format : List.of("parquet", "orc")) {
      assertTrue(near(typed(format, i -> i + ",5")).orElse("").contains(COMMA));
      assertTrue(near(typed(format, i -> i % 2 == 0 ? i + ".5" : "\u2212" + i)).isPresent());
      assertEquals(Optional.empty(), near(typed(format, i -> "a," + i)));
    }
  }

  @Test
  void telephoneNumbersAndListsAreTexts() throws IOException {
    IntFunction<String> phone = i -> String.format("6%02d 160 %03d", i, 900 - i);
    assertEquals(Optional.empty(), near(json("phone.json", i -> '"' + phone.apply(i) + '"')));
    assertEquals(Optional.empty(), near(typed("parquet", phone)));
    assertEquals(Optional.empty(), near(typed("parquet", i -> "+48 " + phone.apply(i))));
    IntFunction<String> list = i -> i % 3 == 0 ? i + "" : i % 3 == 1 ? i + ",7" : i + ",7,10,2";
    String lines =
        IntStream.range(0, ROWS)
            .mapToObj(i -> "\n\"" + list.apply(i) + '"')
            .collect(Collectors.joining());
    assertEquals(Optional.empty(), near(file(folder, "tags.csv", "x" + lines)));
  }

  /** The rows that are looked at are those of several partitions, and more than the first few. */
  @Test
  void numbersThatBeginLateAreFound() throws IOException {
    String none = "{\"x\": \"none\", \"y\": 1}\n".repeat(1_200);
    String text = none + "{\"x\": 2.5, \"y\": 1}\n".repeat(12_000);
    assertTrue(near(file(folder, "late.json", text)).isPresent());
    assertTrue(near(file(folder, "late.json", none + none)).isEmpty());
    Object[][] rows = new Object[3_000][];
    Arrays.setAll(rows, i -> new Object[] {i < 1_100 ? "none" : i + "", i + 0.0});
    String path = folder.resolve("late").toString();
    SparkTest.rows("x string, y double", rows).coalesce(1).write().parquet(path);
    assertTrue(near(ReadSpec.of(path)).isPresent());
  }

  @Test
  void theFirstAndTheLastPartitionAreLookedAt() {
    assertEquals(List.of(), boxed(0));
    assertEquals(List.of(0), boxed(1));
    assertEquals(List.of(0, 1, 2), boxed(3));
    assertEquals(List.of(0, 14, 28, 42, 56, 70, 84, 99), boxed(100));
  }

  private static List<Integer> boxed(int partitions) {
    return IntStream.of(PeekedCells.spread(partitions)).boxed().toList();
  }

  @Test
  void oneCellKeepsNoColumnFromBeingOfTruthValues() throws IOException {
    assertTrue(near(json("bool.json", i -> i == 5 ? "\"NA\"" : "" + (i % 2 == 0))).isPresent());
    assertTrue(near(typed("parquet", i -> i == 5 ? "NA" : "" + (i % 2 == 0))).isPresent());
    assertEquals(Optional.empty(), near(typed("parquet", i -> "" + (i % 2 == 0))));
  }

  /** Data that keep whole numbers as text may mean codes, of which some begin with a zero. */
  @Test
  void codesOfTypedFormatsAreText() throws IOException {
    assertEquals(Optional.empty(), near(typed("parquet", i -> i == 3 ? "007" : 90000 + i + "")));
    assertEquals(
        Optional.empty(),
        near(json("zip.json", i -> i == 3 ? "\"007\"" : "\"" + (90000 + i) + "\"")));
    assertTrue(near(json("one.json", i -> i == 3 ? "\"007\"" : 90000 + i + "")).isPresent());
    assertTrue(near(typed("parquet", i -> i == 3 ? "007" : i + ".5")).isPresent());
  }

  /** A model says what a column is: the options of a training are no remedy. */
  @Test
  void aModelIsNotGivenTheOptionsOfATraining() throws IOException {
    List<InputColumn> inputs = List.of(InputColumn.number("x"));
    Dataset<Row> rows = read(json("q.json", i -> i == 7 ? "\"NA\"" : i + ""));
    String told = modelRefusal(rows, inputs);
    assertTrue(
        told.startsWith(
            "column \"x\" is of numbers in the model, but text here: 1 of its 40 values is text,"),
        told);
    assertTrue(told.endsWith("; correct that"), told);
    Dataset<Row> words = read(json("w.json", i -> "\"w\""));
    assertEquals(
        "cannot use column \"x\", which is string: it is of numbers in the model",
        modelRefusal(words, inputs));
    String text = "x\n" + "1\n".repeat(20) + "NA\n";
    String csv = modelRefusal(read(file(folder, "m.csv", text)), inputs);
    assertTrue(csv.endsWith("use option nullValue=NA if it stands for a missing value"), csv);
  }

  private static String modelRefusal(Dataset<Row> rows, List<InputColumn> inputs) {
    return assertThrows(
            DataException.class,
            () ->
                Designs.forModel(
                    rows.schema(), inputs, List.of(), Optional.empty(), UnseenLevel.ERROR))
        .getMessage();
  }
}

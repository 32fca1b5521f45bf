package org.ridgeline.spark;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ridgeline.spark.SparkTest.file;
import static org.ridgeline.spark.SparkTest.read;
import static org.ridgeline.spark.SparkTest.refusal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ridgeline.base.DataException;
import org.ridgeline.dataset.ColumnRoles;
import org.ridgeline.dataset.OnInvalid;
import org.ridgeline.dataset.ReadSpec;

/** A line of JSON is one value, read whole or told of. */
@Tag("spark")
final class JsonInputTest {
  private static final String GOOD = "{\"x\": 1, \"y\": 2}\n{\"x\": 3.5, \"y\": 4}\n";

  @TempDir Path folder;

  private ReadSpec json(String text) throws IOException {
    return file(folder, "data.json", text);
  }

  private static Collected collect(ReadSpec source, OnInvalid onInvalid) {
    Dataset<Row> rows = read(source);
    try (PassMeter meter = SparkTest.meter()) {
      Design design = Designs.of(rows, ColumnRoles.of("y").withFeatures(List.of("x")), meter);
      return MomentsJob.of(design, onInvalid).run(rows, meter);
    }
  }

  private static String refused(ReadSpec source, OnInvalid onInvalid) {
    return assertThrows(DataException.class, () -> collect(source, onInvalid)).getMessage();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"x\": 5, \"y\": 6}{\"x\": 7, \"y\": 8}",
        "{\"x\": 5, \"y\": 6} {\"x\": 7, \"y\": 8}",
        "{\"x\": 5, \"y\": 6}\t5",
        "{\"x\": 5, \"y\": 6} garbage",
        "{\"x\": 5, \"y\": 6},",
        "{\"x\": 5, \"y\": 6}}",
        "{\"x\": 5, \"y\": 6}\u0000",
        "{\"x\": 5, \"y\": 6} // text",
        "[{\"x\": 5, \"y\": 6}] [{\"x\": 7, \"y\": 8}]",
        "[{\"x\": 5, \"y\": 6}, 7]",
        "[[{\"x\": 5, \"y\": 6}]]",
        "{\"x\": 5, \"x\": 7, \"y\": 6}",
        "{\"x\": 5, \"y\": 6, \"z\": {\"a\": 1, \"a\": 2}}",
        "5",
        "\"x\"",
        "null",
      })
  void aLineThatIsNotOneObjectIsRefusedOrCounted(String line) throws IOException {
    ReadSpec source = json(GOOD + line + "\n" + GOOD);
    String told = refused(source, OnInvalid.ERROR);
    assertTrue(
        told.startsWith("there are lines that are not one JSON object in 1 row, first \""), told);
    assertTrue(told.contains(" in row 3 of partition 0, in file:"), told);
    Collected kept = collect(source, OnInvalid.DROP);
    assertEquals(4, kept.moments().rows());
    assertEquals(1, kept.rowsDropped());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"x\": 5, \"y\": 6}, {\"x\": 7, \"y\": 8}]",
        "{\"y\": 6, \"x\": 5, \"z\": {\"x\": [1, {\"x\": 2}]}}\n\n{\"x\": 7, \"y\": 8}  ",
        "  {\"x\": 5, \"y\": 6}\t\r\n \r\n{\"y\": 8, \"x\": 7}\r",
      })
  void allElementsOfAllLinesAreRows(String lines) throws IOException {
    assertEquals(6, collect(json(GOOD + lines + "\n" + GOOD), OnInvalid.ERROR).moments().rows());
    assertEquals(6, read(json("\ufeff" + GOOD + lines + "\n" + GOOD)).count());
  }

  @Test
  void compressionEncodingAndSeparatorChangeNothing() throws IOException {
    String text = GOOD + "{\"x\": 5, \"y\": 6}{\"x\": 7, \"y\": 8}\n";
    Path zipped = folder.resolve("data.json.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
      out.write(text.getBytes(UTF_8));
    }
    Path wide = Files.write(folder.resolve("wide.json"), text.getBytes(UTF_16LE));
    for (ReadSpec source :
        List.of(
            ReadSpec.of(zipped.toString()),
            json(text.replace('\n', '|')).withOption("lineSep", "|"),
            ReadSpec.of(wide.toString())
                .withOption("encoding", "UTF-16LE")
                .withOption("lineSep", "\n"))) {
      Collected kept = collect(source, OnInvalid.DROP);
      assertEquals(2, kept.moments().rows());
      assertEquals(1, kept.rowsDropped());
    }
  }

  @Test
  void optionsOfTheReaderHold() throws IOException {
    ReadSpec comments = json(GOOD + "/* a */ {\"x\": 5, \"y\": 6} // b\n// c\n");
    assertEquals(
        3, collect(comments.withOption("allowComments", "true"), OnInvalid.ERROR).moments().rows());
    ReadSpec texts = json(GOOD).withOption("primitivesAsString", "true");
    assertEquals("string", read(texts).schema().apply("y").dataType().simpleString());
    ReadSpec empty = json("{\"x\": null, \"y\": 1}\n").withOption("dropFieldIfAllNull", "true");
    assertEquals(List.of("y"), List.of(MalformedColumn.without(read(empty).schema()).fieldNames()));
    ReadSpec own =
        json("{\"_corrupt_record\": \"a\", \"_malformed\": 1, \"x\": 3, \"y\": 4}\n" + GOOD);
    assertEquals(3, collect(own, OnInvalid.ERROR).moments().rows());
    assertEquals(4, MalformedColumn.without(read(own).schema()).size());
    assertEquals(3, read(own.withWhere("true")).count());
  }

  @Test
  void partitionFoldersAreColumns() throws IOException {
    file(folder, "parts/day=1/a.json", GOOD);
    file(folder, "parts/day=2/a.json", GOOD + "{\"x\": 1} {}\n");
    Dataset<Row> rows = read(ReadSpec.of(folder + "/parts"));
    assertEquals(3, rows.where("day = 2").count());
    assertEquals(2, rows.where("day = 1").count());
    ReadSpec second = ReadSpec.of(folder + "/parts").withWhere("day = 2");
    assertEquals(3, read(second).count());
    assertEquals(1, collect(second, OnInvalid.DROP).rowsDropped());
  }

  @Test
  void severalValuesInAFileOfOneAreRefused() throws IOException {
    file(folder, "lines/a.json", "[{\"x\": 5,\n \"y\": 6}]\n");
    file(folder, "lines/b.json", GOOD);
    ReadSpec source = ReadSpec.of(folder + "/lines").withOption("multiLine", "true");
    for (OnInvalid choice : List.of(OnInvalid.ERROR, OnInvalid.DROP)) {
      String told = refused(source, choice);
      assertTrue(told.contains("lines/b.json: "), told);
      assertTrue(
          told.endsWith(
              "another value begins in line 2, after the first; multiLine=true takes one value for"
                  + " each file, such as an array of all rows"),
          told);
    }
    assertTrue(refused(source.withWhere("x > 3"), OnInvalid.DROP).contains("lines/b.json: "));
    file(folder, "lines/b.json", "[{\"x\": 5,\n \"y\": 6}\n");
    assertTrue(refused(source, OnInvalid.DROP).contains("lines/b.json: "));
    file(folder, "lines/b.json", "[{\"x\": 5,\n \"y\": 6},\n {\"x\": 7, \"y\": 7}]\n\n");
    assertEquals(3, collect(source, OnInvalid.ERROR).moments().rows());
  }

  @Test
  void aSampleThatFindsNoColumnsNamesItsOption() throws IOException {
    for (ReadSpec source : List.of(json(GOOD), file(folder, "few.csv", "x,y\n1,2\n3,4\n"))) {
      String told = refusal(source.withOption("samplingRatio", "0.0001"));
      assertTrue(told.startsWith("no row of "), told);
      assertTrue(told.endsWith("use option samplingRatio=1"), told);
    }
  }

  @Test
  void whatTheSampleDidNotSeeIsRefused() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      text.append("{\"x\": ").append(i == 350 ? "\"w\"" : i).append(", \"y\": ").append(i);
      text.append(i == 351 ? "}{\"x\": 1, \"y\": 2}\n" : "}\n");
    }
    ReadSpec source = json(text.toString()).withOption("samplingRatio", "0.02");
    assertEquals("bigint", read(source).schema().apply("x").dataType().simpleString());
    Collected kept = collect(source, OnInvalid.DROP);
    assertEquals(398, kept.moments().rows());
    assertEquals(2, kept.rowsDropped());
    assertTrue(refused(source, OnInvalid.ERROR).contains("use option samplingRatio=1"));
  }

  @Test
  void theRemedyIsOfTheLine() throws IOException {
    String two = refused(json(GOOD + "{\"x\": 5, \"y\": 6} {}\n"), OnInvalid.ERROR);
    assertTrue(two.contains("; put each value on a line of its own; correct them, or"), two);
    String twice = refused(json(GOOD + "{\"x\": 5, \"x\": 6}\n"), OnInvalid.ERROR);
    assertTrue(twice.contains("; an object in it has a key twice: keep one; correct"), twice);
    String tab = refused(json(GOOD + "{\"x\": 5, \"s\": \"a\tb\", \"y\": 6}\n"), OnInvalid.ERROR);
    assertTrue(tab.contains("; a text in it has an unescaped control character: write"), tab);
    assertTrue(tab.contains("or use option allowUnquotedControlChars=true"), tab);
    ReadSpec comma = json(GOOD + "{\"s\": \"" + "long ".repeat(99) + "\"},\n");
    String cut = refused(comma, OnInvalid.ERROR);
    assertTrue(cut.contains("use option multiLine=true"), cut);
    ReadSpec document = json("[\n{\"x\": 5, \"y\": 6},\n{\"x\": 7, \"y\": 8}\n]\n");
    String told = refused(document, OnInvalid.ERROR);
    assertTrue(told.contains("one document over several lines, use option multiLine=true"), told);
  }

  @Test
  void textThatIsNotInUtf8IsToldOf() throws IOException {
    String line = "{\"s\": \"\u00e9\", \"x\": 5, \"y\": 6}\n";
    String expected = "it is not in UTF-8: name its encoding, such as option encoding=ISO-8859-1";
    Path path = folder.resolve("latin.json");
    Files.write(path, (GOOD + line).getBytes(ISO_8859_1));
    String one = refused(ReadSpec.of(path.toString()), OnInvalid.ERROR);
    assertTrue(one.contains("in 1 row, first ") && one.contains("; " + expected + "; "), one);
    Files.write(path, line.repeat(3).getBytes(ISO_8859_1));
    String all = refusal(ReadSpec.of(path.toString()));
    assertTrue(all.endsWith(" is a JSON object of its own; " + expected), all);
    ReadSpec named = ReadSpec.of(path.toString()).withOption("encoding", "ISO-8859-1");
    assertEquals("\u00e9", read(named).select("s").head().getString(0));
    assertEquals(3, read(named).count());
    Files.write(path, line.repeat(2).replace("\n", "\r\n").getBytes(UTF_16LE));
    ReadSpec wide = ReadSpec.of(path.toString()).withOption("encoding", "UTF-16LE");
    assertEquals(2, read(wide).where("x = 5").count());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{\"x\": 1, \"y\": 2}, {\"x\": 3,|it ends within its JSON value, cut short or damaged; copy it again",
        "[{\"x\": 1, \"x\": 2}]|an object has the key \"x\" twice in line 1, column 14; keep one",
        "[{\"x\": 1, \"y\": 2}] [{\"x\": 3}]|another value begins in line 1, after the first; multiLine=true takes one value for each file, such as an array of all rows",
        "[{\"x\": 1, \"y\": 2}] ]|it is no JSON in line 1, column 20",
        "[{\"x\": 1, \"y\": 2}, null]|it has an element that is no object; each element of its array must be one row",
      })
  void aBadDocumentIsNamedWithItsFault(String text, String fault) throws IOException {
    ReadSpec alone = json(text).withOption("multiLine", "true");
    String told = refused(alone, OnInvalid.DROP);
    assertTrue(told.startsWith("cannot read file:"), told);
    assertTrue(told.endsWith("/data.json: " + fault), told);
    file(folder, "all/a.json", "[{\"x\": 1, \"y\": 2}, {\"x\": 2, \"y\": 5}]");
    file(folder, "all/b.json", text);
    ReadSpec among = ReadSpec.of(folder + "/all").withOption("multiLine", "true");
    String other = refused(among, OnInvalid.DROP);
    assertTrue(other.endsWith("/all/b.json: " + fault), other);
  }

  @Test
  void oneJobFindsTheTypes() throws IOException {
    try (PassMeter meter = SparkTest.meter()) {
      DataSource.read(SparkTest.session(), json(GOOD), meter);
      assertEquals(1, meter.passes().get(0).jobs());
    }
  }
}

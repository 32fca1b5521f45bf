package org.ridgeline.spark;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ridgeline.spark.SparkTest.file;
import static org.ridgeline.spark.SparkTest.read;
import static org.ridgeline.spark.SparkTest.refusal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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

/** CSV files are read by their headers, with types that all cells decide. */
@Tag("spark")
final class CsvInputTest {
  @TempDir Path folder;

  private ReadSpec csv(String name) {
    return ReadSpec.of(folder.resolve(name).toString()).withFormat("csv");
  }

  /** The user's columns, with their types. */
  private static String types(ReadSpec source) {
    return Arrays.stream(MalformedColumn.without(read(source).schema()).fields())
        .map(field -> field.name() + " " + field.dataType().simpleString())
        .collect(Collectors.joining(","));
  }

  private String typeOf(String cells) throws IOException {
    String text = "a,x\n" + cells.lines().map(c -> "1," + c + "\n").collect(Collectors.joining());
    return types(file(folder, "type.csv", text)).replace("a int,x ", "");
  }

  /** Rows of some columns as text, sorted. */
  private static List<String> rows(ReadSpec source, String... columns) {
    return SelectedRows.of(read(source), List.of(columns)).collectAsList().stream()
        .map(Row::toString)
        .sorted()
        .toList();
  }

  @Test
  void filesWithColumnsInAnotherOrderAreReadByName() throws IOException {
    file(folder, "by-name/part=6/a.csv", "0,1\n1.5,2\n3,4\n");
    file(folder, "by-name/part=6/b.csv", "1,0\n20,10\n40,30\n");
    file(folder, "by-name/part=7/c.csv", "0,1\n5,6\n");
    assertEquals(
        List.of("[1.5,2]", "[10.0,20]", "[3.0,4]", "[30.0,40]", "[5.0,6]"),
        rows(csv("by-name"), "0", "1"));
    assertEquals("0 double,1 int,part int", types(csv("by-name")));
    assertEquals(3, read(csv("by-name")).inputFiles().length);
  }

  @Test
  void aFileWithoutTheHeaderIsNamed() throws IOException {
    file(folder, "parts/part-0.csv", "a,b,y\n1,2,3\n");
    file(folder, "parts/part-1.csv", "4,5,6\n7,8,9\n");
    String told = refusal(csv("parts"));
    assertTrue(told.contains("part-1.csv begins with \"4\", \"5\", \"6\""), told);
    assertTrue(told.contains("part-0.csv with \"a\", \"b\", \"y\""), told);
    file(folder, "names/a.csv", "a,b\n1,2\n");
    file(folder, "names/b.csv", "a,c\n1,2\n");
    assertTrue(refusal(csv("names")).contains("b.csv begins with \"a\", \"c\""));
    file(folder, "widths/a.csv", "a,b\n1,2\n");
    file(folder, "widths/b.csv", "a,b,c\n1,2,3\n");
    assertTrue(refusal(csv("widths")).contains("b.csv begins with"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void linesEndAsOnEverySystem(String end) throws IOException {
    file(folder, "ends/a.csv", "a,y\n1,2\n3,4\n".replace("\n", end));
    file(folder, "ends/b.csv", "y,a\n6,5\n".replace("\n", end));
    file(folder, "ends/c.csv", "a,\"y\"\n7,\"8\"".replace("\n", end));
    assertEquals(List.of("[1,2]", "[3,4]", "[5,6]", "[7,8]"), rows(csv("ends"), "a", "y"));
    assertEquals("a int,y int", types(csv("ends")));
    file(folder, "only/header.csv", "a,y" + end);
    assertTrue(refusal(csv("only")).startsWith("there are no rows in "));
  }

  /** Two levels that decoding as UTF-8 makes one. */
  @Test
  void textThatIsNotInUtf8IsRefused() throws IOException {
    String text = "c,y\ngröße,1\ngräße,2\n";
    Path latin = Files.write(folder.resolve("latin.csv"), text.getBytes(ISO_8859_1));
    String told = refusal(ReadSpec.of(latin.toString()));
    assertTrue(told.startsWith("the text \"gr"), told);
    assertTrue(told.contains("in row 1 of file:"), told);
    assertTrue(told.contains("is not in UTF-8; name its encoding, such as option"), told);
    Map<String, String> encoding = Map.of("encoding", "ISO-8859-1");
    ReadSpec named = new ReadSpec(latin.toString(), Optional.empty(), encoding, Optional.empty());
    assertEquals(List.of("[gräße,2]", "[größe,1]"), rows(named, "c", "y"));
    Path header = Files.write(folder.resolve("header.csv"), "größe,y\n1,2\n".getBytes(ISO_8859_1));
    assertTrue(refusal(ReadSpec.of(header.toString())).contains("in the header of "));
    Path wide = Files.write(folder.resolve("wide.csv"), text.getBytes(StandardCharsets.UTF_16));
    assertTrue(refusal(ReadSpec.of(wide.toString())).contains("is not in UTF-8"));
    assertEquals(List.of("[gräße,2]", "[größe,1]"), rows(file(folder, "utf8.csv", text), "c", "y"));
  }

  @Test
  void filesWithoutARowAreNoFiles() throws IOException {
    file(folder, "empty/a.csv", "");
    file(folder, "empty/b.csv", "a,y\n1,2\n");
    file(folder, "empty/c.csv", "a,y\n");
    assertEquals(List.of("[1,2]"), rows(csv("empty"), "a", "y"));
    file(folder, "nothing/a.csv", "");
    assertTrue(refusal(csv("nothing")).startsWith("there are no rows in "));
    assertTrue(refusal(file(folder, "header.csv", "a,y\n")).startsWith("there are no rows in "));
  }

  @Test
  void manyFilesHaveTheirHeadersReadByOneJob() throws IOException {
    for (int i = 0; i < 40; i++) {
      file(folder, "many/" + i + ".csv", i % 2 == 0 ? "a,b\n" + i + ",0\n" : "b,a\n0," + i + "\n");
    }
    try (PassMeter meter = SparkTest.meter()) {
      Dataset<Row> rows = DataSource.read(SparkTest.session(), csv("many"), meter);
      assertEquals(780L, rows.agg(org.apache.spark.sql.functions.sum("a")).first().get(0));
      assertEquals(2, meter.passes().get(0).jobs());
    }
  }

  @Test
  void oneJobFindsTheTypes() throws IOException {
    try (PassMeter meter = SparkTest.meter()) {
      DataSource.read(SparkTest.session(), file(folder, "jobs.csv", "a,y\n1,2\n3,4\n"), meter);
      assertEquals(1, meter.prePasses());
      assertEquals(1, meter.passes().get(0).jobs());
      assertEquals(2, meter.passes().get(0).rowsRead());
    }
  }

  @Test
  void theTypeFollowsTheRule() throws IOException {
    assertEquals("int", typeOf("1\n-2\n+3\n\n"));
    assertEquals("bigint", typeOf("1\n10000000000"));
    assertEquals("decimal(20,0)", typeOf("1\n10000000000000000000"));
    assertEquals("double", typeOf("1\n2.5"));
    assertEquals("double", typeOf("1\n2e3"));
    assertEquals("double", typeOf("1\n 2"));
    assertEquals("boolean", typeOf("true\nFALSE"));
    assertEquals("date", typeOf("2026-01-31\n2026-02-28"));
    assertEquals("timestamp", typeOf("2026-01-31 10:00:00\n2026-02-28"));
    assertEquals("string", typeOf("1D\n2F\n3E5\n1D\n2F\n4D"));
    assertEquals("string", typeOf("1D\n2D"));
    assertEquals("string", typeOf("0x1A\n0x1B"));
    assertEquals("string", typeOf("NaN\nInfinity"));
    assertEquals("string", typeOf("01\n02\n10"));
    assertEquals("string", typeOf("0\n007"));
    assertEquals("int", typeOf("0\n7\n10"));
    assertEquals("string", typeOf("\n\n"));
  }

  @Test
  void codesOfThreeKindsAndMoreAreText() throws IOException {
    Dataset<Row> rows =
        read(file(folder, "zone.csv", "zone,y\n1D,1\n2D,2\n1F,3\n3E5,4\n2F,5\n1D,6\n"));
    try (PassMeter meter = SparkTest.meter()) {
      ColumnRoles levels = ColumnRoles.of("y").withCategorical(List.of("zone"));
      assertEquals(
          List.of("zone=1F", "zone=2D", "zone=2F", "zone=3E5"),
          Designs.of(rows, levels, meter).featureNames());
      Dataset<Row> more = rows.selectExpr("*", "y * 2 as x");
      assertEquals(
          List.of("zone (string)"), Designs.of(more, ColumnRoles.of("y"), meter).skipped());
    }
  }

  private static DataException refused(Dataset<Row> rows, ColumnRoles columns) {
    try (PassMeter meter = SparkTest.meter()) {
      return assertThrows(DataException.class, () -> Designs.of(rows, columns, meter));
    }
  }

  @Test
  void aColumnThatIsNearlyNumericIsNotDroppedSilently() throws IOException {
    ReadSpec source =
        file(folder, "ozone.csv", "Ozone,Wind,y\n41,7,1\nNA,8,2\n36,9,3\nNA,10,4\n1,2,3\n");
    Dataset<Row> rows = read(source);
    String told = refused(rows, ColumnRoles.of("y")).getMessage();
    assertTrue(
        told.startsWith(
            "column \"Ozone\" (feature) is text, but nearly numeric: 2 of its 5 values are no"
                + " numbers, the first \"NA\" in row 2 of file:"),
        told);
    assertTrue(told.contains("ozone.csv; correct that, or use option nullValue=NA if"), told);
    assertTrue(
        told.endsWith(
            "categorical Ozone to use its levels, or features !Ozone to leave it" + " out"),
        told);
    assertEquals("Ozone int,Wind int,y int", types(source.withOption("nullValue", "NA")));
    try (PassMeter meter = SparkTest.meter()) {
      ColumnRoles without = ColumnRoles.of("y").withFeatures(List.of("!Ozone"));
      assertEquals(List.of("Wind"), Designs.of(rows, without, meter).featureNames());
      ColumnRoles named = ColumnRoles.of("y").withFeatures(List.of("Wind"));
      assertEquals(List.of("Wind"), Designs.of(rows, named, meter).featureNames());
    }
    assertTrue(refused(rows, ColumnRoles.of("Ozone")).getMessage().contains("(label) is text"));
    assertTrue(
        refused(rows, ColumnRoles.of("y").withWeight("Ozone"))
            .getMessage()
            .contains("(weight) is text"));
  }

  @Test
  void nearlyNumericIsWhatTheRuleSays() throws IOException {
    assertTrue(isNear("1\n2\n3O\n4"), "a typo");
    assertTrue(isNear("1\n?\n?\n?\n-"), "nothing but words for missing values");
    assertTrue(isNear("1\n2\n2\nNaN"), "NaN");
    assertTrue(isNear("0\n1\n2\n3+"), "the last of some counts");
    assertTrue(!isNear("1\na\nb"), "more texts than numbers");
    assertTrue(!isNear("1\n2\n3\n4\n5\n6\na\nb\nc\nd"), "four kinds of text");
    assertTrue(!isNear("01\n02\n1A"), "codes");
    assertTrue(!isNear("NA\nNA"), "no number at all");
    assertTrue(isNear("5\n".repeat(400) + "a\nb\nc\nd"), "one in a hundred");
    assertTrue(isNear("5\n".repeat(400) + "05"), "one code in a hundred");
    assertTrue(isNear("5\n".repeat(18) + "low\nlow"), "one word, one in ten");
    assertTrue(isNear("5\n".repeat(12) + "007"), "one code");
    assertTrue(!isNear("5\n".repeat(12) + "007\n008"), "two codes");
    assertTrue(
        isNear("1\nNA\n?\nn.d.\n\u2013\n\u2014\nnull\nNA"), "many words for a missing value");
    assertTrue(!isNear("1\nNA\n?\nn.d.\n\u2013\nlow"), "and another");
    assertTrue(isNear("TRUE\nFALSE\ntrue\nNA\nTRUE"), "truth values, and a missing one");
    assertTrue(isNear("TRUE\nFALSE\n".repeat(10) + "yes\n"), "truth values, and a word");
    assertTrue(!isNear("TRUE\nNA\nyes\nno\nFALSE\nx"), "truth values among words");
    assertTrue(!isNear("TRUE\n1\nFALSE\n0\nTRUE"), "truth values among numbers");
    assertTrue(!isNear("5\n".repeat(12) + "10A\n".repeat(8) + "7"), "one code, two in five");
    assertTrue(!isNear("5\n".repeat(17) + "low\nlow\nhigh"), "more than one in ten");
    assertEquals(
        "double",
        types(file(folder, "w.csv", "x\n1\nNaN\n").withOption("nanValue", "NaN"))
            .replace("x ", ""));
  }

  @Test
  void numbersWithACommaAreCalledSo() throws IOException {
    String text = "x;y\n1,5;1\n-2,25;2\n1.234,5;3\n4;5\n";
    ReadSpec source = file(folder, "comma.csv", text).withOption("sep", ";");
    String told = refused(read(source), ColumnRoles.of("y")).getMessage();
    assertTrue(
        told.contains(
            "3 of its 4 values are numbers with a comma, not a point, the first \"1,5\" in row 1 of"),
        told);
    assertTrue(!told.contains("nullValue"), told);
    ReadSpec lists = file(folder, "lists.csv", "x;y\n1,,5;1\na,5;2\n,;3\n");
    assertEquals(
        Optional.empty(), NearNumber.of(read(lists.withOption("sep", ";")).schema().apply("x")));
  }

  @ParameterizedTest
  @CsvSource({
    "\u22121.5, a minus sign that is not -",
    "\u20131.5, a minus sign that is not -",
    "1\u00a0234.5, blanks or quotes in them",
    "1\u202f234, blanks or quotes in them",
    "1 234, blanks or quotes in them",
    "1'234, blanks or quotes in them",
    "12.5%, a percent sign",
    "12 %, a percent sign",
  })
  void numbersInAnotherWritingAreCalledSo(String cell, String what) throws IOException {
    String some = "x,y\n3,1\n@,2\n4,3\n@,4\n@,5\n5,6\n".replace("@", cell);
    String told = refused(read(file(folder, "w.csv", some)), ColumnRoles.of("y")).getMessage();
    assertTrue(
        told.contains(
            "3 of its 6 values are numbers with " + what + ", the first \"" + cell + "\" in row 2"),
        told);
    assertTrue(!told.contains("nullValue"), told);
  }

  @Test
  void whatLooksLikeAnOptionIsProposed() throws IOException {
    String comment = refusal(file(folder, "c.csv", "# made, by hand\n# twice\na,b,y\n1,2,3\n"));
    assertTrue(
        comment.endsWith(
            "\"# made\", is no header; use option comment=# if lines that begin with #"
                + " are comments"),
        comment);
    assertEquals(2, read(file(folder, "n.csv", "# a,b\n1,2\n3,4\n")).count());
    String middle = malformed("a,b,y\n1,2,3\n# a pause\n4,5,7\n6,7,9\n");
    assertTrue(middle.contains("; use option comment=# if"), middle);
    String lines = malformed("a,b,note\n1,2,\"two\nlines\"\n4,5,x\n6,7,y\n");
    assertTrue(lines.contains("; use option multiLine=true if quoted cells go over"), lines);
    String plain = malformed("a,b,y\n1,2\n4,5,7\n6,7,9\n");
    assertTrue(plain.contains("; correct them, or use on-invalid drop"), plain);
  }

  private String malformed(String text) throws IOException {
    Dataset<Row> rows = read(file(folder, "malformed.csv", text));
    try (PassMeter meter = SparkTest.meter()) {
      Design design = Designs.of(rows, ColumnRoles.of("b"), meter);
      return assertThrows(
              DataException.class, () -> MomentsJob.of(design, OnInvalid.ERROR).run(rows, meter))
          .getMessage();
    }
  }

  private boolean isNear(String cells) throws IOException {
    Dataset<Row> rows =
        read(file(folder, "near.csv", "x,y\n" + cells.replace("\n", ",1\n") + ",1\n"));
    assertEquals("string", rows.schema().apply("x").dataType().simpleString());
    return NearNumber.of(rows.schema().apply("x")).isPresent();
  }

  @Test
  void rowsThatDoNotFitTheHeaderAreCounted() throws IOException {
    String text = "a,b,y\n1,2,3\n1,234.5,2.5,3.5\n4,5,6\n7,8\n2,9,1\n";
    for (ReadSpec source :
        List.of(
            file(folder, "f.csv", text),
            gzip("f.csv.gz", text),
            file(folder, "f.tsv", text.replace(',', '\t')))) {
      Dataset<Row> rows = read(source);
      try (PassMeter meter = SparkTest.meter()) {
        Design design = Designs.of(rows, ColumnRoles.of("y"), meter);
        assertEquals(List.of("a", "b"), design.featureNames());
        Collected kept = MomentsJob.of(design, OnInvalid.DROP).run(rows, meter);
        assertEquals(3, kept.moments().rows());
        assertEquals(2, kept.rowsDropped());
        String told =
            assertThrows(
                    DataException.class,
                    () -> MomentsJob.of(design, OnInvalid.ERROR).run(rows, meter))
                .getMessage();
        assertTrue(
            told.startsWith("there are more or fewer fields than the header in 2 rows, first \"1"),
            told);
        assertTrue(told.contains("in row 2 of partition 0, in file:"), told);
      }
      Dataset<Row> some = read(source.withWhere("b < 7"));
      assertEquals(4, some.collectAsList().size(), () -> some.collectAsList().toString());
      assertEquals(4, some.count());
      try (PassMeter meter = SparkTest.meter()) {
        ColumnRoles few = ColumnRoles.of("y").withFeatures(List.of("a"));
        Design design = Designs.of(rows, few, meter);
        Collected kept = MomentsJob.of(design, OnInvalid.DROP).run(rows, meter);
        assertEquals(2, kept.rowsDropped());
      }
    }
  }

  private ReadSpec gzip(String name, String text) throws IOException {
    Path path = folder.resolve(name);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return ReadSpec.of(path.toString());
  }

  @Test
  void aHeaderOneNameShortIsToldAtOnce() throws IOException {
    String told = refusal(file(folder, "r.csv", "a,y\n1,2,3\n2,3,4\n"));
    assertTrue(
        told.startsWith(
            "no row has as many fields as the header, 2; the first is \"1,2,3\", row 1 of file:"),
        told);
  }

  @Test
  void moreColumnsThanTheReaderTakesEndInASentence() throws IOException {
    String told =
        refusal(file(folder, "wide.csv", "a,b,c,y\n1,2,3,4\n").withOption("maxColumns", "3"));
    assertTrue(told.contains("wide.csv has more than 3 columns: a vector column"), told);
    ReadSpec later =
        file(folder, "later.csv", "a,b,y\n1,2,3\n1,2,3,4\n").withOption("maxColumns", "3");
    assertTrue(refusal(later).contains("later.csv has more than 3 columns: "), refusal(later));
  }

  @Test
  void aQuoteThatNeverClosesEndsInASentence() throws IOException {
    String rest = "1,2,3\n".repeat(400_000);
    ReadSpec header = file(folder, "quote.csv", "a,\"b,y\n" + rest);
    assertTrue(refusal(header).contains(" is too long: is there a quote"), refusal(header));
    ReadSpec inside = file(folder, "inside.csv", "a,b,y\n1,2,3\n1,\"2,3\n" + rest);
    ReadSpec lines = inside.withOption("multiLine", "true");
    assertTrue(refusal(lines).contains(" is too long: is there a quote"), refusal(lines));
    assertTrue(refusal(lines).contains("inside.csv"), refusal(lines));
    assertTrue(refusal(lines).length() < 1_000, refusal(lines));
    ReadSpec line =
        file(folder, "line.csv", "a,b,y\n1,2,3\n1,\"" + "2,3;".repeat(500_000) + "\n4,5,6\n");
    assertTrue(refusal(line).contains("line.csv is too long: "), refusal(line));
    assertEquals("a int,b int,y int", types(line.withOption("maxCharsPerColumn", "4000000")));
  }

  @Test
  void namesThatSparkDoesNotTellApartAreReadExactly() throws IOException {
    ReadSpec source = file(folder, "case.csv", "x,X,_malformed,a.b,y\n1,2,3,4,5\n6,7,8,9,11\n");
    assertEquals(
        List.of("[1,2,3,4,5]", "[6,7,8,9,11]"), rows(source, "x", "X", "_malformed", "a.b", "y"));
    try (PassMeter meter = SparkTest.meter()) {
      assertEquals(
          List.of("x", "X", "_malformed", "a.b"),
          Designs.of(read(source), ColumnRoles.of("y"), meter).featureNames());
    }
  }

  @Test
  void anotherSeparatorIsHinted() throws IOException {
    String told = refusal(file(folder, "s.csv", "a;b;y\n1,5;2;3\n"));
    assertTrue(told.startsWith("there is only one column in file:"), told);
    assertTrue(told.endsWith("separated by ;, use option sep=;"), told);
    assertEquals("a int,b int", types(file(folder, "s2.csv", "a;b\n1;2\n").withOption("sep", ";")));
    assertTrue(refusal(file(folder, "t.csv", "a\tb\n1\t2\n")).contains("sep=\\t"));
  }

  @Test
  void optionsOfTheReaderHold() throws IOException {
    assertEquals(
        "_c0 int,_c1 int",
        types(file(folder, "n.csv", "1,2\n3,4\n").withOption("header", "false")));
    assertEquals(
        "a string", types(file(folder, "i.csv", "a\n1\n").withOption("inferSchema", "false")));
    assertEquals("a int,_c1 int", types(file(folder, "u.csv", "a,\n1,2\n")));
    assertEquals(
        "a date",
        types(file(folder, "d.csv", "a\n31.12.2026\n").withOption("dateFormat", "dd.MM.yyyy")));
    assertEquals(
        "a int,b int",
        types(file(folder, "c.csv", "# text\n\na,b\n# more\n1,2\n").withOption("comment", "#")));
    assertEquals("\u00e9 int,b int", types(file(folder, "e.csv", "\ufeff\u00e9,b\n1,2\n")));
  }
}

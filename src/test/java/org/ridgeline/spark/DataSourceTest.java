package org.ridgeline.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ridgeline.spark.SparkTest.file;
import static org.ridgeline.spark.SparkTest.read;
import static org.ridgeline.spark.SparkTest.refusal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ridgeline.dataset.ColumnRoles;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.dataset.InputColumn;
import org.ridgeline.dataset.OnInvalid;
import org.ridgeline.dataset.ReadSpec;
import org.ridgeline.dataset.UnseenLevel;
import org.ridgeline.moments.Moments;

@Tag("spark")
final class DataSourceTest {
  @TempDir Path folder;

  @Test
  void theExtensionTellsTheFormat() {
    assertEquals("csv", ReadSpec.of("a/b.csv.gz").resolvedFormat());
    assertEquals("csv", ReadSpec.of("b.TSV").resolvedFormat());
    assertEquals("orc", ReadSpec.of("b.orc/").resolvedFormat());
    assertEquals("libsvm", ReadSpec.of("b.libsvm").resolvedFormat());
    assertEquals("parquet", ReadSpec.of("some/directory").resolvedFormat());
    assertEquals("avro", ReadSpec.of("b.csv").withFormat("avro").resolvedFormat());
  }

  @Test
  void textHasAHeaderAndInferredTypes() throws IOException {
    assertEquals("a int,b double,c string", types(file(folder, "a.csv", "a,b,c\n1,2.5,x\n")));
    assertEquals("a int,b double", types(file(folder, "a.tsv", "a\tb\n1\t2.5\n")));
    assertEquals(
        "a string", types(file(folder, "b.csv", "a\n1\n").withOption("inferSchema", "false")));
  }

  private static String types(ReadSpec source) {
    return MalformedColumn.without(read(source).schema())
        .toDDL()
        .toLowerCase(java.util.Locale.ROOT)
        .replace(" not null", "");
  }

  @Test
  void theFilterIsSql() throws IOException {
    ReadSpec source = file(folder, "c.csv", "a,y\n1,2\n5,6\n");
    assertEquals(1, read(source.withWhere("a > 1 AND y < 10")).count());
    assertTrue(
        refusal(source.withWhere("a >")).startsWith("cannot apply the condition \"a >\": "),
        refusal(source.withWhere("a >")));
    assertTrue(refusal(source.withWhere("a >")).contains("Syntax error"));
    assertTrue(refusal(source.withWhere("b > 1")).contains("`b`"));
  }

  @Test
  void missingPathsAndUnknownFormatsAreToldInOneSentence() {
    String missing = folder.resolve("none.csv").toString();
    assertTrue(
        refusal(ReadSpec.of(missing)).startsWith("cannot read \"" + missing + "\" as csv: "));
    assertTrue(
        refusal(ReadSpec.of(missing).withFormat("nonsense")).contains("as nonsense: "),
        refusal(ReadSpec.of(missing).withFormat("nonsense")));
  }

  @Test
  void valuesOfOptionsAreNeverTold() {
    ReadSpec source = ReadSpec.of(folder.resolve("x").toString()).withOption("password", "hunter2");
    assertFalse(refusal(source).contains("hunter2"));
  }

  @Test
  void duplicateHeadersAreFoundThoughSparkRenamesThem() throws IOException {
    ReadSpec source = file(folder, "d.csv", "a,b,a\n1,2,3\n");
    assertTrue(
        refusal(source).startsWith("there are two columns named \"a\" in "), refusal(source));
    assertEquals("a0 int,b int,a2 int", types(file(folder, "e.csv", "a0,b,a2\n1,2,3\n")));
  }

  @Test
  void brokenFilesAreDataErrors() throws IOException {
    ReadSpec source = file(folder, "f.parquet", "this is not parquet");
    assertTrue(refusal(source).startsWith("cannot read "), refusal(source));
  }

  @Test
  void aFolderIsOfTheFormatOfItsFiles() throws IOException {
    file(folder, "texts/k=1/a.csv", "a,y\n1,2\n3,4\n");
    file(folder, "texts/_notes.md", "hidden");
    assertEquals("a int,y int,k int", types(ReadSpec.of(folder.resolve("texts").toString())));
    file(folder, "tabs2/a.tsv", "a\ty\n1\t2\n");
    assertEquals("a int,y int", types(ReadSpec.of(folder.resolve("tabs2").toString())));
    file(folder, "lines/a.json", "{\"a\": 1, \"y\": 2}\n");
    assertEquals("a bigint,y bigint", types(ReadSpec.of(folder.resolve("lines").toString())));
    assertEquals("a int,y int", types(ReadSpec.of(folder + "/tab*2")));
    file(folder, "mixed/a.csv", "a\n1\n");
    file(folder, "mixed/b.json", "{}");
    String told = refusal(ReadSpec.of(folder.resolve("mixed").toString()));
    assertTrue(told.contains("it holds files of several formats, csv and json;"), told);
  }

  @Test
  void aFileBesidePartitionFoldersIsNotLeftOut() throws IOException {
    file(folder, "beside/k=1/a.csv", "a,y\n1,2\n");
    file(folder, "beside/b.csv", "a,y\n1,2\n");
    String told = refusal(ReadSpec.of(folder.resolve("beside").toString()));
    assertTrue(
        told.endsWith(
            "beside/b.csv is beside the partition folders and would not be read;"
                + " move it into one"),
        told);
  }

  @Test
  void filesWithoutAnExtensionSayWhatTheyAre() throws IOException {
    for (String format : List.of("orc", "parquet")) {
      Path written = folder.resolve("as " + format);
      SparkTest.linear(5, 1, 1).coalesce(1).write().format(format).save(written.toString());
      Path plain = Files.createDirectory(folder.resolve("plain " + format));
      try (Stream<Path> parts = Files.list(written)) {
        Path part = parts.filter(p -> p.toString().endsWith("." + format)).findAny().orElseThrow();
        Files.copy(part, plain.resolve("data"));
      }
      assertEquals("x0 double,y double", types(ReadSpec.of(plain.toString())));
      assertEquals("x0 double,y double", types(ReadSpec.of(plain.resolve("data").toString())));
    }
    file(folder, "other/data", "a,y\n1,2\n3,4\n");
    String told = refusal(ReadSpec.of(folder.resolve("other").toString()));
    assertTrue(told.contains("\" as parquet: "), told);
    assertTrue(
        told.endsWith("is not a Parquet file; if it is of another format, name that with format"),
        told);
  }

  @Test
  void tablesAreNotTakenForTheirFiles() throws IOException {
    for (String marker : List.of("_delta_log/0.json", ".hoodie/x", "metadata/v1.metadata.json")) {
      String table = marker.substring(1, 4);
      SparkTest.linear(5, 1, 1).write().parquet(folder.resolve(table).toString());
      file(folder, table + "/" + marker, "{}");
      ReadSpec source = ReadSpec.of(folder.resolve(table).toString());
      String told = refusal(source);
      assertTrue(told.contains("whose reader is not on the class path; add "), told);
      assertTrue(told.endsWith("to the packages of Spark, or name another with format"), told);
      if (!marker.startsWith("metadata")) { // hidden from Spark
        assertEquals(5, read(source.withFormat("parquet")).count());
      }
    }
    file(folder, "t.avro", "Obj");
    assertTrue(refusal(ReadSpec.of(folder + "/t.avro")).contains("spark-avro_2.13"));
  }

  @Test
  void anExistingNameIsNoGlob() throws IOException {
    file(folder, "sales1.csv", "a,y\n1,-1\n");
    file(folder, "sales[1].csv", "a,y\n1,1\n");
    file(folder, "d{a,b}?/x*.csv", "a,y\n1,2\n");
    file(folder, "e\\f.csv", "a,y\n1,3\n");
    SparkTest.linear(5, 1, 1).write().parquet(folder + "/p[0-9]");
    assertEquals(1, value("sales[1].csv"));
    assertEquals(-1, value("sales?.csv"));
    assertEquals(2, value("d{a,b}?/x*.csv"));
    assertEquals(2, value("d{a,b}?"));
    assertEquals(3, value("e\\f.csv"));
    assertEquals(5, read(ReadSpec.of(folder + "/p[0-9]")).count());
    ReadSpec source = ReadSpec.of(folder + "/sales[1].csv");
    Dataset<Row> unread = DataSource.unread(SparkTest.session(), source, read(source).schema());
    assertEquals(ListedFiles.of(read(source)), ListedFiles.of(unread));
  }

  private int value(String path) {
    return read(ReadSpec.of(folder + "/" + path)).first().getAs("y");
  }

  @Test
  void hiddenFilesAreTold() throws IOException {
    for (String name : List.of("_x.csv", ".x.csv")) {
      String told = refusal(file(folder, name, "a,y\n1,2\n"));
      assertTrue(told.contains("name begins with _ or a dot; rename it"), told);
    }
  }

  @Test
  void aJsonDocumentOverSeveralLinesIsTold() throws IOException {
    ReadSpec source = file(folder, "array.json", "[\n {\n  \"a\": 1\n },\n {\n  \"a\": 2\n }\n]\n");
    assertTrue(refusal(source).endsWith("use option multiLine=true"), refusal(source));
    assertEquals(2, read(source.withOption("multiLine", "true")).count());
  }

  @Test
  void vectorsOfAModelHaveItsLength() throws IOException {
    ReadSpec source = file(folder, "short.libsvm", "1 1:0.5\n2 2:1\n");
    List<String> names = List.of("features[0]", "features[1]", "features[2]");
    List<InputColumn> inputs =
        List.of(new InputColumn("features", InputColumn.Kind.VECTOR, names, List.of()));
    try (PassMeter meter = SparkTest.meter()) {
      Dataset<Row> rows = DataSource.read(SparkTest.session(), source, inputs, meter);
      Design design =
          Designs.forModel(
              rows.schema(), inputs, List.of("label"), Optional.empty(), UnseenLevel.ERROR);
      assertEquals(2, MomentsJob.of(design, OnInvalid.ERROR).run(rows, meter).moments().rows());
    }
  }

  @Test
  void libsvmBringsSparseVectors() throws IOException {
    Dataset<Row> rows = read(file(folder, "g.libsvm", "1 1:0.5 3:2\n2 2:1\n4 1:1 2:1 3:1\n"));
    try (PassMeter meter = SparkTest.meter()) {
      Design design = Designs.of(rows, ColumnRoles.of("label"), meter);
      assertEquals(List.of("features[0]", "features[1]", "features[2]"), design.featureNames());
      assertEquals(0, meter.prePasses());
      Moments total = MomentsJob.of(design, OnInvalid.ERROR).run(rows, meter).moments().total();
      assertEquals(0.5, total.mean(0), 1e-15);
      assertEquals(1, total.mean(2), 1e-15);
    }
  }

  @Test
  void oneJobReadsTheRowsOnce() {
    String path = folder.resolve("h.parquet").toString();
    SparkTest.linear(5_000, 4, 30).write().parquet(path);
    try (PassMeter meter = SparkTest.meter()) {
      Dataset<Row> rows = DataSource.read(SparkTest.session(), ReadSpec.of(path), meter);
      ColumnRoles columns = ColumnRoles.of("y").withFolds(FoldRule.hashed(10, 0));
      MomentsJob.of(Designs.of(rows, columns, meter), OnInvalid.ERROR).run(rows, meter);
      assertEquals(1, meter.dataPasses());
      PassMeter.Pass pass = meter.passes().get(meter.passes().size() - 1);
      assertEquals(1, pass.jobs());
      assertEquals(5_000, pass.rowsRead());
      assertTrue(pass.bytesRead() > 5_000L * 5 * 4, "bytes: " + pass.bytesRead());
    }
  }

  @Test
  void settingsOfTheSessionAreLeftAsTheyWere() {
    String key = "spark.sql.codegen.maxFields";
    SparkTest.session().conf().set(key, "77");
    try {
      SparkTest.collect(SparkTest.linear(10, 2, 1), ColumnRoles.of("y"));
      assertEquals("77", SparkTest.session().conf().get(key));
      assertFalse(SparkTest.session().conf().contains(InputSplits.SETTING));
    } finally {
      SparkTest.session().conf().unset(key);
    }
  }
}

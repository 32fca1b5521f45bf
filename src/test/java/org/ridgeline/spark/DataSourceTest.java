package org.ridgeline.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ridgeline.base.DataException;
import org.ridgeline.dataset.ColumnRoles;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.dataset.OnInvalid;
import org.ridgeline.dataset.ReadSpec;
import org.ridgeline.moments.Moments;

@Tag("spark")
final class DataSourceTest {
  @TempDir Path folder;

  private static Dataset<Row> read(ReadSpec source) {
    try (PassMeter meter = SparkTest.meter()) {
      return DataSource.read(SparkTest.session(), source, meter);
    }
  }

  private static String refusal(ReadSpec source) {
    return assertThrows(DataException.class, () -> read(source)).getMessage();
  }

  private ReadSpec file(String name, String text) throws IOException {
    return ReadSpec.of(Files.writeString(folder.resolve(name), text).toString());
  }

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
    assertEquals("a int,b double,c string", types(file("a.csv", "a,b,c\n1,2.5,x\n")));
    assertEquals("a int,b double", types(file("a.tsv", "a\tb\n1\t2.5\n")));
    assertEquals("a string", types(file("b.csv", "a\n1\n").withOption("inferSchema", "false")));
  }

  private static String types(ReadSpec source) {
    return read(source)
        .schema()
        .toDDL()
        .toLowerCase(java.util.Locale.ROOT)
        .replace(" not null", "");
  }

  @Test
  void theFilterIsSql() throws IOException {
    ReadSpec source = file("c.csv", "a,y\n1,2\n5,6\n");
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
    ReadSpec source = file("d.csv", "a,b,a\n1,2,3\n");
    assertTrue(
        refusal(source).startsWith("there are two columns named \"a\" in "), refusal(source));
    assertEquals(3, read(file("e.csv", "a0,b,a2\n1,2,3\n")).columns().length);
  }

  @Test
  void brokenFilesAreDataErrors() throws IOException {
    ReadSpec source = file("f.parquet", "this is not parquet");
    assertTrue(refusal(source).startsWith("cannot read "), refusal(source));
  }

  @Test
  void aDirectoryOfTextAsksForTheFormat() throws IOException {
    Path texts = Files.createDirectory(folder.resolve("texts"));
    Files.writeString(texts.resolve("a.csv"), "a,y\n1,2\n3,4\n");
    String told = refusal(ReadSpec.of(texts.toString()));
    assertTrue(told.contains("\" as parquet: "), told);
    assertTrue(
        told.endsWith("is not a Parquet file; if it is of another format, name that with format"),
        told);
  }

  @Test
  void libsvmBringsSparseVectors() throws IOException {
    Dataset<Row> rows = read(file("g.libsvm", "1 1:0.5 3:2\n2 2:1\n4 1:1 2:1 3:1\n"));
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

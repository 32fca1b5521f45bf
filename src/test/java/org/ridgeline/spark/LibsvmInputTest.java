package org.ridgeline.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ridgeline.spark.SparkTest.file;
import static org.ridgeline.spark.SparkTest.meter;
import static org.ridgeline.spark.SparkTest.read;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.linalg.DenseVector;
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
import org.ridgeline.dataset.InputColumn;
import org.ridgeline.dataset.OnInvalid;
import org.ridgeline.dataset.ReadSpec;

/** Lines of libsvm are rows, or are named as what cannot be read. */
@Tag("spark")
final class LibsvmInputTest {
  private static final String GOOD = "1 1:0.5 3:2\n2.5 2:1e-3\n-3\n4 1:1 2:1 3:+1\n";

  @TempDir Path folder;

  private static Collected collect(ReadSpec source, OnInvalid onInvalid) {
    try (PassMeter meter = meter()) {
      Dataset<Row> rows = read(source);
      ColumnRoles columns = ColumnRoles.of("label");
      return MomentsJob.of(Designs.of(rows, columns, meter), onInvalid).run(rows, meter);
    }
  }

  /** The same as Spark's own reader reads. */
  @Test
  void goodLinesAreReadAsSparkReadsThem() throws IOException {
    String text = "# made by hand\n\n" + GOOD + "   \n";
    ReadSpec source = file(folder, "good.libsvm", text);
    Dataset<Row> rows = read(source);
    assertEquals(
        SparkTest.session().read().format("libsvm").load(source.path()).collectAsList(),
        rows.select("label", "features").collectAsList());
    assertEquals(3, rows.schema().apply("features").metadata().getLong("numFeatures"));
    assertEquals(4, read(file(folder, "tail.libsvm", GOOD.replace("\n", " # why\n"))).count());
    Row first = read(source.withOption("vectorType", "dense")).head();
    assertEquals(new DenseVector(new double[] {0.5, 0, 2}), first.get(1));
  }

  @ParameterizedTest
  @CsvSource({
    "1 1:abc 2:1, 1:abc is not INDEX:VALUE",
    "1 1: 2:3, 1: is not INDEX:VALUE",
    "1 1:0x1p3, 1:0x1p3 is not INDEX:VALUE",
    "1 7, 7 is not INDEX:VALUE",
    "1 0:1 1:2, '0:1 has index 0: indices begin at 1, add 1 to all of them'",
    "1 00:1 1:2, '00:1 has index 0: indices begin at 1, add 1 to all of them'",
    "1 -1:1, -1:1 has no whole number from 1 to 2147483647 as its index",
    "1 :1, :1 has no whole number from 1 to 2147483647 as its index",
    "1 a:1, a:1 has no whole number from 1 to 2147483647 as its index",
    "1 99999999999:1, 99999999999:1 has no whole number from 1 to 2147483647 as its index",
    "1 2:1 1:3, 1:3 comes after index 2: sort the line by its indices",
    "1 2:1 3:1 2:3, 2:3 comes after index 3: sort the line by its indices",
    "1 1:1 1:3, 1:3 comes after another value of this index: keep one",
    "1 qid:7 1:3, 'qid:7 is the query of a ranking, no feature: remove it'",
    "1 qid:x 1:3, 'qid:x is the query of a ranking, no feature: remove it'",
    "1:1 2:3, the label 1:1 is no number",
    "1D 2:3, the label 1D is no number"
  })
  void aLineOfAnotherFormIsNamedOrCounted(String line, String why) throws IOException {
    ReadSpec source = file(folder, "bad.libsvm", GOOD + line + "\n" + GOOD);
    String told =
        assertThrows(DataException.class, () -> collect(source, OnInvalid.ERROR)).getMessage();
    assertTrue(
        told.startsWith(
            "there are lines that cannot be read in 1 row, first \""
                + why
                + ": "
                + line
                + "\" in row 5 of partition 0, in file:"),
        told);
    assertTrue(told.contains("bad.libsvm; correct them, or use on-invalid drop"), told);
    Collected kept = collect(source, OnInvalid.DROP);
    assertEquals(8, kept.moments().rows());
    assertEquals(1, kept.rowsDropped());
  }

  @Test
  void moreFeaturesThanTheModelHasAreNamed() throws IOException {
    List<String> names = List.of("features[0]", "features[1]");
    InputColumn vector = new InputColumn("features", InputColumn.Kind.VECTOR, names, List.of());
    ReadSpec wide = file(folder, "wide.libsvm", "1 1:1\n2 2:1 4:7\n");
    try (PassMeter meter = meter()) {
      Dataset<Row> rows = DataSource.read(SparkTest.session(), wide, List.of(vector), meter);
      assertEquals(0, meter.prePasses());
      List<Row> read = rows.select("features", "_malformed").collectAsList();
      assertEquals(2, ((org.apache.spark.ml.linalg.Vector) read.get(0).get(0)).size());
      assertEquals("index 4 > numFeatures=2: 2 2:1 4:7", read.get(1).getString(1));
      ReadSpec narrow = file(folder, "narrow.libsvm", "1 1:1\n");
      Dataset<Row> few = DataSource.read(SparkTest.session(), narrow, List.of(vector), meter);
      assertEquals(2, few.schema().apply("features").metadata().getLong("numFeatures"));
      assertEquals(Optional.of("_malformed"), MalformedColumn.of(few.schema()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n\n"})
  void aFileWithoutLinesHasNoRows(String text) throws IOException {
    String told = SparkTest.refusal(file(folder, "empty.libsvm", text));
    assertTrue(told.startsWith("there are no rows in "), told);
  }

  @Test
  void aFileOfAnotherFormatIsRefused() throws IOException {
    String told = SparkTest.refusal(file(folder, "t.libsvm", "a,b\n1,2\n"));
    assertTrue(
        told.endsWith("names a feature as LABEL INDEX:VALUE: the label a,b is no number"), told);
    String zero = SparkTest.refusal(file(folder, "zero.libsvm", "1 0:2 1:3\n2 0:5\n"));
    assertTrue(zero.endsWith(": 0:2 has index 0: indices begin at 1, add 1 to all of them"), zero);
  }

  @Test
  void partitionFoldersAreColumns() throws IOException {
    file(folder, "parts/day=1/a.libsvm", GOOD);
    file(folder, "parts/day=2/a.libsvm", GOOD);
    Dataset<Row> rows = read(ReadSpec.of(folder + "/parts"));
    assertEquals(4, rows.where("day = 2").count());
  }

  @Test
  void aLineThatIsNoJsonObjectIsNamed() throws IOException {
    String text = "{\"a\": 1, \"label\": 2}\n{\"a\": 2, \"la\n{\"a\": 4, \"label\": 5}\n";
    ReadSpec source = file(folder, "bad.json", text);
    String told =
        assertThrows(DataException.class, () -> collect(source, OnInvalid.ERROR)).getMessage();
    assertTrue(
        told.startsWith(
            "there are lines that are not one JSON object in 1 row, first \"{\"a\": 2, \"la\" in row 2"),
        told);
    ReadSpec named = source.withOption("columnNameOfCorruptRecord", "not `read`.well");
    assertEquals(2, collect(named, OnInvalid.DROP).moments().rows());
  }
}

package org.ridgeline.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ridgeline.spark.SparkTest.file;
import static org.ridgeline.spark.SparkTest.read;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ridgeline.base.Names;
import org.ridgeline.base.UsageException;
import org.ridgeline.dataset.ReadSpec;

/** An option that Spark's reader does not take is a mistake of usage that names it. */
@Tag("spark")
final class ReaderOptionsTest {
  @TempDir Path folder;

  private ReadSpec csv() throws IOException {
    return file(folder, "data.csv", "a,y\n1,2\n3,4\n");
  }

  private ReadSpec json() throws IOException {
    return file(folder, "data.json", "{\"a\": 1, \"y\": 2}\n{\"a\": 3, \"y\": 4}\n");
  }

  private static ReadSpec with(ReadSpec source, String option) {
    int equals = option.indexOf('=');
    return source.withOption(option.substring(0, equals), option.substring(equals + 1));
  }

  private static String refusal(ReadSpec source) {
    return assertThrows(UsageException.class, () -> read(source)).getMessage();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "header=maybe",
        "header=",
        "HEADER=x",
        "sep=",
        "quote=ab",
        "escape=ab",
        "comment=##",
        "encoding=nonsense",
        "timestampFormat=zzzzzz",
        "timeZone=Mars/X",
        "samplingRatio=abc",
        "samplingRatio=0",
        "samplingRatio=7",
        "maxColumns=abc",
        "maxColumns=-1",
        "multiLine=maybe",
        "lineSep=",
        "compression=foo",
        "unescapedQuoteHandling=FOO",
        "recursiveFileLookup=x",
        "pathGlobFilter=[",
        "modifiedAfter=abc",
        "ignoreCorruptFiles=x",
        "ignoreCorruptFiles=true",
        "mode=nonsense"
      })
  void anOptionOfCsvThatSparkDoesNotTakeIsNamed(String option) throws IOException {
    String told = refusal(with(with(csv(), "nullValue=NA"), option));
    assertTrue(
        told.startsWith("cannot read csv files with the option " + Names.quoted(option) + ": "),
        told);
    assertEquals(-1, told.indexOf('\n'));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multiLine=maybe",
        "primitivesAsString=x",
        "allowComments=x",
        "samplingRatio=2",
        "maxNestingDepth=abc",
        "timestampFormat=zzzzzz",
        "encoding=UTF-16",
        "mode=nonsense"
      })
  void anOptionOfJsonThatSparkDoesNotTakeIsNamed(String option) throws IOException {
    String told = refusal(with(with(json(), "allowSingleQuotes=true"), option));
    assertTrue(
        told.startsWith("cannot read json files with the option " + Names.quoted(option) + ": "),
        told);
  }

  @Test
  void aModeThatLeavesOutRowsUncountedIsRefused() throws IOException {
    for (ReadSpec source : new ReadSpec[] {csv(), json()}) {
      String told = refusal(with(source, "mode=dropMalformed"));
      assertTrue(told.contains("\"mode=dropMalformed\": it leaves out rows uncounted"), told);
      assertTrue(told.contains("use on-invalid drop to leave them out"), told);
      assertEquals(2, read(with(source, "mode=failfast")).count());
    }
  }

  /** Refused alone, taken together. */
  @Test
  void optionsThatNeedEachOtherAreTakenTogether() throws IOException {
    byte[] text = "[{\"a\": 1}, {\"a\": 2}]".getBytes(StandardCharsets.UTF_16);
    Path path = Files.write(folder.resolve("wide.json"), text);
    ReadSpec source = with(with(ReadSpec.of(path + ""), "encoding=UTF-16"), "multiLine=true");
    assertEquals(2, read(source).count());
  }

  @Test
  void whatIsWrongWithTheDataIsNotBlamedOnAnOption() throws IOException {
    ReadSpec source = with(file(folder, "empty.csv", "a,y\n"), "nullValue=NA");
    assertTrue(SparkTest.refusal(source).startsWith("there are no rows in "));
  }
}

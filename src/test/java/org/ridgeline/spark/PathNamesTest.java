package org.ridgeline.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.ridgeline.spark.SparkTest.file;
import static org.ridgeline.spark.SparkTest.read;
import static org.ridgeline.spark.SparkTest.refusal;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ridgeline.dataset.ReadSpec;

/** A file of any name is read under that name, and no name beside it is in the way. */
@Tag("spark")
final class PathNamesTest {
  private static final String ROWS = "a,y\n1,2\n3,4\n";

  @TempDir Path folder;

  private ReadSpec at(String path) {
    return ReadSpec.of(folder + "/" + path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a:b.csv",
        "12:30.csv",
        "http:x.csv",
        "with space.csv",
        "pct%20.csv",
        "pct%zz.csv",
        "h#1.csv",
        "q?.csv",
        "st*r.csv",
        "br[1].csv",
        "{a,b}.csv",
        "{a:[b]*?}.csv",
        "back\\slash.csv",
        "folder:1/x:y.csv",
        "t[1]/d=12:30/x.csv"
      })
  void aFileOfAnyNameIsReadLiterally(String name) throws IOException {
    ReadSpec literal = file(folder, name, ROWS);
    file(folder, "a.csv", "b,y\n5,6\n");
    file(folder, "br1.csv", "b,y\n5,6\n");
    file(folder, "st-r.csv", "b,y\n5,6\n");
    assertEquals(2, read(literal).count());
    assertEquals("a", read(literal).columns()[0]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "text"})
  void otherFormatsAreReadLiterallyToo(String format) throws IOException {
    ReadSpec source = file(folder, "a:[1].txt", "{\"a\": 1}\n").withFormat(format);
    assertEquals(1, read(source).count());
  }

  @Test
  void aColonBesideItIsInNobodysWay() throws IOException {
    file(folder, "day 1/12:30.csv", ROWS);
    file(folder, "day 1/plain.csv", ROWS);
    file(folder, "day:2/plain.csv", ROWS);
    file(folder, "day 1/_hidden.csv", "b\n1\n");
    assertEquals(4, read(at("day 1/*.csv")).count());
    assertEquals(4, read(at("day*/pl[a-i]in.csv")).count());
    assertEquals(4, read(at("day 1/{plain,12:30}.csv")).count());
    assertEquals(4, read(at("{day 1,day:2}/plain.csv")).count());
    assertEquals(4, read(at("day 1").withFormat("csv")).count());
    String missing = refusal(at("day 1/none*.csv"));
    assertEquals(
        "cannot read \"%1$s/day 1/none*.csv\" as csv: Path does not exist: file:%1$s/day 1/none*.csv"
            .formatted(folder),
        missing);
    assertTrue(refusal(at("day 1/x:y.csv")).contains(" as csv: Path does not exist: file:/"));
  }

  @Test
  void aColonBeforeAnySlashIsPartOfAName() {
    String missing = refusal(ReadSpec.of("no:such.csv"));
    assertTrue(missing.startsWith("cannot read \"no:such.csv\" as csv: Path does not"), missing);
    assertTrue(missing.endsWith("/no:such.csv"), missing);
    assertTrue(refusal(ReadSpec.of("no://such.csv")).contains("No FileSystem for scheme"));
  }

  @Test
  void aFolderOfFoldersIsNotOneWithoutRows() throws IOException {
    file(folder, "all/x/p.csv", ROWS);
    file(folder, "all/y/p.csv", ROWS);
    String told = refusal(at("all"));
    assertTrue(told.contains("it holds folders only, such as \"x\", and no files"), told);
    assertTrue(told.contains("use option recursiveFileLookup=true"), told);
    assertEquals(4, read(at("all").withOption("recursiveFileLookup", "true")).count());
    file(folder, "parts/k=1/p.csv", ROWS);
    assertEquals(2, read(at("parts")).count());
  }
}

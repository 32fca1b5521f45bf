package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.ridgeline.Launched;
import org.ridgeline.spark.SparkTest;

/** Files that are broken, disks that are full, and partitions of odd sizes. */
@Tag("spark")
class BadFilesTest {
  @TempDir Path directory;

  /** Rows of x, z, city, id and y; the ids are beyond 2^53. */
  private static Dataset<Row> table(int rows) {
    return SparkTest.session()
        .range(rows)
        .selectExpr(
            "sin(id) as x",
            "cast(id % 7 as double) as z",
            "if(id % 3 = 0, 'Oslo', 'Rome') as city",
            "9007199254740992 + id % 5 as big",
            "2 * sin(id) + id % 7 + 0.1 * cos(3 * id) + if(id % 5 = 1, 1, 0) as y");
  }

  private Path parquet(Dataset<Row> rows, String name) {
    Path path = directory.resolve(name);
    rows.write().parquet(path.toString());
    return path;
  }

  private static CliRun fit(Path input, String... more) {
    List<String> words = new ArrayList<>(List.of("fit", "--input", input.toString()));
    words.addAll(List.of("--label", "y"));
    words.addAll(List.of(more));
    return CliRun.of(words.toArray(String[]::new));
  }

  private static List<Path> parts(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.getFileName().toString().startsWith("part-")).sorted().toList();
    }
  }

  @Test
  void aTruncatedParquetFileIsNamed() throws IOException {
    Path data = parquet(table(300).repartition(3), "data");
    Path victim = parts(data).get(1);
    byte[] bytes = Files.readAllBytes(victim);
    Files.write(victim, Arrays.copyOf(bytes, bytes.length / 2));
    Files.deleteIfExists(victim.resolveSibling("." + victim.getFileName() + ".crc"));
    CliRun refused = fit(data, "--features", "x,z", "--out", directory.resolve("run").toString());
    assertEquals(3, refused.code(), refused.err());
    assertTrue(refused.error().contains(victim.getFileName().toString()), refused.err());
    assertFalse(Files.exists(directory.resolve("run")));
  }

  @Test
  void aBrokenLineOfACsvIsNamedWithItsFile() throws IOException {
    Path data = Files.createDirectory(directory.resolve("lines"));
    Files.writeString(data.resolve("a.csv"), "x,y\n1,2\n2,3\n3,5\n");
    Files.writeString(data.resolve("b.csv"), "x,y\n4,2\n5\n6,5\n");
    CliRun refused = fit(data, "--format", "csv");
    assertEquals(3, refused.code(), refused.err());
    assertTrue(
        refused.error().contains("first \"5\" in row 5 of partition 0, in file:"), refused.err());
    assertTrue(refused.error().contains("/lines/b.csv;"), refused.err());
    CliRun failFast = fit(data, "--format", "csv", "--option", "mode=FAILFAST");
    assertEquals(3, failFast.code(), failFast.err());
    assertTrue(failFast.error().contains("b.csv"), failFast.err());
  }

  @Test
  void idsAreNoCategories() {
    Path data = parquet(table(30_000).withColumn("id", functions.expr("uuid()")), "ids");
    CliRun refused = fit(data, "--features", "x", "--categorical", "id");
    assertEquals(3, refused.code());
    assertEquals(
        "The categorical column \"id\" has more than 10000 levels; is it an id?", refused.error());
  }

  @Test
  void categoriesBeyondTwoToThe53AreToldApart() throws IOException {
    Path data = parquet(table(300), "big");
    Path run = directory.resolve("run");
    CliRun fitted = fit(data, "--features", "x,z", "--categorical", "big", "--out", run.toString());
    assertEquals(0, fitted.code(), fitted.err());
    List<String> lines = Files.readAllLines(run.resolve("coefficients.csv"));
    assertEquals(1 + 1 + 2 + 4, lines.size(), lines::toString);
    assertTrue(
        lines.stream().anyMatch(l -> l.startsWith("y,big=9007199254740993,0.9")), lines::toString);
  }

  @Test
  void aFoldColumnOfOneValueIsADataError() {
    Path data = parquet(table(60).withColumn("fold", functions.lit(3)), "folds");
    CliRun refused =
        CliRun.of(
            "tune",
            "--input",
            data.toString(),
            "--label",
            "y",
            "--features",
            "x",
            "--fold-col",
            "fold");
    assertEquals(3, refused.code(), refused.err());
    assertEquals(
        "The fold column \"fold\" has the same value in all rows; folds need at least two",
        refused.error());
  }

  @Test
  void partitionsOfAnySizeGiveTheSameValues() throws IOException {
    Dataset<Row> rows = table(5_000).cache();
    Path one = tune(parquet(rows.coalesce(1), "one"), "run-one");
    Path seven = tune(parquet(rows.repartition(7), "seven"), "run-seven");
    Path skewed = parquet(rows.where("z < 0").coalesce(1), "skewed"); // no rows
    rows.where("x < 0.99").coalesce(1).write().mode("append").parquet(skewed.toString());
    rows.where("x >= 0.99").repartition(5).write().mode("append").parquet(skewed.toString());
    Path uneven = tune(skewed, "run-uneven");
    assertClose(one, seven);
    assertClose(one, uneven);
  }

  private Path tune(Path data, String name) {
    Path run = directory.resolve(name);
    CliRun tuned =
        CliRun.with(
            Map.of(),
            "tune",
            "--input",
            data.toString(),
            "--label",
            "y",
            "--features",
            "x,z",
            "--categorical",
            "city",
            "--lambdas",
            "0.01:1000:20",
            "--out",
            run.toString());
    assertEquals(0, tuned.code(), tuned.err());
    return run;
  }

  private static void assertClose(Path expected, Path actual) throws IOException {
    for (String file : List.of("path.csv", "coefficients.csv")) {
      List<String> left = Files.readAllLines(expected.resolve(file));
      int rss = Arrays.asList(left.get(0).split(",")).indexOf("rss");
      int sure = Arrays.asList(left.get(0).split(",")).indexOf("sure");
      List<String> right = Files.readAllLines(actual.resolve(file));
      assertEquals(left.size(), right.size());
      for (int i = 0; i < left.size(); i++) {
        String[] wanted = left.get(i).split(",", -1);
        String[] found = right.get(i).split(",", -1);
        for (int j = 0; j < wanted.length; j++) {
          double least = i > 0 && j == sure ? Double.parseDouble(wanted[rss]) : 1;
          assertSame(wanted[j], found[j], least);
        }
      }
    }
  }

  /** SURE is a difference of sums that are as large as the RSS. */
  private static void assertSame(String wanted, String found, double least) {
    if (wanted.matches("-?[0-9].*")) {
      double value = Double.parseDouble(wanted);
      assertEquals(value, Double.parseDouble(found), 1e-12 * Math.max(least, Math.abs(value)));
    } else {
      assertEquals(wanted, found);
    }
  }

  /** A disk of 1.6 MB, which a run and a half fill. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskLeavesTheOldRunAsItWas() throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    Process mount =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=1600k", "tmpfs", disk.toString())
            .redirectErrorStream(true)
            .start();
    assumeTrue(mount.waitFor() == 0, "only root can mount a small disk");
    try {
      Path data = parquet(table(300), "data");
      Path run = disk.resolve("run");
      String[] words = {"--features", "x,z", "--out", run.toString(), "--if-exists", "overwrite"};
      CliRun first = fit(data, words);
      assertEquals(0, first.code(), first.err());
      byte[] before = Files.readAllBytes(run.resolve("path.csv"));
      CliRun second = fit(data, words);
      assertEquals(4, second.code(), second.err());
      assertTrue(second.error().contains("No space left on device"), second.err());
      assertEquals("", second.out());
      assertTrue(Files.exists(run.resolve("_SUCCESS")));
      assertEquals(
          Arrays.toString(before), Arrays.toString(Files.readAllBytes(run.resolve("path.csv"))));
      CliRun status = CliRun.of("status", run.toString());
      assertEquals(4, status.code(), status.out());
      Path wide = parquet(table(100_000).withColumn("noise", functions.rand(1)), "wide");
      CliRun scored =
          CliRun.of(
              "predict",
              "--model",
              run.toString(),
              "--input",
              wide.toString(),
              "--out",
              disk.resolve("scored").toString());
      assertEquals(4, scored.code(), scored.err());
      assertTrue(scored.error().contains("No space left on device"), scored.err());
      assertFalse(Files.exists(disk.resolve("scored")));
    } finally {
      new ProcessBuilder("umount", "-l", disk.toString()).start().waitFor();
    }
  }

  /** The report is larger than any file may be: the operating system refuses to write it. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aFileThatCannotBeWrittenIsFour() throws Exception {
    Path data = Files.writeString(directory.resolve("data.csv"), "x,y\n1,2\n2,3\n3,5\n4,4\n");
    Path run = directory.resolve("run");
    List<String> java =
        Launched.java(
            Main.class.getName(),
            List.of("-XX:-UsePerfData", "-Dridgeline.native=off", "-Dspark.master=local[1]"),
            List.of("fit", "--input", data.toString(), "--label", "y", "--out", run.toString()));
    List<String> limited =
        new ArrayList<>(List.of("bash", "-c", "ulimit -f 300; exec \"$@\"", "-"));
    limited.addAll(java);
    try (Launched fit = Launched.start(directory, limited, Map.of())) {
      assertEquals(4, fit.code(), fit.said());
      assertTrue(fit.err().contains("ERROR Cannot write report.html"), fit.said());
      assertTrue(fit.err().contains("File too large"), fit.said());
    }
    assertFalse(Files.exists(run));
    assertEquals(4, CliRun.of("status", run.toString()).code());
  }
}

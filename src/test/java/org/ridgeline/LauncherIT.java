package org.ridgeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ridgeline.store.ObjectStore;

/** {@code jobs/ridgeline} with the shipped jar and the embedded Spark, as a user starts it. */
@EnabledOnOs(OS.LINUX)
class LauncherIT {
  @TempDir Path directory;

  private Launched ridgeline(Map<String, String> environment, String... words) throws IOException {
    List<String> line = new ArrayList<>(List.of("env", "-u", "SPARK_HOME", "-u", "LANG"));
    environment.forEach((key, value) -> line.add(key + "=" + value));
    line.addAll(List.of("jobs/ridgeline"));
    line.addAll(List.of(words));
    return Launched.start(directory, line, Map.of());
  }

  /** More columns than a plan of Spark shows. */
  private Path wide(String name) throws IOException {
    String header =
        IntStream.range(0, 60).mapToObj(j -> "c" + j).collect(Collectors.joining(",", "", ",y\n"));
    StringBuilder rows = new StringBuilder(header);
    for (int i = 1; i <= 200; i++) {
      for (int j = 1; j <= 60; j++) {
        rows.append(Math.sin(i * j + j * j)).append(',');
      }
      rows.append(Math.cos(i)).append('\n');
    }
    return Files.writeString(directory.resolve(name), rows);
  }

  @Test
  void aRunWithNothingWrongWarnsOfNothing() throws Exception {
    String input = wide("wide.csv").toString();
    try (Launched fit = ridgeline(Map.of(), "fit", "--input", input, "--label", "y")) {
      assertEquals(0, fit.code(), fit::said);
      assertFalse(fit.err().contains("WARN"), fit::err);
    }
  }

  /** Under the locale of a cron job, with which a JVM alone writes question marks. */
  @Test
  void namesHaveAllTheirLettersInTheLocaleC() throws Exception {
    wide("x ü.csv");
    Path run = directory.resolve("run ü");
    String pattern = directory + "/x *.csv";
    Map<String, String> c = Map.of("LC_ALL", "C");
    String[] words = {"fit", "--input", pattern, "--label", "y", "--out", run.toString()};
    try (Launched fit = ridgeline(c, words)) {
      assertEquals(0, fit.code(), fit::said);
    }
    assertTrue(Files.exists(run.resolve("_SUCCESS")));
    try (Launched status = ridgeline(c, "status", run.toString())) {
      assertEquals(0, status.code(), status::said);
    }
  }

  @Test
  void aJvmThatCannotWriteANameRefusesIt() throws Exception {
    wide("x ü.csv");
    for (String input : List.of(directory + "/x *.csv", directory.toString())) {
      List<String> words = List.of("fit", "--input", input, "--label", "y");
      Map<String, String> c = Map.of("LC_ALL", "C");
      List<String> line = Launched.java("org.ridgeline.cli.Main", List.of(), words);
      try (Launched fit = Launched.start(directory, line, c)) {
        assertEquals(2, fit.code(), fit::said);
        assertTrue(fit.err().contains("ERROR Cannot use the file name 'x ?"), fit::said);
        assertTrue(fit.err().contains("start it with LC_ALL=C.UTF-8"), fit::said);
      }
    }
  }

  @Test
  void anotherSparkIsRefusedInOneSentence() throws Exception {
    List<String> line =
        new ArrayList<>(
            Launched.java("org.ridgeline.cli.Main", List.of(), List.of("status", "runs/none")));
    int at = line.indexOf("-cp") + 1;
    line.set(at, Path.of("target", "spark-refused") + "/*:" + line.get(at));
    line.removeIf(word -> word.contains("jdk.incubator.vector")); // of which the JVM warns
    try (Launched status = Launched.start(directory, line, Map.of())) {
      assertEquals(2, status.code(), status::said);
      String told =
          "ERROR Cannot run on Java "
              + Runtime.version().feature()
              + " and Spark 3.5.7: it needs Java 17 to 23 and Spark 4.0 or 4.1; set JAVA_HOME and"
              + " SPARK_HOME to those";
      assertTrue(status.err().endsWith(told), status::said);
    }
  }

  @ParameterizedTest
  @CsvSource({"11.0.21, 11", "25.0.1, 25"})
  void anotherJavaIsRefusedInOneSentence(String version, String feature) throws Exception {
    Path bin = Files.createDirectories(directory.resolve("jdk/bin"));
    Path java = Files.writeString(bin.resolve("java"), "#!/bin/sh\nexit 99\n");
    assertTrue(java.toFile().setExecutable(true));
    Files.writeString(directory.resolve("jdk/release"), "JAVA_VERSION=\"" + version + "\"\n");
    try (Launched help = ridgeline(Map.of("JAVA_HOME", directory + "/jdk"), "--help")) {
      assertEquals(2, help.code(), help::said);
      assertTrue(
          help.err().startsWith("ridgeline: cannot run on Java " + feature + " ("), help::said);
      assertEquals(1, help.err().lines().count(), help::said);
    }
  }

  @Test
  void aPlaceWithoutJavaIsRefusedInOneSentence() throws Exception {
    String nowhere = directory + "/no jdk";
    try (Launched help = ridgeline(Map.of("JAVA_HOME", nowhere), "--help")) {
      assertEquals(2, help.code(), help::said);
      assertEquals(
          "ridgeline: JAVA_HOME is "
              + nowhere
              + ", which has no bin/java; set it to a JDK 17, or unset it",
          help.err().strip());
    }
  }

  /** The library of the store and its settings come in the options of spark-submit alone. */
  @Test
  void statusAndReportOfARunInAnObjectStoreTakeTheOptionsOfSparkSubmit() throws Exception {
    try (ObjectStore store = ObjectStore.start()) {
      StringBuilder settings = new StringBuilder();
      ObjectStore.settings(store.port())
          .forEach((key, value) -> settings.append("spark.hadoop." + key + " " + value + "\n"));
      Path file = Files.writeString(directory.resolve("store.properties"), settings);
      String[] submit = {"--properties-file", file.toString(), "--jars", jars()};
      String run = "s3a://" + ObjectStore.BUCKET + "/run";
      assertEnds(
          0,
          submit,
          "fit",
          "--input",
          "data-samples/diabetes.csv",
          "--label",
          "progression",
          "--out",
          run);
      assertEnds(0, submit, "status", run);
      assertEnds(0, submit, "report", run);
    }
  }

  private void assertEnds(int code, String[] submit, String... words) throws Exception {
    String[] all = Stream.concat(Stream.of(submit), Stream.of(words)).toArray(String[]::new);
    try (Launched program = ridgeline(Map.of(), all)) {
      assertEquals(code, program.code(), program::said);
    }
  }

  private static String jars() {
    return Stream.of(System.getProperty("java.class.path").split(":"))
        .filter(
            path ->
                path.matches(
                    ".*/(hadoop-aws|bundle|wildfly-openssl|analyticsaccelerator-s3)-[^/]*\\.jar"))
        .collect(Collectors.joining(","));
  }
}

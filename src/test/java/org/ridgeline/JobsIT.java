package org.ridgeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code jobs/ridgeline} hands to spark-submit, seen by a spark-submit that prints its words.
 */
@DisabledOnOs(OS.WINDOWS)
class JobsIT {
  private static final Path PROJECT = Path.of("").toAbsolutePath();
  private static final String PLUGIN = "org.ridgeline.spark.RidgelinePlugin";

  @TempDir Path directory;
  private Path sparkHome;

  @BeforeEach
  void makeSparkHome() throws IOException {
    sparkHome = Files.createDirectory(directory.resolve("spark home"));
    Files.createDirectory(sparkHome.resolve("jars"));
    Files.createDirectory(sparkHome.resolve("conf"));
    Path submit = Files.createDirectory(sparkHome.resolve("bin")).resolve("spark-submit");
    Files.writeString(
        submit,
        "#!/bin/sh\nprintf '%s\\n' \"$@\"\necho \"threads=$OPENBLAS_NUM_THREADS\"\necho \"at=$PWD\"\nexit 7\n");
    Files.setPosixFilePermissions(submit, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @AfterEach
  void removeLink() throws IOException {
    Files.deleteIfExists(directory.resolve("a link"));
  }

  @Test
  void wordsBeforeTheCommandGoToSparkSubmitAndTheRestToTheProgram() throws Exception {
    List<String> words =
        run(
            7,
            "--master",
            "local[1]",
            "--name=two words",
            "fit",
            "--input",
            "a b.csv",
            "--where",
            "x > 1",
            "");
    int jar = words.indexOf(System.getProperty("ridgeline.jar"));
    assertEquals(List.of("--master", "local[1]", "--name", "two words"), words.subList(0, 4));
    assertEquals(List.of("--class", "org.ridgeline.cli.Main"), words.subList(jar - 2, jar));
    assertEquals(
        List.of("fit", "--input", "a b.csv", "--where", "x > 1", ""),
        words.subList(jar + 1, jar + 7));
    assertTrue(words.contains("threads=1"), words::toString);
    assertTrue(words.contains("at=" + directory.toRealPath()), words::toString);
  }

  @Test
  void anotherProgramOfTheJarTakesThePlaceOfTheCommand() throws Exception {
    String program = "org.ridgeline.cli.DoubleDescent";
    List<String> words = run(7, "--master", "local[1]", "--class", program, "--out", "a b");
    int jar = words.indexOf(System.getProperty("ridgeline.jar"));
    assertEquals(List.of("--class", program), words.subList(jar - 2, jar));
    assertEquals(List.of("--out", "a b"), words.subList(jar + 1, jar + 3));
    assertTrue(words.contains("spark.plugins=" + PLUGIN), words::toString);
  }

  @Test
  void ourDefaultsFillOnlyWhatNobodyElseSet() throws Exception {
    Files.writeString(
        sparkHome.resolve("conf/spark-defaults.conf"),
        "spark.driver.memory 7g\nspark.plugins   org.example.Other\n");
    Path own =
        Files.writeString(directory.resolve("own.properties"), "spark.driver.maxResultSize=2g\n");
    List<String> words =
        run(7, "--properties-file", own.toString(), "-c", "spark.sql.codegen.maxFields=50", "tune");
    assertTrue(words.contains("spark.plugins=org.example.Other," + PLUGIN), words::toString);
    assertTrue(words.contains("spark.executorEnv.OPENBLAS_NUM_THREADS=1"), words::toString);
    assertTrue(words.contains("spark.log.level=WARN"), words::toString);
    assertFalse(words.stream().anyMatch(word -> word.startsWith("spark.driver.")), words::toString);
    assertEquals(
        List.of("spark.sql.codegen.maxFields=50"),
        words.stream().filter(word -> word.startsWith("spark.sql.codegen.maxFields")).toList());
  }

  @Test
  void pluginNamedByTheUserIsNotAddedTwice() throws Exception {
    List<String> words = run(7, "--conf", "spark.plugins=" + PLUGIN, "doctor");
    assertEquals(
        List.of("spark.plugins=" + PLUGIN),
        words.stream().filter(word -> word.startsWith("spark.plugins")).distinct().toList());
  }

  @Test
  void helpNeedsNoSpark() throws Exception {
    assertFalse(run(0, "--help").contains("--class"));
    assertFalse(run(0, "fit", "--help").contains("--class"));
  }

  @Test
  void sparkSubmitOptionWithoutItsValueIsAUsageError() throws Exception {
    assertEquals(
        List.of("ridgeline: spark-submit option --master needs a value"), run(2, "--master"));
  }

  /**
   * Runs the script from another directory and through a symbolic link; returns the lines that it
   * printed.
   */
  private List<String> run(int exitCode, String... words) throws Exception {
    Path link = directory.resolve("a link");
    if (!Files.exists(link)) {
      Files.createSymbolicLink(link, PROJECT.resolve("jobs/ridgeline"));
    }
    List<String> command = new ArrayList<>(List.of(link.toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.redirectErrorStream(true).environment().put("SPARK_HOME", sparkHome.toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().remove("SPARK_CONF_DIR");
    builder.environment().remove("OPENBLAS_NUM_THREADS");
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(exitCode, process.waitFor(), said);
    return said.lines().toList();
  }
}

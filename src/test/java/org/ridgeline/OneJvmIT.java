package org.ridgeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Which JVM {@code jobs/ridgeline} starts with the embedded Spark, seen by a {@code java} that
 * prints its words. The project is a copy that is built already.
 */
@DisabledOnOs(OS.WINDOWS)
class OneJvmIT {
  private static final Path PROJECT = Path.of("").toAbsolutePath();

  /** As Spark's launcher it answers an empty line and the words of a command, else its own. */
  private static final String JAVA =
      """
      #!/bin/sh
      case " $* " in
        *' org.apache.spark.launcher.Main '*)
          while [ "$1" != org.apache.spark.deploy.SparkSubmit ]; do shift; done
          printf '\\n'
          printf '%s\\0' "$0" -cp "$SPARK_CONF_DIR/:$SPARK_HOME/jars/*" -Xmx4g "$@"
          ;;
        *)
          printf '%s\\n' "$@"
          exit 7
          ;;
      esac
      """;

  @TempDir Path directory;
  private Path project;
  private Path jar;
  private Path archive;

  @BeforeEach
  void copyProject() throws IOException {
    project = Files.createDirectory(directory.resolve("a project")).toRealPath();
    for (String name : List.of("jobs", "conf")) {
      try (Stream<Path> files = Files.walk(PROJECT.resolve(name))) {
        for (Path file : files.toList()) {
          Files.copy(file, project.resolve(PROJECT.relativize(file)));
        }
      }
    }
    Files.copy(PROJECT.resolve("pom.xml"), project.resolve("pom.xml"));
    Path home = Files.createDirectories(project.resolve("target/spark-home"));
    for (String name : List.of("b.jar", "a.jar")) {
      write(Files.createDirectories(home.resolve("jars")).resolve(name), "");
    }
    write(home.resolve(".complete"), "");
    jar = write(project.resolve("target/ridgeline-" + version() + ".jar"), "");
    archive = home.resolve("classes.jsa");
    keepArchive("of classes");
    Path java = Files.createDirectories(directory.resolve("jdk/bin")).resolve("java");
    write(java, JAVA);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** As in the pom: the first version is ours. */
  private static String version() throws IOException {
    return Files.readAllLines(PROJECT.resolve("pom.xml")).stream()
        .filter(line -> line.startsWith("  <version>"))
        .map(line -> line.replaceAll("</?version>", "").strip())
        .findFirst()
        .orElseThrow();
  }

  private static Path write(Path file, String text) throws IOException {
    return Files.writeString(file, text);
  }

  private void keepArchive(String text) throws IOException {
    write(archive, text);
    write(Path.of(archive + ".size"), text.length() + "\n");
  }

  private String classPath() {
    return jar
        + ":"
        + project
        + "/target/spark-home/jars/a.jar:"
        + project
        + "/target/spark-home/jars/b.jar";
  }

  @Test
  void aLocalRunIsOneJvmWithAFixedClassPathItsArchiveAndNoUi() throws Exception {
    List<String> words = run(Map.of(), "--conf", "spark.sql.shuffle.partitions=3", "fit", "--x");
    assertTrue(words.contains("-XX:SharedArchiveFile=" + archive), words::toString);
    assertEquals(classPath(), words.get(words.indexOf("-cp") + 1));
    assertTrue(words.contains("spark.ui.enabled=false"), words::toString);
    int resource = words.indexOf("spark-internal");
    assertEquals(List.of("spark-internal", "fit", "--x"), words.subList(resource, words.size()));
    assertTrue(words.indexOf("-Xmx4g") > 0 && words.indexOf("-Xmx4g") < resource);
  }

  @Test
  void anArchiveThatCouldNotBeMadeIsNotUsed() throws Exception {
    keepArchive("");
    List<String> words = run(Map.of(), "--master", "local[4]", "doctor");
    assertEquals(classPath(), words.get(words.indexOf("-cp") + 1));
    assertFalse(words.toString().contains("classes.jsa"), words::toString);
  }

  @Test
  void halfAnArchiveIsMadeAgain() throws Exception {
    write(archive, "of cl");
    assertFalse(run(Map.of(), "doctor").toString().contains("SharedArchiveFile"));
    assertEquals(0, Files.size(archive), "this java makes none");
  }

  @Test
  void anArchiveOlderThanTheJarIsMadeAgain() throws Exception {
    Files.setLastModifiedTime(
        Path.of(archive + ".size"), FileTime.fromMillis(jar.toFile().lastModified() - 5_000));
    List<String> words = run(Map.of(), "doctor");
    assertEquals(0, Files.size(archive), "this java makes none");
    assertFalse(words.toString().contains("SharedArchiveFile"), words::toString);
  }

  @Test
  void whatBringsClassesOrIsNotLocalGetsWhatSparkSays() throws Exception {
    String usual = project + "/conf/:" + project + "/target/spark-home/jars/*";
    for (List<String> submit :
        List.of(
            List.of("--master", "spark://127.0.0.1:7077"),
            List.of("--conf", "spark.master=local-cluster[1,1,1024]"),
            List.of("--packages", "org.example:x:1"),
            List.of("--jars=x.jar"),
            List.of("--driver-class-path", "x.jar"),
            List.of("--conf", "spark.driver.extraClassPath=x.jar"))) {
      List<String> command = new ArrayList<>(submit);
      command.add("doctor");
      List<String> words = run(Map.of(), command.toArray(String[]::new));
      assertEquals(usual, words.get(words.indexOf("-cp") + 1), submit::toString);
      assertTrue(words.contains(jar.toString()), submit::toString);
      assertFalse(words.toString().contains("classes.jsa"), submit::toString);
    }
    for (Map<String, String> environment :
        List.of(
            Map.of("HADOOP_CONF_DIR", "/etc/hadoop"), Map.of("MASTER", "spark://127.0.0.1:7077"))) {
      List<String> words = run(environment, "doctor");
      assertTrue(words.contains(jar.toString()), words::toString);
    }
  }

  @Test
  void theUiIsOnWhereItIsAskedForOrTheRunIsNotLocal() throws Exception {
    assertFalse(
        run(Map.of(), "--conf", "spark.ui.enabled=true", "doctor")
            .contains("spark.ui.enabled=false"));
    assertFalse(run(Map.of(), "--master", "yarn", "doctor").contains("spark.ui.enabled=false"));
  }

  private List<String> run(Map<String, String> environment, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(project + "/jobs/ridgeline"));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    for (String name :
        List.of("SPARK_HOME", "SPARK_CONF_DIR", "HADOOP_CONF_DIR", "YARN_CONF_DIR", "MASTER")) {
      builder.environment().remove(name);
    }
    builder.environment().put("JAVA_HOME", directory.resolve("jdk").toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(7, process.waitFor(), said + errors);
    return said.lines().toList();
  }
}

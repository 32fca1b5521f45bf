package org.ridgeline.faults;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ridgeline.Launched;

/** On two real executors, whatever fails and is done again: the same bytes. */
@Tag("spark")
@EnabledOnOs(OS.LINUX)
class FaultsTest {
  private static final Map<String, String> LINES = new TreeMap<>();

  @TempDir static Path directory;
  private static Launched scene;

  @BeforeAll
  static void runTheScene() throws Exception {
    Path home = Files.createDirectory(directory.resolve("spark-home"));
    linkJars(Files.createDirectory(home.resolve("jars")));
    scene =
        Launched.start(
            directory,
            FaultScene.class.getName(),
            List.of(
                "-Xmx1g",
                "-Dspark.hadoop.fs.faulty.impl=" + FaultyFileSystem.class.getName(),
                "-Dlog4j2.configurationFile=conf/log4j2.properties"),
            Map.of("SPARK_HOME", home.toString(), "SPARK_SCALA_VERSION", "2.13"),
            List.of(directory.toString()));
    assertEquals(0, scene.code(), () -> scene.said());
    scene.out().lines().forEach(line -> LINES.put(line.split(" ")[0], line));
  }

  /** What the workers of the cluster start executors from. */
  private static void linkJars(Path jars) throws IOException {
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (entry.endsWith(".jar")) {
        Path jar = Path.of(entry);
        Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
      }
    }
  }

  @AfterAll
  static void unlinkJars() throws IOException {
    try (Stream<Path> links = Files.list(directory.resolve("spark-home/jars"))) {
      for (Path link : links.toList()) {
        Files.delete(link);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "linear-FAIL, linear-NONE, failed=1 lost=0 .*",
    "linear-KILL, linear-NONE, failed=1 lost=1 .*",
    "linear-SLOW, linear-NONE, .* speculative=[1-9].*",
    "map-LOSE, map-NONE, .* lost=0 .* repeated=[1-9].*",
    "map-KILL, map-NONE, .* lost=1 .*",
  })
  void aFaultChangesNoByte(String name, String undisturbed, String events) throws IOException {
    assertTrue(LINES.get(undisturbed).contains("exit=0 failed=0 lost=0"), scene::said);
    String line = LINES.get(name);
    assertTrue(line.matches(name + " exit=0 " + events), line);
    for (String file : List.of("path.csv", "coefficients.csv")) {
      assertArrayEquals(
          Files.readAllBytes(directory.resolve(undisturbed).resolve(file)),
          Files.readAllBytes(directory.resolve(name).resolve(file)),
          () -> file + " of " + line);
    }
    assertEquals(model(undisturbed), model(name), () -> "model.json of " + line);
  }

  /** All of {@code model.json} but where the rows came from. */
  private static String model(String name) throws IOException {
    ObjectNode root =
        (ObjectNode)
            new ObjectMapper().readTree(directory.resolve(name).resolve("model.json").toFile());
    ((ObjectNode) root.get("spec")).remove(List.of("source", "files"));
    return root.toString();
  }
}

package org.ridgeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What our classes never call: Java's and other formats' deserialisation of objects, scripts and
 * commands. A class file names every class and method that it uses.
 */
class SafetyTest {
  private static final List<String> NEVER =
      List.of(
          "java/io/ObjectInputStream",
          "java/beans/XMLDecoder",
          "javax/script/",
          "enableDefaultTyping",
          "activateDefaultTyping",
          "com/fasterxml/jackson/annotation/JsonTypeInfo",
          "java/lang/ProcessBuilder",
          "java/lang/Runtime.exec",
          "java/net/URLClassLoader",
          "javax/naming/");

  /** Reads what the tasks of a run send, never a file, and by a list of the classes allowed. */
  private static final String FILTERED = "TaskBytes.class";

  /** How class files write methods that make data of a text: SQL, paths. */
  private static final List<String> DATA_OF_TEXT =
      List.of("(Ljava/lang/String;)Lorg/apache/spark/sql/Dataset;", "selectExpr");

  private static List<Path> classes() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("target/classes/org/ridgeline"))) {
      return files.filter(f -> f.toString().endsWith(".class")).toList();
    }
  }

  private static List<String> found(Path file, List<String> wanted) throws IOException {
    String constants = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    return wanted.stream().filter(constants::contains).toList();
  }

  @Test
  void nothingIsDeserializedOrEvaluated() throws IOException {
    assertTrue(classes().size() > 200, "the classes are there");
    for (Path file : classes()) {
      assertEquals(
          file.endsWith(FILTERED) ? List.of("java/io/ObjectInputStream") : List.of(),
          found(file, NEVER),
          file::toString);
    }
  }

  @Test
  void whatTasksSendIsFiltered() throws IOException {
    for (Path file : classes()) {
      if (file.endsWith(FILTERED)) {
        assertEquals(1, found(file, List.of("setObjectInputFilter")).size());
      }
    }
  }

  /** The text of {@code --where} becomes SQL in one place; the other one reads a model by path. */
  @Test
  void onlyTheConditionIsSql() throws IOException {
    Set<String> places = new TreeSet<>();
    for (Path file : classes()) {
      if (!found(file, DATA_OF_TEXT).isEmpty()) {
        places.add(file.getFileName().toString().replaceFirst("[$.].*", ""));
      }
    }
    assertEquals(Set.of("DataSource", "Persistence"), places);
  }
}

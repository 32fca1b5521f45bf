package org.ridgeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Data flows from {@code base} to {@code cli}, and so do imports: no package knows one that comes
 * after it.
 */
class LayeringTest {
  private static final Path MAIN = Path.of("src/main/java/org/ridgeline");

  /** The packages in order: each may import only those before it. */
  private static final List<String> ORDER =
      List.of(
          "base",
          "linalg",
          "moments",
          "features",
          "ridge",
          "select",
          "infer",
          "forecast",
          "dataset",
          "report",
          "plan",
          "natives",
          "store",
          "spark",
          "train",
          "ml",
          "cli");

  private static final Set<String> KNOWS_SPARK = Set.of("spark", "train", "ml", "cli");

  private static final Set<String> KNOWS_HADOOP = Set.of("store", "spark", "train", "ml", "cli");

  /** The packages that load libraries or keep files: they may use clocks and files. */
  private static final Set<String> KNOWS_THE_SYSTEM = Set.of("natives", "store");

  private static final Pattern SPARK = Pattern.compile("\\borg\\.apache\\.spark\\b");
  private static final Pattern HADOOP = Pattern.compile("\\borg\\.apache\\.hadoop\\b");

  /** A flag of the command line. */
  private static final Pattern FLAG = Pattern.compile("(?<![\\w-])--[a-z]");

  private static final Pattern OWN = Pattern.compile("\\borg\\.ridgeline\\.([a-z]+)\\b");

  /** What the packages before {@code spark} must not touch, with the word for it. */
  private static final Map<Pattern, String> IMPURE =
      Map.of(
          Pattern.compile("\\borg\\.slf4j\\b|\\blog4j\\b|\\bjava\\.util\\.logging\\b"), "logging",
          Pattern.compile("\\bSystem\\.(nanoTime|currentTimeMillis)\\b"), "the clock",
          Pattern.compile("\\bjava\\.time\\.Clock\\b|\\b(Instant|Local\\w*|Zoned\\w*)\\.now\\b"),
              "the clock",
          Pattern.compile("\\bjava\\.io\\.(File|FileWriter|FileOutputStream|RandomAccessFile)\\b"),
              "files",
          Pattern.compile("\\bjava\\.nio\\.file\\.(Files|\\*)"), "files",
          Pattern.compile("\\bSystem\\.(out|err)\\b"), "the console");

  @Test
  void importsPointLeftOnly() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path file : sources()) {
      String from = packageOf(file);
      for (String line : codeOf(file)) {
        Matcher own = OWN.matcher(line);
        while (own.find()) {
          String to = own.group(1);
          if (ORDER.indexOf(to) > ORDER.indexOf(from)) {
            broken.add(file + ": " + from + " must not know " + to + ": " + line.strip());
          }
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  @Test
  void leftOfSparkNothingButArithmetic() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path file : sources()) {
      String from = packageOf(file);
      boolean pure = !KNOWS_SPARK.contains(from) && !KNOWS_THE_SYSTEM.contains(from);
      for (String line : codeOf(file)) {
        if (!KNOWS_SPARK.contains(from) && SPARK.matcher(line).find()) {
          broken.add(file + " must not know Spark: " + line.strip());
        }
        if (!KNOWS_HADOOP.contains(from) && HADOOP.matcher(line).find()) {
          broken.add(file + " must not know Hadoop: " + line.strip());
        }
        if (!pure) {
          continue;
        }
        IMPURE.forEach(
            (pattern, word) -> {
              if (pattern.matcher(line).find()) {
                broken.add(file + " must not use " + word + ": " + line.strip());
              }
            });
      }
    }
    assertEquals(List.of(), broken);
  }

  /** What the user can do is a value there, which each package words in its own way. */
  @Test
  void leftOfCliNothingNamesFlags() throws IOException {
    List<String> broken = new ArrayList<>();
    for (SourceFile file : SourceFile.all()) {
      for (String literal : file.literals()) {
        if (!file.room().equals("cli") && FLAG.matcher(literal).find()) {
          broken.add(file + " must not name a flag: " + literal);
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  @Test
  void everyPackageIsInTheTable() throws IOException {
    Set<String> unknown = new TreeSet<>();
    for (Path file : sources()) {
      unknown.add(packageOf(file));
    }
    ORDER.forEach(unknown::remove);
    assertEquals(Set.of(), unknown);
  }

  @Test
  void everyPackageSaysWhatItIsFor() throws IOException {
    Map<Path, Boolean> described = new HashMap<>();
    for (Path file : sources()) {
      described.merge(
          file.getParent(),
          file.getFileName().toString().equals("package-info.java"),
          (a, b) -> a || b);
    }
    assertTrue(described.size() > 0, "no sources under " + MAIN.toAbsolutePath());
    described.forEach((folder, has) -> assertTrue(has, folder + " has no package-info.java"));
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(MAIN)) {
      return files.filter(path -> path.toString().endsWith(".java")).sorted().toList();
    }
  }

  /** The first folder below {@code org/ridgeline}. */
  private static String packageOf(Path file) {
    Path inside = MAIN.relativize(file);
    return inside.getNameCount() == 1 ? "(root)" : inside.getName(0).toString();
  }

  /** Lines that the compiler sees: comments and Javadoc may name whatever helps the reader. */
  private static List<String> codeOf(Path file) throws IOException {
    List<String> code = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      String text = line.strip();
      if (!text.startsWith("*") && !text.startsWith("/*") && !text.startsWith("//")) {
        code.add(line);
      }
    }
    return code;
  }
}

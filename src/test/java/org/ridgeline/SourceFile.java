package org.ridgeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A file of the main code as the tests of its structure read it. */
final class SourceFile {
  private static final Path MAIN = Path.of("src/main/java/org/ridgeline");

  /** Comments, and literals, in which nothing is a comment. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?s)/\\*.*?\\*/|//[^\\n]*|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\])+'");

  private static final Pattern KINDS =
      Pattern.compile("\\b(?:extends|implements)\\s+([\\w.,<>?\\s]*)\\{");

  private final Path path;
  private final String text;
  private final String code; // what the compiler sees, without imports and literals

  private SourceFile(Path path, String text) {
    this.path = path;
    this.text = text;
    this.code =
        TOKEN
            .matcher(text)
            .replaceAll(token -> token.group().startsWith("/") ? " " : "\"\"")
            .replaceAll("(?m)^import .*$", "");
  }

  /** Returns all files but {@code package-info.java}. */
  static List<SourceFile> all() throws IOException {
    try (Stream<Path> files = Files.walk(MAIN)) {
      return files
          .filter(path -> path.toString().endsWith(".java") && !path.endsWith("package-info.java"))
          .sorted()
          .map(SourceFile::read)
          .toList();
    }
  }

  private static SourceFile read(Path path) {
    try {
      return new SourceFile(path, Files.readString(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first folder below {@code org/ridgeline}. */
  String room() {
    return MAIN.relativize(path).getName(0).toString();
  }

  /** The class that the file is named after. */
  String name() {
    return path.getFileName().toString().replace(".java", "");
  }

  /** The text literals, in their quotes. */
  List<String> literals() {
    return TOKEN
        .matcher(text)
        .results()
        .map(found -> found.group())
        .filter(token -> token.startsWith("\""))
        .toList();
  }

  /** Those of {@code others} that this file names, its own kinds excepted where it is sealed. */
  Set<String> uses(List<SourceFile> others) {
    boolean isSealed =
        Pattern.compile("\\bsealed interface " + name() + "\\b").matcher(code).find();
    Set<String> used = new TreeSet<>();
    for (SourceFile other : others) {
      boolean isNamed = Pattern.compile("(?<![\\w.])" + other.name() + "\\b").matcher(code).find();
      if (isNamed && other != this && !(isSealed && other.isKindOf(name()))) {
        used.add(other.name());
      }
    }
    return used;
  }

  private boolean isKindOf(String parent) {
    return KINDS
        .matcher(code)
        .results()
        .anyMatch(found -> List.of(found.group(1).trim().split("\\W+")).contains(parent));
  }

  @Override
  public String toString() {
    return path.toString();
  }
}

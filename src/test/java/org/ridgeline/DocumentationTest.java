package org.ridgeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.ridgeline.cli.DoubleDescent;
import org.ridgeline.cli.Main;

/** The pages beside the code: what they point to is there, and nothing is told twice. */
class DocumentationTest {
  private static final Path SITE = Path.of("src/site/markdown");
  private static final Path README = Path.of("README.md");
  private static final Path CONTRIBUTING = Path.of("CONTRIBUTING.md");
  private static final int MOST_README_LINES = 150;
  private static final int SHORT_SENTENCE = 6; // words that may well occur twice

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern CLASS = Pattern.compile("`([a-z]+)\\.([A-Z][A-Za-z]+)`");
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]+");

  /** Options of other programs that the pages name. */
  private static final Set<String> FOREIGN =
      Set.of(
          "--class",
          "--conf",
          "--driver-memory",
          "--executor-memory",
          "--help",
          "--jars",
          "--master",
          "--properties-file");

  private static final List<String> COMMANDS =
      List.of(
          "plan",
          "fit",
          "tune",
          "predict",
          "evaluate",
          "doctor",
          "status",
          "forecast",
          "report",
          "moments write",
          "moments merge",
          "moments subtract",
          "moments solve",
          "moments show",
          "moments compare");

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      Matcher link = LINK.matcher(prose(page));
      while (link.find()) {
        String target = link.group(1);
        if (!target.contains("://") && !leadsSomewhere(page, target)) {
          broken.add(page + ": " + target);
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  /** A file, and in it the anchor, which must be one that every renderer of Markdown keeps. */
  private static boolean leadsSomewhere(Path page, String target) throws IOException {
    String file = target.replaceFirst("#.*", "");
    Path path = file.isEmpty() ? page : page.resolveSibling(file).normalize();
    if (!Files.exists(path)) {
      return false;
    }
    String anchor = target.substring(file.length());
    return anchor.isEmpty()
        || Files.readString(path).contains("<a id=\"" + anchor.substring(1) + "\"></a>");
  }

  @Test
  void theSiteHasEveryPageInItsMenu() throws IOException {
    Set<String> listed = new TreeSet<>();
    Matcher item =
        Pattern.compile("href=\"([^\"]+)\\.html\"")
            .matcher(Files.readString(Path.of("src/site/site.xml")));
    while (item.find()) {
      listed.add(item.group(1) + ".md");
    }
    Set<String> written = new TreeSet<>();
    for (Path page : sitePages()) {
      written.add(SITE.relativize(page).toString().replace('\\', '/'));
    }
    assertEquals(written, listed);
  }

  @Test
  void theReadmeIsShort() throws IOException {
    int lines = Files.readAllLines(README).size();
    assertTrue(lines <= MOST_README_LINES, "README.md has " + lines + " lines");
  }

  @Test
  void noSentenceIsThereTwice() throws IOException {
    Map<String, Path> known = new HashMap<>();
    List<String> repeated = new ArrayList<>();
    for (Path page : pages()) {
      String text =
          prose(page).replaceAll("(?m)^[|#<].*$", "\n\n").replaceAll("\\]\\([^)]*\\)", "]");
      for (String sentence : text.split("(?<=[.:!?])\\s+|\\n\\s*\\n|\\n- ")) {
        String plain = sentence.replaceAll("\\W+", " ").strip().toLowerCase(Locale.ROOT);
        Path before = known.putIfAbsent(plain, page);
        if (before != null && plain.split(" ").length > SHORT_SENTENCE) {
          repeated.add(before + " and " + page + ": " + sentence.strip());
        }
      }
    }
    assertEquals(List.of(), repeated);
  }

  @Test
  void everyClassThatIsNamedExists() throws IOException {
    List<String> missing = new ArrayList<>();
    for (Path page : pages()) {
      Matcher name = CLASS.matcher(Files.readString(page));
      while (name.find()) {
        Path source =
            Path.of("src/main/java/org/ridgeline", name.group(1), name.group(2) + ".java");
        if (!Files.exists(source)) {
          missing.add(page + ": " + name.group());
        }
      }
    }
    assertEquals(List.of(), missing);
  }

  @Test
  void everyOptionThatIsNamedExists() throws IOException {
    ByteArrayOutputStream help = new ByteArrayOutputStream();
    for (String command : COMMANDS) {
      Main.run(new PrintStream(help), System.err, (command + " --help").split(" "));
    }
    DoubleDescent.run(new PrintStream(help), System.err, "--help");
    Set<String> known = new TreeSet<>(FOREIGN);
    OPTION
        .matcher(help.toString(StandardCharsets.UTF_8))
        .results()
        .forEach(o -> known.add(o.group()));
    List<String> unknown = new ArrayList<>();
    for (Path page : pages()) {
      if (!page.equals(CONTRIBUTING)) { // it names options that are yet to be made
        OPTION
            .matcher(Files.readString(page))
            .results()
            .filter(option -> !known.contains(option.group()))
            .forEach(option -> unknown.add(page + ": " + option.group()));
      }
    }
    assertEquals(List.of(), unknown);
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(README, CONTRIBUTING));
    pages.addAll(sitePages());
    return pages;
  }

  private static List<Path> sitePages() throws IOException {
    try (Stream<Path> files = Files.walk(SITE)) {
      return files.filter(path -> path.toString().endsWith(".md")).sorted().toList();
    }
  }

  /** The text of a page without its blocks of code. */
  private static String prose(Path page) throws IOException {
    return Files.readString(page).replaceAll("(?s)```.*?```", "\n\n");
  }
}

package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The commands of the guide, run as they stand there: all lines of a block that follows the comment
 * {@code <!-- runs -->}, with {@code runs/} in a folder of the test. A line ends with the exit code
 * it must give, such as {@code # exit code 4}, unless that is 0. Every line of a block after {@code
 * <!-- prints -->} must be in what the commands before it wrote to stdout.
 */
@Tag("spark")
class GuideCommandsTest {
  private static final Path GUIDE = Path.of("src/site/markdown/guide");
  private static final Pattern BLOCK =
      Pattern.compile("<!-- (runs|prints) -->\n```[a-z]*\n(.*?)```", Pattern.DOTALL);
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
  private static final Pattern EXIT_CODE = Pattern.compile("\\s+# exit code (\\d+)$");
  private static final String LAUNCHER = "jobs/ridgeline ";
  private static final String EXPERIMENT = "jobs/double-descent.sh ";

  @TempDir Path directory;

  static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.list(GUIDE)) {
      List<Path> pages = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        if (BLOCK.matcher(Files.readString(file)).find()) {
          pages.add(file);
        }
      }
      return pages;
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void theCommandsOfThePageRun(Path page) throws IOException {
    StringBuilder printed = new StringBuilder();
    for (MatchResult block : blocks(page)) {
      for (String line : block.group(2).lines().toList()) {
        if (block.group(1).equals("prints")) {
          assertTrue(
              collapsed(printed.toString()).contains(collapsed(line)),
              () -> page + " shows '" + line + "', the commands printed:\n" + printed);
        } else if (!line.startsWith("#")) {
          printed.append(run(page, line)).append('\n');
        }
      }
    }
  }

  @Test
  void filesColumnsAndKeysOfARunAreDescribed() throws IOException {
    Path run = directory.resolve("runs/all");
    run(
        GUIDE,
        LAUNCHER
            + "tune --input data-samples/longley.csv --label Employed --folds 2 --out runs/all");
    TreeSet<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.list(run)) {
      files.forEach(file -> names.add(file.getFileName() + (Files.isDirectory(file) ? "/" : "")));
    }
    for (String table : List.of("path.csv", "coefficients.csv", "residuals.csv")) {
      names.addAll(List.of(Files.readAllLines(run.resolve(table)).get(0).split(",")));
    }
    JsonNode report = json(run.resolve("report.json"));
    JsonNode target = report.at("/targets/Employed");
    for (JsonNode node :
        List.of(
            json(run.resolve("model.json")),
            json(run.resolve("status.json")),
            json(run.resolve("moments/moments.json")),
            report,
            report.at("/data"),
            report.at("/numerics"),
            report.at("/cost"),
            target,
            target.at("/cv"),
            target.at("/inference"))) {
      node.fieldNames().forEachRemaining(names::add);
    }
    String described = Files.readString(Path.of("src/site/markdown/files.md"));
    names.removeIf(
        name -> Pattern.compile("[` ]" + Pattern.quote(name) + "[`,]").matcher(described).find());
    assertEquals(Set.of(), names, "not described in files.md");
  }

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  @Test
  void theGuideShowsEveryCommand() throws IOException {
    StringBuilder shown = new StringBuilder();
    for (Path page : pages()) {
      blocks(page).forEach(block -> shown.append(block.group(2)));
    }
    for (Command command : Command.values()) {
      assertTrue(
          shown.toString().matches("(?s).*" + LAUNCHER + command.word() + "\\s.*"),
          () -> "no page of the guide runs " + command.word());
    }
  }

  private static List<MatchResult> blocks(Path page) throws IOException {
    return BLOCK.matcher(Files.readString(page)).results().toList();
  }

  /** Runs a line of the guide and returns its stdout. */
  private String run(Path page, String line) {
    Matcher code = EXIT_CODE.matcher(line);
    int expected = code.find() ? Integer.parseInt(code.group(1)) : 0;
    String command = code.replaceFirst("");
    boolean experiment = command.startsWith(EXPERIMENT);
    assertTrue(
        experiment || command.startsWith(LAUNCHER),
        () -> page + " runs something else: " + command);
    String[] words =
        WORD.matcher(command.substring((experiment ? EXPERIMENT : LAUNCHER).length()))
            .results()
            .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
            .map(word -> word.startsWith("runs/") ? directory.resolve(word).toString() : word)
            .toArray(String[]::new);
    CliRun run = experiment ? CliRun.ofExperiment(words) : CliRun.of(words);
    assertEquals(expected, run.code(), () -> page + ": " + line + "\n" + run.err());
    return run.out();
  }

  private static String collapsed(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}

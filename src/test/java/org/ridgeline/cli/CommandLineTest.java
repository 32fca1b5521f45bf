package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words that are not understood, and what is said about them. */
class CommandLineTest {
  private static final String[] DATA = {"--input", "x.csv", "--label", "y"};

  @TempDir Path directory;

  private static CliRun tune(String... more) {
    String[] words = new String[1 + DATA.length + more.length];
    words[0] = "tune";
    System.arraycopy(DATA, 0, words, 1, DATA.length);
    System.arraycopy(more, 0, words, 1 + DATA.length, more.length);
    return CliRun.of(words);
  }

  private static void assertUsage(String sentence, CliRun run) {
    assertEquals(sentence, run.error());
    assertEquals(2, run.code());
    assertEquals("", run.out());
  }

  @Test
  void misspelledOptionIsAnsweredWithTheNearest() {
    assertUsage(
        "Unknown option '--lamdba': did you mean --lambda? (ridgeline tune --help lists all)",
        CliRun.of("tune", "--lamdba", "3"));
    assertUsage(
        "Unknown option '--standardise': did you mean --standardize? (ridgeline fit --help lists"
            + " all)",
        CliRun.of("fit", "--standardise=none"));
  }

  @Test
  void optionsOfOtherCommandsAreToldTheirCommands() {
    assertUsage(
        "The command 'fit' takes no --forecast; plan, tune and moments solve do (ridgeline fit"
            + " --help lists all)",
        CliRun.of("fit", "--forecast"));
    assertUsage(
        "The command 'moments compare' takes no --executors; doctor does (ridgeline moments compare"
            + " --help lists all)",
        CliRun.of("moments", "compare", "a", "b", "--executors"));
    assertUsage(
        "The command 'predict' takes no --fail-if; plan, fit, tune, evaluate, moments solve and"
            + " moments compare do (ridgeline predict --help lists all)",
        CliRun.of("predict", "--fail-if=r2<0"));
  }

  @Test
  void misspelledCommandIsAnsweredWithTheNearest() {
    assertUsage(
        "Unknown command 'tun': did you mean tune? (ridgeline --help lists all)", CliRun.of("tun"));
  }

  @Test
  void misspelledKeyOfSparkIsAnsweredWithTheNearest() {
    CliRun run = CliRun.with(Map.of("spark.ridgeline.fold", "3"), "tune", "--label", "y");
    assertUsage(
        "Unknown setting 'spark.ridgeline.fold': did you mean 'spark.ridgeline.folds'?", run);
  }

  @Test
  void misspelledKeyOfFileIsAnsweredWithTheNearest() throws IOException {
    Path file = Files.writeString(directory.resolve("a.conf"), "standardise = none\n");
    assertUsage(
        "Unknown setting 'standardise': did you mean 'standardize'?",
        tune("--config", file.toString()));
  }

  @Test
  void missingAndBrokenFilesAreNamed() throws IOException {
    assertUsage(
        "Cannot read --config nowhere.conf: there is no such file",
        tune("--config", "nowhere.conf"));
    Path file = Files.writeString(directory.resolve("b.conf"), "folds = [1, 2]\n");
    assertUsage(
        "Cannot read 'folds' in " + file + ": it takes one value",
        tune("--config", file.toString()));
  }

  @Test
  void intervalsNeedALevelBetweenZeroAndOne() {
    String[] predict = {"predict", "--model", "m", "--input", "x", "--out", "o"};
    assertUsage(
        "Cannot give intervals of --interval 1.0: it must be between 0 and 1, such as 0.9",
        with(predict, "--interval", "1"));
    assertUsage(
        "Cannot read --interval: 'wide' is not a number", with(predict, "--interval", "wide"));
    assertUsage(
        "Cannot use --interval-kind without --interval",
        with(predict, "--interval-kind", "cv-plus"));
  }

  private static CliRun with(String[] words, String... more) {
    String[] all = Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return CliRun.of(all);
  }

  @Test
  void searchesThatMakeNoSenseAreRefused() {
    assertUsage(
        "Cannot use --refine with --select loo: each further lambda would take a pass over the data",
        tune("--select", "loo", "--refine"));
    assertUsage(
        "Cannot use --refine with --select cv-1se: its lambda is a point of the grid by definition",
        tune("--select", "cv-1se", "--refine"));
    assertUsage(
        "Cannot use --refine with --lambda or --df: there is nothing to search",
        tune("--df", "3", "--refine"));
    assertUsage(
        "Cannot use --refine with --exact-residuals: the second pass measures the grid only",
        tune("--exact-residuals", "--refine"));
    assertUsage(
        "Cannot use --df with --lambda or --lambdas: it stands for one lambda",
        tune("--df", "3", "--lambda", "1"));
    assertUsage(
        "Cannot read --df '-1.0': it must be between 0 and the number of features",
        tune("--df", "-1"));
  }

  @Test
  void countsOfLambdasAreWholeNumbersInBounds() {
    String rule = "': COUNT in FROM:TO:COUNT must be a whole number from 1 to 999999";
    assertUsage("Cannot read --lambdas '1:10:1000001" + rule, tune("--lambdas", "1:10:1000001"));
    assertUsage("Cannot read --lambdas '1:10:2.5" + rule, tune("--lambdas", "1:10:2.5"));
  }

  @Test
  void whatIsForColumnsOfTheDataIsRefusedWithMaps() {
    String map =
        "Cannot use a penalty by names, a prior, refinements or the tsqr solver with a feature map:"
            + " they are for the columns of the data";
    assertUsage(map, tune("--map", "rff", "--penalty", "z0=0"));
    assertUsage(map, tune("--map", "rff", "--prior", "run"));
    assertUsage(map, tune("--map", "rff", "--refinements", "1"));
    assertUsage(map, tune("--map", "rff", "--solver", "tsqr"));
  }

  @Test
  void defaultsAreAccepted() {
    assertUsage(
        "The command 'tune' needs --input",
        CliRun.of("tune", "--map", "none", "--weight-kind", "precision", "--width", "1024"));
  }

  @Test
  void valuesThatMakeNoSenseAreNamed() {
    assertUsage(
        "Cannot read --folds '1': it must be a whole number of at least 2", tune("--folds", "1"));
    assertUsage(
        "Cannot read --standardize 'sd': it must be population, sample or none",
        tune("--standardize", "sd"));
    assertUsage(
        "Cannot read --lambdas: 'x' is not a number (auto, FROM:TO:COUNT or a,b,c)",
        tune("--lambdas", "1,x"));
    assertUsage("Cannot fit: lambda must be finite and >= 0, was -1.0", tune("--lambda", "-1"));
    assertUsage(
        "Cannot use --lambda and --lambdas together: give one lambda or a grid",
        tune("--lambda", "1", "--lambdas", "1,2"));
    assertUsage(
        "Cannot use --standardize sample with --weight: use population",
        tune("--standardize", "sample", "--weight", "w"));
    assertUsage(
        "Cannot make folds: give --group-col or --id-col, not both; the rows of a group share a"
            + " fold",
        tune("--group-col", "g", "--id-col", "i"));
    assertUsage("Cannot read a value of --option: it must be KEY=VALUE", tune("--option", "sep"));
    assertUsage(
        "Cannot read lambda convention 'h2o': it must be one of sum, mean, spark, glmnet,"
            + " lm.ridge",
        tune("--lambda-convention", "h2o"));
  }

  @Test
  void missingOptionsAreNamed() {
    assertUsage("The command 'tune' needs --input", CliRun.of("tune", "--label", "y"));
    assertUsage("Cannot train: --label is needed", CliRun.of("tune", "--input", "x.csv"));
    assertUsage("The command 'evaluate' needs --input", CliRun.of("evaluate", "--model", "run"));
  }

  @Test
  void aMissingRunOfStatusIsAUsageError() {
    assertUsage(
        "The command 'status' takes one directory (RUN), but got none", CliRun.of("status"));
    assertEquals(0, CliRun.of("status", "--help").code());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "report | a b | one directory (RUN), but got 2: \"a\", \"b\"",
        "forecast | --rows 2x | one directory (RUN), but got none",
        "forecast | a --rows 2x 5x | one directory (RUN), but got 2: \"a\", \"5x\"",
        "moments show | a b | one directory (M), but got 2: \"a\", \"b\"",
        "moments solve | --out c | one directory (M), but got none",
        "moments compare | a | two directories (A B), but got 1: \"a\"",
        "moments compare | a --output json b c | two directories (A B), but got 3: \"a\", \"b\","
            + " \"c\"",
        "moments subtract | a --out c | two directories (A B), but got 1: \"a\"",
        "moments merge | a --out c | two or more directories (M M...), but got 1: \"a\""
      })
  void operandsAreCounted(String command, String words, String takes) {
    assertUsage(
        "The command '" + command + "' takes " + takes,
        CliRun.of((command + " " + words).split(" ")));
  }

  @ParameterizedTest
  @CsvSource({
    "report, RUN",
    "moments solve, M",
    "moments compare, A B",
    "moments subtract, A B",
    "moments merge, M M..."
  })
  void usageLinesNameTheOperands(String command, String operands) {
    String help = CliRun.of((command + " --help").split(" ")).out();
    assertTrue(
        help.startsWith("Usage: ridgeline " + command + " [OPTIONS] " + operands + "\n"), help);
    assertTrue(help.contains("      " + operands + "  "), help);
  }

  @Test
  void optionsOfSparkSubmitAreToldTheirPlace() {
    assertUsage(
        "--master is an option of spark-submit: it goes before the command",
        tune("--master", "local"));
    assertUsage(
        "--conf is an option of spark-submit: it goes before the command",
        tune("--conf=spark.ui.enabled=false"));
  }

  @Test
  void helpAndVersionGoToStdout() {
    CliRun help = CliRun.of("--help");
    assertEquals(0, help.code());
    assertTrue(help.out().startsWith("Usage: ridgeline [spark-submit options] COMMAND [options]"));
    assertEquals("", help.err());
    assertTrue(CliRun.of("tune", "--help").out().contains("--exact-residuals"));
    assertTrue(CliRun.of("--version").out().matches("ridgeline \\S+ for Spark 4\\S+\n"));
    assertEquals(help.out(), CliRun.of().out());
  }

  @ParameterizedTest
  @CsvSource({
    "--kernel, matern32",
    "--width, '512,1024'",
    "--length-scale, 1",
    "--bias, 0",
    "--clip, 6"
  })
  void optionsOfMapsAreRefusedWithoutOne(String option, String value) {
    assertUsage(
        "Cannot use " + option + " without --map: it says what map to use", tune(option, value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--map lace|Cannot read --map 'lace': it must be none, rff, rff-cos, orf, laplace, matern32,"
            + " matern52, arccos0, arccos1, arccos2, ntk or nystrom",
        "--map rff --width 100,7|Cannot make feature map rff: cosine and sine come in pairs, so width"
            + " must be even, was 7",
        "--map orf --width 0|Cannot read --width '0': it must be a positive whole number",
        "--map rff --width all|Cannot use --width all with --map rff: only nystrom can take every row",
        "--map rff --length-scale 1,-2|Cannot use --length-scale -2.0: it must be finite and > 0",
        "--map rff --length-scale 0|Cannot use --length-scale 0.0: it must be finite and > 0",
        "--map rff --length-scale x|Cannot read --length-scale: 'x' is not a number",
        "--map arccos1 --length-scale 1|Cannot use --length-scale with --map arccos1: it has none;"
            + " scale the inputs instead",
        "--map ntk --length-scale 1|Cannot use --length-scale with --map ntk: it has none; scale the"
            + " inputs instead",
        "--map rff --bias 1|Cannot use --bias with --map rff: only arccos and ntk maps have one",
        "--map ntk --bias 2|Cannot read --bias '2': it must be 0 or 1",
        "--map rff --kernel rbf|Cannot use --kernel with --map rff: its kernel is rbf; only nystrom"
            + " leaves a choice",
        "--map nystrom --kernel ntk|Cannot read --kernel 'ntk': it must be rbf, laplace, matern32 or"
            + " matern52",
        "--map rff --clip 0|Cannot use --clip 0: it must be finite and > 0, or off",
        "--map rff --clip 6 --standardize none|Cannot use --clip with --standardize none: it counts"
            + " standard deviations"
      })
  void mapsThatCannotBeAreRefused(String words, String sentence) {
    assertUsage(sentence, tune(words.split(" ")));
  }

  @Test
  void oneLambdaLeavesNothingToSelect() {
    for (String one : List.of("--lambda", "--df")) {
      CliRun both = CliRun.of("tune", "--input", "x", "--label", "y", one, "1", "--select", "gcv");
      assertEquals(2, both.code());
      assertEquals(
          "Cannot use --select with --lambda or --df: one lambda leaves nothing to select",
          both.error());
    }
  }
}

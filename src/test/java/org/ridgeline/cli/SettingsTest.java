package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the value of a setting comes from. */
class SettingsTest {
  @TempDir Path directory;

  private Path file(String text) throws IOException {
    return Files.writeString(directory.resolve("settings.conf"), text);
  }

  private static Settings resolve(
      Map<Setting, List<String>> flags, Map<String, String> properties) {
    return Settings.resolve(Command.TUNE, flags, List.of(), properties);
  }

  @Test
  void flagBeforeSparkBeforeFileBeforeDefault() throws IOException {
    String path = file("folds = 7\nseed = 7\nselect = gcv\n").toString();
    Settings settings =
        resolve(
            Map.of(Setting.CONFIG, List.of(path), Setting.FOLDS, List.of("9")),
            Map.of("spark.ridgeline.folds", "8", "spark.ridgeline.seed", "8"));
    assertEquals(9, settings.whole(Setting.FOLDS, 2));
    assertEquals(8, settings.whole(Setting.SEED, Long.MIN_VALUE));
    assertEquals("gcv", settings.required(Setting.SELECT));
    assertEquals("auto", settings.required(Setting.LAMBDAS));
    assertFalse(settings.isGiven(Setting.LAMBDAS));
  }

  @Test
  void theFileMayBeNamedBySpark() throws IOException {
    Settings settings =
        resolve(Map.of(), Map.of("spark.ridgeline.config", file("folds = 3").toString()));
    assertEquals(3, settings.whole(Setting.FOLDS, 2));
  }

  @Test
  void listsAreWrittenAsEachSourceWritesThem() throws IOException {
    Settings fromFile =
        resolve(
            Map.of(
                Setting.CONFIG,
                List.of(
                    file("label = [\"a,b\", c]\nfeatures = [\"x*\", \"!x1\"]\nlambdas = [1e-3, 1]")
                        .toString())),
            Map.of());
    assertEquals(List.of("a,b", "c"), fromFile.list(Setting.LABEL));
    assertEquals(List.of("x*", "!x1"), fromFile.commas(Setting.FEATURES));
    assertEquals("1e-3,1", fromFile.required(Setting.LAMBDAS));
    Settings fromSpark = resolve(Map.of(), Map.of("spark.ridgeline.label", "a, b"));
    assertEquals(List.of("a", "b"), fromSpark.list(Setting.LABEL));
    Settings fromFlags = resolve(Map.of(Setting.LABEL, List.of("a,b")), Map.of());
    assertEquals(List.of("a,b"), fromFlags.list(Setting.LABEL));
  }

  @Test
  void pairsAreMergedKeyByKey() throws IOException {
    Settings settings =
        resolve(
            Map.of(
                Setting.CONFIG,
                List.of(file("option { sep = \";\", header = false, a.b = 1 }").toString()),
                Setting.OPTION,
                List.of("sep=|")),
            Map.of("spark.ridgeline.option.header", "true"));
    assertEquals(Map.of("sep", "|", "header", "true", "a.b", "1"), settings.pairs(Setting.OPTION));
  }

  @Test
  void secretsAreMaskedInWhatIsShown() {
    Settings settings =
        resolve(
            Map.of(Setting.OPTION, List.of("dbPassword=abc", "access.key=k", "sep=;")), Map.of());
    assertEquals(
        Map.of("dbPassword", "*****", "access.key", "*****", "sep", ";"),
        settings.shown().get("option"));
    assertEquals("abc", settings.pairs(Setting.OPTION).get("dbPassword"));
  }

  @Test
  void sparksOwnPatternOfSecretsCounts() {
    Settings settings =
        resolve(
            Map.of(Setting.OPTION, List.of("pin=1", "sep=2")),
            Map.of("spark.redaction.regex", "pin"));
    assertEquals(Map.of("pin", "*****", "sep", "2"), settings.shown().get("option"));
  }

  @Test
  void settingsOfOtherCommandsDoNotDisturb() {
    Settings settings =
        Settings.resolve(
            Command.PREDICT, Map.of(), List.of(), Map.of("spark.ridgeline.lambdas", "1,2"));
    assertFalse(settings.isGiven(Setting.LAMBDAS));
    assertFalse(settings.shown().containsKey("lambdas"));
  }

  @Test
  void sampleFileHasEverySettingOfTrainingAndNoOther() throws IOException {
    Path uncommented = directory.resolve("sample.conf");
    List<String> lines =
        Files.readAllLines(Path.of("conf", "ridgeline.conf")).stream()
            .filter(line -> line.matches("# [a-z-]+ = .*"))
            .map(line -> line.substring(2).replaceFirst(" # .*", ""))
            .toList();
    Files.write(uncommented, lines);
    Map<Setting, List<String>> read = SettingFile.read(uncommented.toString());
    for (Setting setting : Setting.values()) {
      boolean special = setting == Setting.CONFIG || setting == Setting.VERBOSE;
      if (setting.isTakenBy(Command.TUNE) && !special) {
        assertTrue(read.containsKey(setting), setting.flag());
      }
      if (read.containsKey(setting)) {
        String line =
            lines.stream().filter(l -> l.startsWith(setting.key() + " ")).findFirst().orElse("");
        assertFalse(line.isEmpty(), setting.flag());
      }
    }
  }

  @Test
  void numbersAreShownAsNumbers() {
    Settings settings =
        resolve(Map.of(Setting.FOLDS, List.of("7"), Setting.LAMBDA, List.of("1e-3")), Map.of());
    assertEquals(7L, settings.shown().get("folds"));
    assertEquals(1e-3, settings.shown().get("lambda"));
    assertEquals(false, settings.shown().get("no-intercept"));
    assertTrue(settings.shown().containsKey("where"));
  }
}

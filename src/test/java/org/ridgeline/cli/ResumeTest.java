package org.ridgeline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --if-exists}, on runs that are complete and on runs that ended after their pass. */
@Tag("spark")
class ResumeTest {
  @TempDir Path directory;
  private Path data;
  private Path sibling;

  @BeforeEach
  void writeData() throws IOException {
    StringBuilder csv = new StringBuilder("x,z,city,y\n");
    for (int i = 0; i < 60; i++) {
      csv.append(Math.sin(i)).append(',').append(i % 7).append(i % 3 == 0 ? ",Oslo," : ",Rome,");
      csv.append(2 * Math.sin(i) + Math.cos(3 * i)).append('\n');
    }
    data = Files.writeString(directory.resolve("data.csv"), csv);
    sibling = directory.resolve(".run.ridgeline-run");
  }

  /** Where the files of an attempt are. */
  static Path attempt(Path sibling) throws IOException {
    try (Stream<Path> entries = Files.list(sibling)) {
      return entries.filter(Files::isDirectory).findFirst().orElseThrow();
    }
  }

  private CliRun tune(String run, String... more) {
    List<String> words = new ArrayList<>(List.of("tune", "--input", data.toString()));
    words.addAll(List.of("--label", "y", "--categorical", "city"));
    words.addAll(List.of("--out", directory.resolve(run).toString()));
    words.addAll(Arrays.asList(more));
    return CliRun.of(words.toArray(String[]::new));
  }

  /** Runs a command that reads the rows and then fails, as no feature has the name penalized. */
  private void leaveCheckpoint(String... more) throws IOException {
    CliRun failed = tune("run", with(more, "--penalty", "nowhere=2"));
    assertEquals(3, failed.code(), failed.err());
    assertTrue(Files.exists(attempt(sibling).resolve("checkpoint.json")));
  }

  /** Returns a file of the latest attempt, which takes over what an earlier one has kept. */
  private Path kept(String name) throws IOException {
    return attempt(sibling).resolve(name);
  }

  private static String[] with(String[] words, String... more) {
    return Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray(String[]::new);
  }

  private byte[] file(String run, String name) throws IOException {
    return Files.readAllBytes(directory.resolve(run).resolve(name));
  }

  private void assertSameBits(String expected, String actual) throws IOException {
    for (String name :
        List.of(
            "path.csv", "coefficients.csv", "model.json", "residuals.csv", "moments/moments.bin")) {
      assertArrayEquals(file(expected, name), file(actual, name), name);
    }
    assertEquals(page(expected), page(actual));
    assertFalse(Files.exists(directory.resolve(actual).resolve("sample.bin")));
  }

  /** The report page without what tells of reads, times and how the run came to be. */
  private List<String> page(String run) throws IOException {
    String html = new String(file(run, "report.html"), UTF_8);
    return html.replace(directory.resolve(run).toString(), "RUN")
        .lines()
        .filter(
            line ->
                !line.matches(".*(Passes over the data|prePasses|bytesRead|seconds|if-exists).*"))
        .toList();
  }

  private JsonNode cost() throws IOException {
    return new ObjectMapper().readTree(file("run", "report.json")).get("cost");
  }

  @Test
  void resumedRunHasTheBitsOfAnUndisturbedOne() throws IOException {
    leaveCheckpoint();
    CliRun resumed = tune("run", "--if-exists", "resume");
    assertEquals(0, resumed.code(), resumed.err());
    assertTrue(resumed.err().contains("Resumed from the moments of the earlier attempt"));
    assertTrue(resumed.out().contains("resumed from the moments of the earlier attempt"));
    tune("undisturbed");
    assertSameBits("undisturbed", "run");
    assertEquals(0, cost().get("passes").asInt());
    assertEquals(0, cost().get("prePasses").asInt());
    assertEquals(0, cost().get("bytesRead").asInt());
    assertEquals("checkpoint", cost().get("moments").asText());
    assertFalse(Files.exists(directory.resolve("run/checkpoint.json")));
    assertFalse(Files.exists(sibling));
  }

  @Test
  void mapRunsAreResumedToo() throws IOException {
    String[] map = {"--map", "rff", "--width", "8,64", "--length-scale", "1,2"};
    CliRun failed = tune("run", with(map, "--solver", "cholesky", "--lambdas", "0"));
    assertEquals(6, failed.code(), failed.err());
    CliRun resumed = tune("run", with(map, "--if-exists", "resume"));
    assertEquals(0, resumed.code(), resumed.err());
    tune("undisturbed", map);
    assertSameBits("undisturbed", "run");
    assertArrayEquals(
        file("undisturbed", "moments/moments-1.bin"), file("run", "moments/moments-1.bin"));
    assertEquals(0, cost().get("passes").asInt());
    assertEquals(0, cost().get("prePasses").asInt());
  }

  @Test
  void rowsThatWereKeptAreResumedToo() throws IOException {
    leaveCheckpoint("--solver", "dual");
    CliRun resumed = tune("run", "--if-exists", "resume", "--solver", "dual");
    assertEquals(0, resumed.code(), resumed.err());
    tune("undisturbed", "--solver", "dual");
    assertSameBits("undisturbed", "run");
    assertEquals(0, cost().get("passes").asInt());
    assertEquals(0, cost().get("prePasses").asInt());
  }

  @Test
  void severalTargetsWeightsAndNamedFoldsAreResumedToo() throws IOException {
    StringBuilder csv = new StringBuilder("x,city,w,fold,y,v\n");
    for (int i = 0; i < 60; i++) {
      csv.append(Math.sin(i)).append(i % 3 == 0 ? ",Oslo," : ",Rome,").append(i % 4);
      csv.append(",\"").append(i % 2 == 0 ? "\u00e9,\"\"" : "").append(i % 6).append("\",");
      csv.append(Math.cos(i)).append(',').append(-Math.sin(i / 3.0) / 7).append('\n');
    }
    Files.writeString(data, csv);
    String[] more = {"--label", "v", "--weight", "w", "--fold-col", "fold"};
    leaveCheckpoint(more);
    CliRun resumed = tune("run", with(more, "--if-exists", "resume"));
    assertEquals(0, resumed.code(), resumed.err());
    tune("undisturbed", more);
    assertSameBits("undisturbed", "run");
    assertEquals(1 + 2 * 45, Files.readAllLines(directory.resolve("run/residuals.csv")).size());
    assertEquals(0, cost().get("bytesRead").asInt());
  }

  @Test
  void furtherPassesReadTheRowsAgain() throws IOException {
    leaveCheckpoint();
    CliRun resumed = tune("run", "--if-exists", "resume", "--select", "loo");
    assertEquals(0, resumed.code(), resumed.err());
    assertEquals(1, cost().get("passes").asInt());
    tune("undisturbed", "--select", "loo");
    assertSameBits("undisturbed", "run");
  }

  @Test
  void checkpointsOfOtherDataAreRefused() throws IOException {
    leaveCheckpoint();
    long size = Files.size(data);
    Files.writeString(data, Files.readString(data) + "1,2,Rome,3\n");
    CliRun refused = tune("run", "--if-exists", "resume");
    assertEquals(3, refused.code());
    String sentence =
        "Cannot resume "
            + directory.resolve("run")
            + ": its moments are of other files (1 of "
            + size
            + " bytes, sha256 [0-9a-f]{64}, not 1 of "
            + (size + 11)
            + " bytes, sha256 [0-9a-f]{64}\\); --if-exists overwrite starts over";
    assertTrue(refused.error().matches(sentence.replaceFirst("\\(", "\\\\(")), refused.error());
    assertEquals(3, tune("run", "--if-exists", "resume").code(), "refused again");
    CliRun fresh = tune("run", "--if-exists", "overwrite");
    assertEquals(0, fresh.code(), fresh.err());
    assertEquals("rows", cost().get("moments").asText());
  }

  @Test
  void checkpointsOfOtherOptionsAreRefused() throws IOException {
    leaveCheckpoint();
    String cannot = "Cannot resume " + directory.resolve("run") + ": its moments were made with ";
    for (String[] change :
        new String[][] {
          {"--seed", "1", "--seed 0, not 1"},
          {"--folds", "4", "--folds 5, not 4"},
          {"--where", "x > 0", "--where none, not x > 0"},
          {"--features", "x", "--features none, not x"},
        }) {
      assertEquals(
          cannot + change[2] + "; --if-exists overwrite starts over",
          tune("run", "--if-exists", "resume", change[0], change[1]).error());
    }
    assertEquals(
        cannot + "solver auto, not tsqr; --if-exists overwrite starts over",
        tune("run", "--if-exists", "resume", "--solver", "tsqr").error());
  }

  /** The moments stay the same under all of these. */
  @Test
  void optionsOfTheSolutionMayChange() throws IOException {
    leaveCheckpoint("--verbose", "--solver", "cholesky", "--standardize", "none");
    String[] others = {"--lambdas", "0.1,1", "--select", "gcv", "--penalty", "x=2"};
    CliRun resumed = tune("run", with(others, "--if-exists", "resume"));
    assertEquals(0, resumed.code(), resumed.err());
    assertEquals("checkpoint", cost().get("moments").asText());
    tune("undisturbed", others);
    assertSameBits("undisturbed", "run");
  }

  @Test
  void scalingOfTheInputsOfAMapMayNotChange() {
    String[] map = {"--map", "rff", "--width", "64", "--length-scale", "1"};
    CliRun failed = tune("run", with(map, "--solver", "cholesky", "--lambdas", "0"));
    assertEquals(6, failed.code(), failed.err());
    assertEquals(
        "Cannot resume "
            + directory.resolve("run")
            + ": its moments were made with --standardize population, not none; --if-exists overwrite"
            + " starts over",
        tune("run", with(map, "--if-exists", "resume", "--standardize", "none")).error());
  }

  @Test
  void checkpointsOfOtherVersionsAreRefused() throws IOException {
    leaveCheckpoint();
    String text = Files.readString(kept("checkpoint.json"));
    String version = CommandParser.version();
    String older = text.replace("\"" + version + "\"", "\"0.0.1\"");
    assertFalse(older.equals(text), text);
    Files.writeString(kept("checkpoint.json"), older);
    assertEquals(
        "Cannot resume "
            + directory.resolve("run")
            + ": its moments were made with version 0.0.1, not "
            + version
            + "; --if-exists overwrite starts over",
        tune("run", "--if-exists", "resume").error());
  }

  @Test
  void damagedCheckpointsAreRefused() throws IOException {
    leaveCheckpoint();
    byte[] sound = Files.readAllBytes(kept("run/moments/moments.bin"));
    Files.write(kept("run/moments/moments.bin"), Arrays.copyOf(sound, sound.length - 16));
    assertEquals(
        "Cannot resume "
            + directory.resolve("run")
            + ": Cannot use the moments: the file is truncated, 16 bytes of its 5 folds are missing"
            + " (moments.bin in "
            + directory.resolve("run")
            + "); --if-exists overwrite starts over",
        tune("run", "--if-exists", "resume").error());
    Files.write(kept("run/moments/moments.bin"), sound);
    String text = Files.readString(kept("checkpoint.json"));
    Files.writeString(kept("checkpoint.json"), text.substring(0, text.length() / 2));
    String cut = tune("run", "--if-exists", "resume").error();
    assertTrue(cut.contains(": Cannot use the checkpoint: it is not JSON: "), cut);
    Files.writeString(kept("checkpoint.json"), text.replace("checkpoint/1", "checkpoint/2"));
    String newer = tune("run", "--if-exists", "resume").error();
    assertTrue(newer.contains("its format is 'ridgeline-checkpoint/2', this version"), newer);
    Files.writeString(kept("checkpoint.json"), text);
    assertEquals(0, tune("run", "--if-exists", "resume").code());
  }

  @Test
  void damagedSamplesAreRefused() throws IOException {
    leaveCheckpoint();
    byte[] sound = Files.readAllBytes(kept("sample.bin"));
    byte[] flipped = sound.clone();
    flipped[100] ^= 4;
    String cannot = "Cannot resume " + directory.resolve("run") + ": Cannot ";
    for (byte[] damaged : List.of(flipped, Arrays.copyOf(sound, sound.length - 8), new byte[0])) {
      Files.write(kept("sample.bin"), damaged);
      String refused = tune("run", "--if-exists", "resume").error();
      String sentence =
          "use the sample of rows: sample.bin is not the file that the checkpoint was written with,"
              + " its sha256 is [0-9a-f]{64}, not [0-9a-f]{64}; --if-exists overwrite starts over";
      assertTrue(refused.startsWith(cannot), refused);
      assertTrue(refused.substring(cannot.length()).matches(sentence), refused);
    }
    Files.delete(kept("sample.bin"));
    String missing = tune("run", "--if-exists", "resume").error();
    assertTrue(missing.startsWith(cannot + "read sample.bin of "), missing);
    Files.write(kept("sample.bin"), sound);
    assertEquals(0, tune("run", "--if-exists", "resume").code());
  }

  @Test
  void completeRunsAreLeftAlone() throws IOException {
    assertEquals(0, tune("run", "--if-exists", "resume").code());
    byte[] report = file("run", "report.json");
    for (String word : List.of("skip", "resume")) {
      CliRun again = tune("run", "--if-exists", word, "--lambda", "3");
      assertEquals(0, again.code());
      assertEquals(directory.resolve("run") + " is complete: nothing to do\n", again.out());
      CliRun json = tune("run", "--if-exists", word, "--output", "json");
      assertTrue(new ObjectMapper().readTree(json.out()).get("skipped").asBoolean());
    }
    assertArrayEquals(report, file("run", "report.json"));
    assertEquals(7, tune("gated", "--fail-if", "r2>0").code());
    assertEquals(7, tune("gated", "--if-exists", "skip").code());
  }

  @Test
  void whatIsNoRunIsNeitherSkippedNorReplaced() throws IOException {
    Files.createDirectory(directory.resolve("run"));
    Files.writeString(directory.resolve("run/thesis.txt"), "mine");
    for (String word : List.of("skip", "resume", "overwrite")) {
      CliRun refused = tune("run", "--if-exists", word);
      assertEquals(4, refused.code());
      assertTrue(refused.error().contains("exists and is not a finished run"), refused.error());
    }
  }

  /** A version that wrote no manifests left the same files. */
  @Test
  void aRunOfBeforeIsReplacedUnlessItHoldsFilesOfOthers() throws IOException {
    Path run = directory.resolve("run");
    assertEquals(0, tune("run").code());
    Files.delete(run.resolve("_manifest.json"));
    assertEquals(0, tune("run", "--if-exists", "overwrite").code());
    Files.delete(run.resolve("_manifest.json"));
    Path notes = Files.writeString(run.resolve("notes.txt"), "mine");
    CliRun refused = tune("run", "--if-exists", "overwrite");
    assertEquals(4, refused.code());
    assertTrue(refused.error().contains("holds notes.txt, which is not of its run"), refused.err());
    assertEquals("mine", Files.readString(notes));
  }

  @Test
  void withoutMomentsThereIsNothingToResume() throws IOException {
    assertEquals(3, tune("run", "--no-moments", "--penalty", "nowhere=2").code());
    assertFalse(Files.exists(attempt(sibling).resolve("checkpoint.json")));
    assertEquals(0, tune("run", "--no-moments", "--if-exists", "resume").code());
  }
}

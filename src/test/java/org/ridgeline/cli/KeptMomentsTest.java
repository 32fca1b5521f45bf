package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ridgeline.base.DataException;
import org.ridgeline.dataset.FoldOrder;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.features.MapDescription;
import org.ridgeline.ridge.Intercept;
import org.ridgeline.ridge.WeightKind;
import org.ridgeline.store.HadoopFiles;
import org.ridgeline.store.MomentsStore;

/** The moments in a run directory. */
@Tag("spark")
class KeptMomentsTest {
  @TempDir Path directory;
  private Path data;
  private String run;

  @BeforeEach
  void writeData() throws IOException {
    StringBuilder csv = new StringBuilder("x,z,city,w,day,y,u\n");
    for (int i = 0; i < 60; i++) {
      csv.append(Math.sin(i)).append(',').append(i % 7).append(',');
      csv.append(i % 3 == 0 ? "Oslo" : "Rome").append(',').append(1 + i % 2).append(',');
      csv.append(i % 12).append(',').append(Math.cos(3 * i)).append(',').append(i * i % 11);
      csv.append('\n');
    }
    data = Files.writeString(directory.resolve("data.csv"), csv);
    run = directory.resolve("run").toString();
  }

  private void train(String... more) {
    List<String> words = new ArrayList<>(List.of("tune", "--input", data.toString(), "--out", run));
    words.addAll(List.of("--label", "y"));
    words.addAll(Arrays.asList(more));
    CliRun trained = CliRun.of(words.toArray(String[]::new));
    assertEquals(0, trained.code(), trained.err());
  }

  private MomentsSet read() {
    return MomentsStore.read(run, HadoopFiles.configuration(Map.of()));
  }

  private String refusal() {
    return assertThrows(DataException.class, this::read).getMessage();
  }

  @Test
  void runKeepsItsMomentsAndWhatTheirColumnsAre() {
    train(
        "--label",
        "u",
        "--features",
        "x,z",
        "--categorical",
        "city",
        "--weight",
        "w",
        "--where",
        "day < 11",
        "--weight-kind",
        "frequency",
        "--fold-col",
        "day",
        "--option",
        "token=secret");
    MomentsSet kept = read();
    assertEquals(List.of("y", "u"), kept.columns().labels());
    assertEquals(List.of("x", "z", "city=Rome"), kept.columns().features());
    assertEquals(List.of("Oslo", "Rome"), kept.columns().inputs().get(2).levels());
    assertEquals(Optional.of("w"), kept.columns().weight());
    assertEquals(WeightKind.FREQUENCY, kept.columns().weightKind());
    assertEquals(Intercept.FREE, kept.columns().intercept());
    assertEquals(FoldRule.Kind.COLUMN, kept.folds().kind());
    assertEquals(Optional.of("day"), kept.folds().column());
    assertEquals(FoldOrder.NUMBER, kept.order());
    assertEquals(11, kept.moments().folds());
    assertEquals("10", kept.moments().label(10));
    assertEquals(55, kept.rows());
    assertEquals(5, kept.moments().fold(3).rows());
    MomentsSet.Source source = kept.sources().get(0);
    assertEquals(data.toString(), source.input());
    assertEquals(Optional.of("day < 11"), source.where());
    assertEquals(Map.of("token", "*****"), source.options());
    assertEquals(55, source.rows());
    assertEquals(3.2, kept.moments().fold(3).mean(1), 1e-15); // z of 3, 15, 27, 39 and 51
    assertEquals(10.0, kept.moments().fold(3).weightSum());
  }

  @Test
  void mapsAreKeptWithTheirMoments() {
    train("--features", "x,z", "--map", "rff", "--width", "4,8", "--length-scale", "1,2");
    MomentsSet kept = read();
    assertEquals(2, kept.sums().size());
    MomentsSet.Maps maps = kept.maps().orElseThrow();
    assertEquals(List.of(4, 8), maps.widths());
    assertEquals("population", maps.standardize());
    MapDescription second = maps.widest().get(1);
    assertEquals(2.0, second.spec().lengthScale());
    assertEquals(MapDescription.drawn(second.spec(), second.scaling()).weights(), second.weights());
    assertEquals(8, kept.sums().get(1).fold(0).inputs());
  }

  @Test
  void momentsCanBeLeftOut() throws IOException {
    train("--features", "x", "--no-moments");
    assertFalse(Files.exists(Path.of(run, "moments")));
    assertEquals(
        "There are no stored moments in "
            + run
            + "; give the out of 'moments write', or of a fit or tune without no-moments",
        refusal());
  }

  @Test
  void sameRunStoresTheSameBytes() throws IOException {
    train("--features", "x,z");
    byte[] first = Files.readAllBytes(Path.of(run, "moments", "moments.bin"));
    byte[] json = Files.readAllBytes(Path.of(run, "moments", "moments.json"));
    train("--features", "x,z", "--if-exists", "overwrite");
    assertArrayEquals(first, Files.readAllBytes(Path.of(run, "moments", "moments.bin")));
    assertArrayEquals(json, Files.readAllBytes(Path.of(run, "moments", "moments.json")));
  }

  @Test
  void damagedMomentsAreRefusedByName() throws IOException {
    train("--features", "x,z");
    Files.delete(Path.of(run, "_manifest.json")); // the moments have sums of their own
    Files.delete(Path.of(run, "model.json"));
    Path folder = Path.of(run, "moments");
    Path json = folder.resolve("moments.json");
    Path numbers = folder.resolve("moments.bin");
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(
          List.of("moments.bin", "moments.json", "moments.sha256"),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
    byte[] sound = Files.readAllBytes(numbers);
    String text = Files.readString(json);
    byte[] flipped = sound.clone();
    flipped[flipped.length - 30] ^= 4;
    Files.write(numbers, flipped);
    String message = refusal();
    assertTrue(
        message.startsWith("Cannot use the moments: fold '4' is damaged, its checksum is "),
        message);
    assertTrue(message.endsWith(" (moments.bin in " + run + ")"), message);
    Files.write(numbers, Arrays.copyOf(sound, sound.length - 8));
    assertEquals(
        "Cannot use the moments: the file is truncated, 8 bytes of its 5 folds are missing"
            + " (moments.bin in "
            + run
            + ")",
        refusal());
    Files.delete(numbers);
    assertTrue(refusal().startsWith("Cannot read moments.bin in " + run + ": "), refusal());
    Files.write(numbers, sound);
    for (String[] change :
        new String[][] {
          {"moments/1", "moments/7", "its format is 'ridgeline-moments/7', this version reads"},
          {"\"sha256\": \"", "\"sha256\": \"0", "the file is sound, but not the one that"},
          {"moments.bin", "../moments.bin", "the file '../moments.bin' is not one beside"},
          {"\"rule\": \"content\"", "\"rule\": \"luck\"", "'rule' is 'luck', which is not known"},
          {
            "\"names\": \\[\\s*\"x\"",
            "\"names\": [\"x\", \"q\"",
            "they are of 2 inputs and 1 targets, the columns make 3 and 1"
          },
        }) {
      Files.writeString(json, text.replaceFirst(change[0], change[1]));
      assertTrue(
          refusal().startsWith("Cannot use the moments: the file has been changed, its sha256 "),
          refusal());
      assertTrue(
          refusal().endsWith(" is not that in moments.sha256 (moments.json in " + run + ")"));
      seal(folder, json);
      assertTrue(refusal().startsWith("Cannot use the moments: " + change[2]), refusal());
      assertTrue(refusal().endsWith(run + ")"), refusal());
    }
  }

  /** Makes a changed file one that was written so. */
  private static void seal(Path folder, Path json) throws IOException {
    String sum;
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(json));
      sum = HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    Files.writeString(folder.resolve("moments.sha256"), sum + "  moments.json\n");
  }
}

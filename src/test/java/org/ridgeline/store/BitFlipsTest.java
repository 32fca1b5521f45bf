package org.ridgeline.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ridgeline.base.DataException;

/** A bit of a run that changed is noticed by whoever reads it, or changes nothing that is read. */
class BitFlipsTest {
  private static final int FLIPS = 1_000;
  private static final List<String> FILES =
      List.of("model.json", "report.json", "path.csv", "coefficients.csv", "model/stages/part-0");

  @TempDir Path parent;
  private final Configuration configuration = HadoopFiles.configuration(Map.of());
  private Path run;

  @BeforeEach
  void write() {
    run = parent.resolve("run");
    RunDirectory opened =
        RunDirectory.open(run.toString(), RunIfExists.FAIL, configuration, Clock.systemUTC());
    for (String file : FILES) {
      opened.write(file, content(file));
    }
    opened.commit(0, Optional.empty());
  }

  private static byte[] content(String file) {
    return ("{\"file\": \"" + file + "\", \"values\": [1.5, 2.25, -3.125]}\n").getBytes(UTF_8);
  }

  /** What a reader gets: everything as it was, or one sentence that names the file. */
  private Optional<String> read() {
    try (RunReader stored = RunReader.open(run.toString(), configuration)) {
      for (String file : FILES) {
        assertArrayEquals(content(file), stored.read(file), file);
      }
      assertEquals(0, RunStore.status(run.toString(), configuration).statusCode());
      return Optional.empty();
    } catch (DataException noticed) {
      return Optional.of(noticed.getMessage());
    }
  }

  @Test
  void aThousandAreNoticedOrHarmless() throws IOException {
    List<Path> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(run)) {
      files.filter(Files::isRegularFile).filter(f -> f.toFile().length() > 0).forEach(all::add);
    }
    assertEquals(FILES.size() + 2, all.size(), all::toString); // the status and the manifest
    SplittableRandom random = new SplittableRandom(5);
    int noticed = 0;
    for (int i = 0; i < FLIPS; i++) {
      Path victim = all.get(random.nextInt(all.size()));
      byte[] sound = Files.readAllBytes(victim);
      byte[] flipped = sound.clone();
      flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(victim, flipped);
      Optional<String> sentence = read();
      if (sentence.isPresent()) {
        noticed++;
        assertTrue(
            sentence.get().contains(victim.getFileName().toString()),
            () -> victim + ": " + sentence.get());
      }
      Files.write(victim, sound);
    }
    assertEquals(FLIPS, noticed, "each of these files is read");
    assertEquals(Optional.empty(), read());
  }

  @Test
  void aFileThatIsMissingOrStrangeIsNoticed() throws IOException {
    Files.writeString(run.resolve("residuals.csv"), "from elsewhere");
    try (RunReader stored = RunReader.open(run.toString(), configuration)) {
      assertEquals(Optional.empty(), stored.find("residuals.csv"));
    }
    Files.delete(run.resolve("path.csv"));
    assertEquals(
        Optional.of("Cannot use the run " + run + ": its file path.csv is missing"), read());
  }

  /** A run of a version before this one. */
  @Test
  void aRunWithoutManifestIsReadAsItIs() throws IOException {
    Files.delete(run.resolve("_manifest.json"));
    assertEquals(Optional.empty(), read());
    RunDirectory.open(run.toString(), RunIfExists.OVERWRITE, configuration, Clock.systemUTC())
        .commit(0, Optional.empty());
    assertTrue(Files.exists(run.resolve("_manifest.json")));
  }

  @Test
  void aRunThatHasLostItsManifestIsRefused() throws IOException {
    Files.delete(run.resolve("_manifest.json"));
    Files.writeString(run.resolve("model.json"), "{\"features\":[],\"spec\":{}}");
    assertEquals(
        Optional.of(
            "Cannot use the run "
                + run
                + ": its _manifest.json is missing, so nothing says that its files are those that"
                + " were written; copy the run again with all of its files, or train it again"),
        read());
    RunDirectory.open(run.toString(), RunIfExists.OVERWRITE, configuration, Clock.systemUTC())
        .commit(0, Optional.empty());
    assertTrue(Files.exists(run.resolve("_manifest.json")));
  }

  @Test
  void aNewerFormatIsSaidToBeOne() throws IOException {
    Path manifest = run.resolve("_manifest.json");
    Files.writeString(
        manifest, Files.readString(manifest).replace("ridgeline-run/1", "ridgeline-run/2"));
    assertTrue(
        read().orElseThrow().endsWith("it is of version ridgeline-run/2, this is ridgeline-run/1"));
  }
}

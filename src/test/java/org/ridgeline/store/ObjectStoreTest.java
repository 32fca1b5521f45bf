package org.ridgeline.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.ridgeline.base.DataException;
import org.ridgeline.base.RunOutputException;

/** Runs and tables on a real S3 endpoint, with lines that are cut. */
class ObjectStoreTest {
  private static final String BUCKET = "s3a://" + ObjectStore.BUCKET + "/";
  private static final int MANY = 1_000;
  private static ObjectStore store;
  private static Configuration client;

  @BeforeAll
  static void start() throws Exception {
    store = ObjectStore.start();
    client = ObjectStore.client(store.port());
  }

  @AfterAll
  static void stop() throws IOException {
    store.close();
  }

  private static Clock later() {
    return Clock.fixed(Instant.now().plusSeconds(70), ZoneOffset.UTC);
  }

  private static Set<String> names(String folder) throws IOException {
    Set<String> names = new TreeSet<>();
    try (FileSystem files = HadoopFiles.fileSystem(new Path(folder), client)) {
      for (FileStatus entry : files.listStatus(new Path(folder))) {
        names.add(entry.getPath().getName());
      }
    }
    return names;
  }

  @Test
  void aRunIsNamedByOneFile() throws IOException {
    String run = BUCKET + "plain/run";
    CommitScene scene = new CommitScene(run, client);
    CommitScene.attempt(run, "one", client);
    assertEquals(Set.of("_current.json", "_owner.json", "_runs"), names(run));
    assertEquals(Optional.of("one"), scene.word());
    assertEquals(0, RunStore.status(run, client).statusCode());
    assertFalse(CommitScene.wins(run, "two", RunIfExists.FAIL, client));
    for (String word : new String[] {"two", "three", "four"}) {
      CommitScene.attempt(run, word, client);
      assertEquals(Optional.of(word), scene.word());
    }
    assertEquals(2, names(run + "/_runs").size(), "the run that counts and the one before");
  }

  @Test
  void aSecondRunIsRefusedAndAKilledOneTakenOver() {
    String run = BUCKET + "owned/run";
    RunDirectory first = RunDirectory.open(run, RunIfExists.FAIL, client, Clock.systemUTC());
    first.write("model.json", "first".getBytes(UTF_8));
    assertEquals(10, RunStore.status(run, client).statusCode());
    assertTrue(
        assertThrows(
                RunOutputException.class,
                () -> RunDirectory.open(run, RunIfExists.OVERWRITE, client, Clock.systemUTC()))
            .getMessage()
            .startsWith("Another run is writing to " + run + " (process "));
    assertEquals(143, RunStore.status(run, client, later()).statusCode());
    RunDirectory second = RunDirectory.open(run, RunIfExists.FAIL, client, later());
    second.write("model.json", "second".getBytes(UTF_8));
    assertThrows(RunOutputException.class, () -> first.commit(0, Optional.empty()));
    second.commit(0, Optional.empty());
    try (RunReader stored = RunReader.open(run, client)) {
      assertEquals("second", new String(stored.read("model.json"), UTF_8));
    }
    first.forget();
  }

  /** Silent for a minute, the first run is on its way to commit when the second takes over. */
  @Test
  void aRunThatComesToLifeAgainCannotCommit() throws IOException {
    String run = BUCKET + "zombie/run";
    Path path = new Path(run);
    try (FileSystem files = HadoopFiles.fileSystem(path, client)) {
      PointerCommit protocol = new PointerCommit(files, path, run);
      Owner owner = Owner.ofThisProcess(Instant.now());
      Claim first = protocol.claim(owner, RunStatus.started(Instant.now()).toJson(), Instant.now());
      HadoopFiles.write(files, new Path(first.work(), "model.json"), "first".getBytes(UTF_8));
      Manifest manifest =
          Manifest.of(files, first.work(), owner.id(), Manifest.Kind.RUN, java.util.Map.of());
      assertTrue(first.isHeld());
      RunDirectory second = RunDirectory.open(run, RunIfExists.FAIL, client, later());
      assertThrows(IOException.class, () -> first.commit(manifest));
      second.write("model.json", "second".getBytes(UTF_8));
      second.commit(0, Optional.empty());
      try (RunReader stored = RunReader.open(run, client)) {
        assertEquals("second", new String(stored.read("model.json"), UTF_8));
      }
    }
  }

  @Test
  void theSparkModelOfARunIsFoundByThePointerAndChecked() throws IOException {
    String run = BUCKET + "staged/run";
    RunDirectory written = RunDirectory.open(run, RunIfExists.FAIL, client, Clock.systemUTC());
    written.write("model/metadata/part-0", "of the run".getBytes(UTF_8));
    written.commit(0, Optional.empty());
    String place = SavedStage.checked(run + "/model", client).place();
    assertTrue(place.matches(run + "/_runs/[^/]+/model"), place);
    assertEquals(place + "/metadata", SavedStage.checked(run + "/model/metadata", client).place());
    assertEquals(place, SavedStage.checked(place, client).place());
    try (FileSystem files = HadoopFiles.fileSystem(new Path(run), client)) {
      HadoopFiles.write(
          files, new Path(place, "metadata/part-0"), "from elsewhere".getBytes(UTF_8));
    }
    for (String path : new String[] {run + "/model", place, place + "/metadata"}) {
      assertTrue(
          assertThrows(DataException.class, () -> SavedStage.checked(path, client))
              .getMessage()
              .contains("its file model/metadata/part-0 is not the one that was written"));
    }
  }

  @Test
  void resumeTakesTheCheckpointAlong() {
    String run = BUCKET + "resumed/run";
    RunDirectory first = RunDirectory.open(run, RunIfExists.FAIL, client, Clock.systemUTC());
    first.write("moments/moments.bin", new byte[] {1, 2});
    first.write("sample.bin", new byte[] {3});
    first.keepCheckpoint("of these".getBytes(UTF_8));
    first.fail(143, "killed");
    assertEquals(143, RunStore.status(run, client).statusCode());
    RunDirectory second = RunDirectory.open(run, RunIfExists.RESUME, client, Clock.systemUTC());
    assertEquals("of these", new String(second.checkpoint().orElseThrow(), UTF_8));
    assertEquals(3, second.kept("sample.bin")[0]);
    second.commit(0, Optional.empty());
    try (RunReader stored = RunReader.open(run, client)) {
      assertEquals(2, stored.read("moments/moments.bin")[1]);
      assertEquals(Optional.empty(), stored.find("sample.bin"));
    }
  }

  private static void table(String run, String word, Configuration configuration, Clock clock) {
    RunDirectory directory = RunDirectory.open(run, RunIfExists.OVERWRITE, configuration, clock);
    try {
      for (int i = 0; i < 2; i++) { // what Spark writes
        directory.write("part-" + i + "-" + word + ".csv", word.getBytes(UTF_8));
      }
      directory.commitTable();
    } finally {
      directory.forget();
    }
  }

  /** The words of the parts that a reader of the table finds. */
  private static Set<String> words(String run) throws IOException {
    Set<String> words = new TreeSet<>();
    for (String file : names(run)) {
      if (file.startsWith("part-")) {
        words.add(file.split("[-.]")[2]);
      }
    }
    return words;
  }

  @Test
  void tablesAreNeverMixed() throws IOException {
    boolean survived = false;
    for (int i = 20; i < MANY && !survived; i += 7) {
      String run = BUCKET + "tables/table-" + i;
      table(run, "old", client, Clock.systemUTC());
      assertEquals(Set.of("old"), words(run));
      try (CuttingProxy line = CuttingProxy.to(store.port())) {
        line.cutAt(i, i % 2 == 0 ? CuttingProxy.Lost.REQUEST : CuttingProxy.Lost.ANSWER);
        try {
          table(run, "new", ObjectStore.client(line.port()), Clock.systemUTC());
        } catch (RunOutputException killed) {
          assertTrue(killed.getMessage().startsWith("Cannot"), killed.getMessage());
        }
        survived = line.requests() < i;
      }
      Set<String> words = words(run);
      assertTrue(words.size() <= 1, () -> run + " is mixed");
      boolean said = names(run).contains("_SUCCESS");
      assertEquals(said ? 2 : -1, said ? parts(run) : -1, run);
      assertEquals(0, RunStore.finished(run, client, later()).orElseThrow().statusCode());
      assertEquals(2, parts(run), run);
      assertTrue(names(run).contains("_SUCCESS"), run);
      table(run, "next", client, later());
      assertEquals(Set.of("next"), words(run));
    }
    assertTrue(survived, "an attempt that is not killed gets through");
  }

  private static long parts(String run) throws IOException {
    return names(run).stream().filter(file -> file.startsWith("part-")).count();
  }

  /**
   * What an older version left of a commit that was killed: the run before beside, a folder that
   * says that it is complete. Nothing is taken for a run, nothing is deleted.
   */
  @Test
  void halfARunOfAnOlderVersionIsNone() throws IOException {
    String run = BUCKET + "older/run";
    byte[] succeeded =
        RunStatus.started(Instant.EPOCH)
            .ended(RunStatus.State.SUCCEEDED, 0, Optional.empty(), Instant.EPOCH)
            .toJson();
    String old = BUCKET + "older/.run.ridgeline-old";
    try (FileSystem files = HadoopFiles.fileSystem(new Path(run), client)) {
      HadoopFiles.write(files, new Path(run, "status.json"), succeeded);
      HadoopFiles.write(files, new Path(run, "_SUCCESS"), new byte[0]);
      HadoopFiles.write(files, new Path(old, "model.json"), "the last good one".getBytes(UTF_8));
    }
    assertEquals(Optional.empty(), RunStore.finished(run, client));
    try (RunReader stored = RunReader.open(run, client)) {
      assertTrue(
          assertThrows(DataException.class, () -> stored.read("status.json"))
              .getMessage()
              .contains("it is not a finished run"));
    }
    CommitScene.attempt(run, "next", client);
    assertEquals(Optional.of("next"), new CommitScene(run, client).word());
    assertEquals(Set.of("model.json"), names(old));
  }

  @Test
  void tablesOfOthersAreNotTouched() throws IOException {
    String run = BUCKET + "foreign/table";
    try (FileSystem files = HadoopFiles.fileSystem(new Path(run), client)) {
      HadoopFiles.write(files, new Path(run, "part-0.parquet"), new byte[] {1});
      HadoopFiles.write(files, new Path(run, "_SUCCESS"), new byte[0]);
    }
    assertFalse(CommitScene.wins(run, "no", RunIfExists.OVERWRITE, client));
    assertEquals(Set.of("_SUCCESS", "part-0.parquet"), names(run));
    assertThrows(DataException.class, () -> RunStore.status(run + "/nothing", client));
  }

  @Test
  void anyRequestMayBeTheLast() throws IOException {
    assertTrue(sweep("some", 13) > 6);
  }

  @Test
  @Tag("slow")
  void everyRequestMayBeTheLast() throws IOException {
    assertTrue(sweep("each", 1) > 100);
  }

  /**
   * Kills a first run and an overwrite at every request, or some, in turns before the store has got
   * it and after; returns at how many.
   */
  private static int sweep(String name, int step) throws IOException {
    int points = 0;
    for (boolean first : new boolean[] {true, false}) {
      boolean survived = false;
      for (int i = 1; i < MANY && !survived; i += step) {
        String run = BUCKET + name + "/" + (first ? "first-" : "second-") + i;
        CommitScene scene = new CommitScene(run, client);
        if (!first) {
          CommitScene.attempt(run, "old", client);
        }
        CuttingProxy.Lost lost = i % 2 == 0 ? CuttingProxy.Lost.REQUEST : CuttingProxy.Lost.ANSWER;
        try (CuttingProxy line = CuttingProxy.to(store.port())) {
          line.cutAt(i, lost);
          try {
            CommitScene.attempt(run, "new", ObjectStore.client(line.port()));
          } catch (RunOutputException killed) {
            assertTrue(killed.getMessage().startsWith("Cannot"), killed.getMessage());
          }
          survived = line.requests() < i;
        }
        scene.check(first ? Optional.empty() : Optional.of("old"), "new", run + " " + lost);
        points += scene.points();
      }
      assertTrue(survived, "an attempt that is not killed gets through");
    }
    return points;
  }
}

package org.ridgeline.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ridgeline.base.RunOutputException;

/**
 * A process that is killed at any operation that changes something, on a local disk and on HDFS.
 */
class KilledCommitTest {
  private static final int MANY = 1_000;

  @TempDir Path directory;

  private static Configuration client() {
    return HadoopFiles.configuration(Map.of());
  }

  /** Kills a first run and an overwrite at every operation, or some; returns at how many. */
  private static int sweep(String parent, int step) {
    int points = 0;
    for (boolean first : new boolean[] {true, false}) {
      boolean survived = false;
      for (int i = 1; i < MANY && !survived; i += step) {
        String run = parent + "/" + (first ? "first-" : "second-") + i;
        CommitScene scene = new CommitScene(run, client());
        if (!first) {
          CommitScene.attempt(run, "old", client());
        }
        Configuration dying = client();
        DyingFileSystem.Death death = DyingFileSystem.deathAt(i, dying);
        try {
          CommitScene.attempt(run, "new", dying);
        } catch (RunOutputException killed) {
          assertTrue(killed.getMessage().startsWith("Cannot"), killed.getMessage());
        }
        survived = death.operations() < i;
        scene.check(first ? Optional.empty() : Optional.of("old"), "new", run);
        points += scene.points();
      }
      assertTrue(survived, "an attempt that is not killed gets through");
    }
    return points;
  }

  @Test
  void aLocalDiskHasTheOldRunOrTheNewOne() {
    assertTrue(sweep(directory.toString(), 3) > 20);
  }

  @Test
  @Tag("slow")
  void aLocalDiskHasTheOldRunOrTheNewOneAfterEveryOperation() {
    assertTrue(sweep(directory.toString(), 1) > 60);
  }

  @Test
  void hdfsHasTheOldRunOrTheNewOne() throws IOException {
    assertTrue(sweepHdfs(7) > 8);
  }

  @Test
  @Tag("slow")
  void hdfsHasTheOldRunOrTheNewOneAfterEveryOperation() throws IOException {
    assertTrue(sweepHdfs(1) > 60);
  }

  private int sweepHdfs(int step) throws IOException {
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, directory.toString());
    try (MiniDFSCluster cluster =
        new MiniDFSCluster.Builder(configuration).numDataNodes(1).build()) {
      cluster.waitActive();
      return sweep(cluster.getFileSystem().getUri() + "/runs", step);
    }
  }

  /** Whose process is known not to exist is not waited for. */
  @Test
  void aRunOfAKilledProcessIsTakenOverAtOnce() throws IOException {
    String run = directory.resolve("run").toString();
    Configuration dying = client();
    DyingFileSystem.deathAt(20, dying);
    assertThrows(RunOutputException.class, () -> CommitScene.attempt(run, "killed", dying));
    assertThrows(RunOutputException.class, () -> CommitScene.attempt(run, "early", client()));
    Path sibling = directory.resolve(".run.ridgeline-run");
    try (var entries = java.nio.file.Files.list(sibling)) {
      Path record =
          entries
              .filter(file -> file.getFileName().toString().matches("2.*[.]json"))
              .findFirst()
              .orElseThrow();
      String text = java.nio.file.Files.readString(record);
      String own = "\"pid\": " + ProcessHandle.current().pid();
      assertTrue(text.contains(own), text);
      java.nio.file.Files.writeString(record, text.replace(own, "\"pid\": 4194399"));
    }
    assertEquals(143, RunStore.status(run, client()).statusCode());
    CommitScene.attempt(run, "next", client());
    assertEquals(Optional.of("next"), new CommitScene(run, client()).word());
  }
}

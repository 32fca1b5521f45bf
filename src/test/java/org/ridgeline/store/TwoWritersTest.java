package org.ridgeline.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two runs with one name, at about the same time: one gets through, and all of it is there. */
class TwoWritersTest {
  @TempDir Path directory;

  private static void race(String parent, int pairs, Configuration configuration) throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      for (int i = 0; i < pairs; i++) {
        String run = parent + "/run-" + i;
        int lead = random.nextInt(30);
        Future<Boolean> one =
            pool.submit(() -> CommitScene.wins(run, "one", RunIfExists.FAIL, configuration));
        Thread.sleep(lead);
        Future<Boolean> two =
            pool.submit(() -> CommitScene.wins(run, "two", RunIfExists.FAIL, configuration));
        boolean first = one.get();
        assertEquals(!first, two.get(), () -> "exactly one, at " + lead + " ms");
        assertEquals(
            Optional.of(first ? "one" : "two"), new CommitScene(run, configuration).word());
      }
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void oneOfTwoWinsOnALocalDisk() throws Exception {
    race(directory.toString(), 50, HadoopFiles.configuration(Map.of()));
    try (var entries = Files.list(directory)) {
      List<String> left = entries.map(f -> f.getFileName().toString()).sorted().toList();
      assertEquals(50, left.size(), left::toString);
    }
  }

  @Test
  void oneOfTwoWinsOnAnObjectStore() throws Exception {
    raceOnAnObjectStore(8);
  }

  @Test
  @Tag("slow")
  void oneOfManyTwosWinsOnAnObjectStore() throws Exception {
    raceOnAnObjectStore(50);
  }

  private static void raceOnAnObjectStore(int pairs) throws Exception {
    try (ObjectStore store = ObjectStore.start();
        CuttingProxy line = CuttingProxy.to(store.port())) {
      race("s3a://" + ObjectStore.BUCKET + "/pairs", pairs, ObjectStore.client(line.port()));
      assertTrue(line.requests() > 100);
    }
  }
}

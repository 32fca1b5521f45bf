package org.ridgeline.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.ridgeline.Launched;

/** How a command ends as an application in cluster mode on a real YARN, with the shipped jar. */
@EnabledOnOs(OS.LINUX)
class YarnIT {
  private static final String INPUT =
      Path.of("data-samples/diabetes.csv").toAbsolutePath().toString();

  @TempDir static Path directory;
  private static YarnCluster cluster;

  @BeforeAll
  static void start() throws IOException {
    cluster = YarnCluster.start(directory);
  }

  @AfterAll
  static void stop() throws IOException {
    cluster.close();
  }

  private static Launched fit(String name, String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of("fit", "--input", INPUT, "--label"));
    all.addAll(List.of(words));
    return cluster.submit(name, all.toArray(String[]::new));
  }

  /** A table whose two features differ in the eighth digit. */
  private static String nearlyEqual() throws IOException {
    StringBuilder rows = new StringBuilder("x,z,y\n");
    for (int i = 0; i < 50; i++) {
      double x = Math.sin(i);
      rows.append(x + "," + (x + 1e-8 * Math.cos(3 * i)) + "," + Math.cos(i) + "\n");
    }
    return Files.writeString(directory.resolve("near.csv"), rows).toString();
  }

  /** One attempt, which ended so; the launcher has the code of the command. */
  private static void assertEnded(int code, String name, Launched launcher) throws Exception {
    int launched = launcher.code();
    YarnCluster.Ended ended = cluster.ended(name);
    assertEquals(1, ended.attempts(), name);
    assertEquals(code == 0, ended.state().equals("FINISHED SUCCEEDED"), ended::state);
    assertEquals(code, launched, launcher::said);
  }

  @Test
  void aGoodRunSucceedsOnceAndABadOneFailsOnceWithItsCode() throws Exception {
    String run = directory.resolve("runs/good").toString();
    try (Launched good = fit("good", "progression", "--out", run);
        Launched bad = fit("bad", "nothing")) {
      assertEnded(0, "good", good);
      assertEnded(3, "bad", bad);
    }
  }

  @Test
  @Tag("slow")
  void everyCodeArrivesAsItself() throws Exception {
    String run = directory.resolve("runs/all").toString();
    try (Launched gate = fit("gate", "progression", "--out", run, "--fail-if", "r2<0.99")) {
      assertEnded(7, "gate", gate);
    }
    try (Launched exists = fit("exists", "progression", "--out", run);
        Launched skipped = fit("skipped", "progression", "--out", run, "--if-exists", "skip")) {
      assertEnded(4, "exists", exists);
      assertEnded(7, "skipped", skipped);
    }
    String good = directory.resolve("runs/again").toString();
    try (Launched first = fit("first", "progression", "--out", good)) {
      assertEnded(0, "first", first);
    }
    try (Launched usage = fit("usage", "progression", "--frob");
        Launched again = fit("again", "progression", "--out", good, "--if-exists", "skip")) {
      assertEnded(2, "usage", usage);
      assertEnded(0, "again", again);
    }
    try (Launched wide = fit("wide", "progression", "--map", "rff", "--width", "60000");
        Launched singular =
            cluster.submit(
                "singular", "fit", "--input", nearlyEqual(), "--label", "y", "--lambda", "0")) {
      assertEnded(5, "wide", wide);
      assertEnded(6, "singular", singular);
    }
  }
}

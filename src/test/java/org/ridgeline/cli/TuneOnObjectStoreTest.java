package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.RuntimeConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.ridgeline.base.Sha256;
import org.ridgeline.spark.SparkTest;
import org.ridgeline.store.CuttingProxy;
import org.ridgeline.store.ObjectStore;

/**
 * Whole commands that write to a real S3 endpoint, Spark's own files included, over a line that is
 * cut at one of their requests: what a killed process has sent by then is what the store has got.
 */
@Tag("spark")
class TuneOnObjectStoreTest {
  private static final String BUCKET = "s3a://" + ObjectStore.BUCKET + "/";
  private static final int MANY = 2_000;
  private static ObjectStore store;
  private static Set<Thread> others; // heartbeats of other tests

  @BeforeAll
  static void start() throws Exception {
    store = ObjectStore.start();
    others = heartbeats();
  }

  @AfterAll
  static void stop() throws IOException {
    RuntimeConfig conf = SparkTest.session().conf();
    ObjectStore.settings(0).keySet().forEach(conf::unset);
    store.close();
  }

  private static CliRun command(int port, String... words) throws IOException {
    Map<String, String> properties = new TreeMap<>();
    ObjectStore.settings(port)
        .forEach(
            (key, value) -> {
              SparkTest.session().conf().set(key, value); // for what Spark reads and writes
              properties.put("spark.hadoop." + key, value);
            });
    CliRun run = CliRun.with(properties, words);
    FileSystem.get(URI.create(BUCKET), ObjectStore.client(port)).close(); // a line is used once
    return run;
  }

  private static CliRun tune(int port, String run, String lambda) throws IOException {
    return command(
        port,
        "tune",
        "--input",
        CliRun.SAMPLES.resolve("diabetes.csv").toString(),
        "--label",
        "progression",
        "--lambda",
        lambda,
        "--out",
        run,
        "--if-exists",
        "overwrite");
  }

  private static byte[] read(FileSystem files, Path file) throws IOException {
    try (InputStream in = files.open(file)) {
      return in.readAllBytes();
    }
  }

  /** The lambda of the run that is there, if there is one, every file of it checked here. */
  private static OptionalDouble lambda(String run) throws IOException {
    ObjectMapper json = new ObjectMapper();
    Configuration client = ObjectStore.client(store.port());
    try (FileSystem files = FileSystem.newInstance(URI.create(run), client)) {
      String id;
      try {
        id = json.readTree(read(files, new Path(run, "_current.json"))).get("id").asText();
      } catch (FileNotFoundException none) {
        return OptionalDouble.empty();
      }
      Path folder = new Path(run + "/_runs/" + id);
      JsonNode manifest = json.readTree(read(files, new Path(folder, "_manifest.json")));
      List<String> names = new ArrayList<>();
      for (JsonNode file : manifest.get("files")) {
        String name = file.get("name").asText();
        byte[] content = read(files, new Path(folder, name));
        assertEquals(file.get("length").asLong(), content.length, name);
        assertEquals(file.get("sha256").asText(), Sha256.of(content), name);
        names.add(name);
      }
      assertTrue(names.contains("model.json"), names::toString);
      assertTrue(names.stream().anyMatch(name -> name.startsWith("moments/")), names::toString);
      assertTrue(names.stream().anyMatch(name -> name.startsWith("model/data/")), names::toString);
      double ofModel =
          json.readTree(read(files, new Path(folder, "model.json"))).at("/lambda/0").asDouble();
      JsonNode report = json.readTree(read(files, new Path(folder, "report.json")));
      assertEquals(ofModel, report.at("/targets/progression/lambda/sum").asDouble());
      return OptionalDouble.of(ofModel);
    }
  }

  @Test
  void aRunOnAnObjectStoreIsUsedAsAnyOther() throws IOException {
    String run = BUCKET + "used/run";
    CliRun first = tune(store.port(), run, "1");
    assertEquals(0, first.code(), first.err());
    CliRun second = tune(store.port(), run, "2");
    assertEquals(0, second.code(), second.err());
    assertEquals(OptionalDouble.of(2), lambda(run));
    assertEquals(0, command(store.port(), "status", run).code());
    String data = CliRun.SAMPLES.resolve("diabetes.csv").toString();
    CliRun scored =
        command(
            store.port(), "predict", "--model", run, "--input", data, "--out", BUCKET + "used/p");
    assertEquals(0, scored.code(), scored.err());
    CliRun errors = command(store.port(), "evaluate", "--model", run, "--input", data);
    assertEquals(0, errors.code(), errors.err());
    CliRun solved =
        command(store.port(), "moments", "solve", run, "--lambda", "3", "--out", BUCKET + "used/s");
    assertEquals(0, solved.code(), solved.err());
    assertEquals(0, command(store.port(), "report", run).code());
  }

  @Test
  void someRequestsMayBeTheLast() throws IOException {
    assertTrue(sweep("some", 97) > 3);
  }

  @Test
  @Tag("slow")
  void everyRequestMayBeTheLast() throws IOException {
    int points = sweep("each", 1);
    assertTrue(points > 200, points + " points");
  }

  /**
   * Kills a first run and one that is to replace another at every request, or some, in turns before
   * the store has got it and after; returns at how many.
   */
  private static int sweep(String name, int step) throws IOException {
    int points = 0;
    for (boolean first : new boolean[] {true, false}) {
      boolean survived = false;
      for (int i = 1; i < MANY && !survived; i += step) {
        String run = BUCKET + name + "/" + (first ? "first-" : "second-") + i;
        if (!first) {
          assertEquals(0, tune(store.port(), run, "1").code());
        }
        CliRun killed;
        try (CuttingProxy line = CuttingProxy.to(store.port())) {
          line.cutAt(i, i % 2 == 0 ? CuttingProxy.Lost.REQUEST : CuttingProxy.Lost.ANSWER);
          killed = tune(line.port(), run, "2");
          survived = line.requests() < i;
        }
        check(first ? OptionalDouble.empty() : OptionalDouble.of(1), killed, survived, run);
        points++;
      }
      assertTrue(survived, "a run that is not killed gets through");
    }
    return points;
  }

  private static Set<Thread> heartbeats() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("ridgeline-heartbeat"))
        .collect(Collectors.toSet());
  }

  private static void check(OptionalDouble old, CliRun killed, boolean survived, String run)
      throws IOException {
    OptionalDouble seen = lambda(run);
    assertTrue(seen.equals(old) || seen.equals(OptionalDouble.of(2)), () -> run + " has " + seen);
    if (survived) {
      assertEquals(0, killed.code(), killed.err());
    } else if (killed.code() != 0) {
      assertNotEquals(1, killed.code(), killed.err());
      assertTrue(!killed.err().contains("\tat "), killed.err());
    }
    assertTrue(others.containsAll(heartbeats()), "a run that has ended gives no sign of life");
    boolean finished = store.isFinished(run);
    OptionalDouble after = lambda(run);
    assertTrue(after.equals(seen) || after.equals(OptionalDouble.of(2)), () -> run + " lost it");
    assertEquals(after.isPresent(), finished, run);
  }
}

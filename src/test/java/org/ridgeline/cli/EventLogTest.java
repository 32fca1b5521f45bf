package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ridgeline.Launched;

/** What Spark's event log says about a day's commands, and what must not be in it. */
@Tag("spark")
class EventLogTest {
  private static final String SECRET = "hush-8d1f";

  @TempDir static Path directory;
  private static Launched scene;
  private static final Map<String, List<JsonNode>> JOBS = new TreeMap<>();

  /** Runs several commands one after the other in one JVM, each with a session of its own. */
  static final class Day {
    private Day() {}

    public static void main(String[] args) {
      int worst = 0;
      for (String line : args) {
        worst = Math.max(worst, Main.run(System.out, System.err, line.split(" ")));
      }
      System.exit(worst);
    }
  }

  @BeforeAll
  static void runTheDay() throws Exception {
    Path data = directory.resolve("data.csv");
    StringBuilder csv = new StringBuilder("city,x,z,y\n");
    for (int i = 0; i < 60; i++) {
      csv.append(i % 3 == 0 ? "Oslo," : "Rome,").append(Math.sin(i)).append(',').append(i % 7);
      csv.append(',').append(2 * Math.sin(i) + i % 7 + 0.1 * Math.cos(3 * i)).append('\n');
    }
    Files.writeString(data, csv);
    String train = " --input " + data + " --label y --categorical city --progress";
    String run = " --model " + directory.resolve("run") + " --input " + data;
    Path file =
        Files.writeString(directory.resolve("tune.conf"), "option.dbPassword = ${MY_PASSWORD}\n");
    List<String> day =
        List.of(
            "plan" + train,
            "tune"
                + train
                + " --exact-residuals --out "
                + directory.resolve("run")
                + " --option myPassword="
                + SECRET
                + " --config "
                + file,
            "fit" + train + " --select loo --refinements 1",
            "tune" + train + " --map rff --width 600 --length-scale 1",
            "evaluate" + run + " --label y --progress",
            "predict" + run + " --out " + directory.resolve("scored") + " --progress");
    Path log = Files.createDirectory(directory.resolve("events"));
    scene =
        Launched.start(
            directory,
            Day.class.getName(),
            List.of(
                "-Dspark.master=local[2]",
                "-Dspark.eventLog.enabled=true",
                "-Dspark.eventLog.compress=false",
                "-Dspark.eventLog.rolling.enabled=false",
                "-Dspark.eventLog.dir=" + log.toUri(),
                "-Dspark.ridgeline.option.apiToken=" + SECRET,
                "-Dlog4j2.configurationFile=conf/log4j2.properties"),
            Map.of("MY_PASSWORD", SECRET),
            day);
    assertEquals(0, scene.code(), () -> scene.said());
    try (Stream<Path> files = Files.list(log)) {
      for (Path events : files.toList()) {
        readJobs(events);
      }
    }
  }

  private static void readJobs(Path file) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    String application = "";
    List<JsonNode> jobs = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      JsonNode event = mapper.readTree(line);
      switch (event.get("Event").asText()) {
        case "SparkListenerApplicationStart" -> application = event.get("App Name").asText();
        case "SparkListenerJobStart" -> jobs.add(event.get("Properties"));
        default -> {}
      }
    }
    JOBS.put(application + " " + file.getFileName(), jobs);
  }

  @Test
  void everyJobSaysWhatItIsFor() {
    assertEquals(6, JOBS.size());
    JOBS.forEach(
        (application, jobs) -> {
          assertFalse(jobs.isEmpty(), application);
          for (JsonNode job : jobs) {
            String text = job.path("spark.job.description").asText();
            assertTrue(text.matches("ridgeline: [a-z].*"), application + ": " + text);
          }
        });
  }

  @Test
  void everyPassOverTheDataIsOneJob() {
    Map<String, Integer> passes = new TreeMap<>();
    JOBS.forEach(
        (application, jobs) -> {
          Map<String, Integer> perPass = new TreeMap<>();
          for (JsonNode job : jobs) {
            String pass = job.path("ridgeline.pass").asText();
            assertFalse(pass.isEmpty(), application);
            if (pass.startsWith("DATA ")) {
              perPass.merge(pass, 1, Integer::sum);
            }
          }
          perPass.forEach((pass, count) -> assertEquals(1, count, application + ": " + pass));
          passes.merge(application.split(" ")[1] + " " + perPass.size(), 1, Integer::sum);
        });
    assertEquals(
        Map.of("plan 0", 1, "tune 1", 1, "fit 3", 1, "tune 2", 1, "evaluate 1", 1, "predict 1", 1),
        passes);
  }

  @Test
  void progressIsOnStderrOnly() {
    List<String> lines =
        scene
            .err()
            .lines()
            .filter(line -> line.startsWith("INFO  moments of 3 features:"))
            .toList();
    assertEquals(2, lines.size(), scene::err);
    for (String line : lines) {
      assertTrue(line.matches(".*: 60 rows, [\\d,]+ rows/s, done in \\d\\.\\d s"), line);
    }
    assertTrue(scene.err().contains("INFO  predictions: 60 rows, "), scene::err);
    assertFalse(scene.out().contains("rows/s"), scene::out);
  }

  @Test
  void secretsAreNowhere() throws IOException {
    assertFalse(scene.said().contains(SECRET), scene::said);
    int files = 0;
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertFalse(text.contains(SECRET), () -> "there is a secret in " + file);
        files++;
      }
    }
    assertTrue(files > 15, "the event logs, the run directory, the predictions");
  }
}

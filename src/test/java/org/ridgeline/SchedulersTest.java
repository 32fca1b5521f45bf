package org.ridgeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ridgeline.cli.Main;

/**
 * What is given to schedulers: the cron job with a program that plays its part, the rest by form.
 */
@EnabledOnOs(OS.LINUX)
class SchedulersTest {
  @TempDir Path directory;
  private Path program;

  @BeforeEach
  void makeProgram() throws IOException {
    program = directory.resolve("program");
    Files.writeString(
        program,
        """
        #!/bin/sh
        echo "$@" >>"$SCENE/calls"
        if [ "$1" = status ]; then exit "$STATUS"; fi
        n=$(grep -c '^tune' "$SCENE/calls")
        code=$(echo "$CODES" | cut -d, -f"$n")
        echo "ERROR Something with code $code"
        for last; do case $previous in --out) run=$last ;; esac; previous=$last; done
        if [ "$code" = 0 ] || [ "$code" = 7 ]; then mkdir -p "$run"; touch "$run/_SUCCESS"; fi
        exit "$code"
        """);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Launched nightly(String codes, int status) throws IOException {
    return Launched.start(
        directory,
        List.of("jobs/cron/nightly.sh", directory.resolve("runs").toString(), "--label", "y"),
        Map.of(
            "RIDGELINE",
            program.toString(),
            "SCENE",
            directory.toString(),
            "CODES",
            codes,
            "STATUS",
            Integer.toString(status),
            "RIDGELINE_WAIT",
            "0",
            "RIDGELINE_DAY",
            "2026-01-02"));
  }

  private List<String> calls() throws IOException {
    try (Stream<String> lines = Files.lines(directory.resolve("calls"))) {
      return lines.filter(line -> line.startsWith("tune")).toList();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"0 | 0 | 1", "1,143,0 | 0 | 3", "1,1,1,1 | 1 | 3", "3,0 | 3 | 1", "7 | 7 | 1"})
  void theCronJobTriesAgainWhatMayPass(String codes, int code, int tries) throws Exception {
    Launched nightly = nightly(codes, 3);
    assertEquals(code, nightly.code(), nightly::said);
    assertEquals(tries, calls().size());
    Path run = directory.resolve("runs/2026-01-02");
    assertEquals("tune --label y --out " + run + " --if-exists resume", calls().get(0));
    assertEquals(code == 0, Files.exists(directory.resolve("runs/latest/_SUCCESS")));
    if (code == 0) {
      assertEquals("", nightly.said(), "cron mails what is said");
      assertEquals(0, nightly("9", 0).code(), "a day that is done");
      assertEquals(tries, calls().size());
    } else {
      assertTrue(
          nightly.err().startsWith("nightly: " + run + " ended with " + code + ": ERROR Something"),
          nightly::said);
    }
  }

  @Test
  void theCronJobLeavesARunningRunAlone() throws Exception {
    assertEquals(0, nightly("0", 10).code());
    assertEquals(List.of(), calls());
    assertEquals(
        0,
        Launched.start(directory, List.of("bash", "-n", "jobs/cron/nightly.sh"), Map.of()).code());
  }

  @Test
  void theDagCompiles() throws Exception {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(p -> Files.exists(Path.of(p, "python3"))),
        "there is no python3");
    Path copy = Files.copy(Path.of("jobs/airflow/ridgeline_dag.py"), directory.resolve("dag.py"));
    Launched compiled =
        Launched.start(
            directory, List.of("python3", "-m", "py_compile", copy.toString()), Map.of());
    assertEquals(0, compiled.code(), compiled::said);
  }

  @Test
  void optionsInSchedulerFilesExist() throws IOException {
    ByteArrayOutputStream help = new ByteArrayOutputStream();
    for (String command : List.of("tune", "plan", "predict")) {
      assertEquals(0, Main.run(new PrintStream(help), System.err, command, "--help"));
    }
    List<String> spark = List.of("--master", "--executor-memory");
    for (String file :
        List.of(
            "jobs/k8s/sparkapplication.yaml",
            "jobs/k8s/scheduledsparkapplication.yaml",
            "jobs/airflow/ridgeline_dag.py",
            "jobs/cron/crontab.example")) {
      String text = Files.readString(Path.of(file));
      assertFalse(text.contains("\t"), file);
      List<String> options = new ArrayList<>();
      for (String word : text.split("[^a-z-]+")) {
        if (word.matches("--[a-z-]+") && !spark.contains(word)) {
          options.add(word);
          assertTrue(
              help.toString(StandardCharsets.UTF_8).contains(word + " ")
                  || help.toString(StandardCharsets.UTF_8).contains(word + "="),
              file + ": " + word);
        }
      }
      assertTrue(options.size() >= 2, file);
    }
  }
}

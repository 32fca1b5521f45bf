package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ridgeline.Launched;

/** Signals at several moments of a run: the process and the status of its run have one code. */
@Tag("spark")
@EnabledOnOs(OS.LINUX)
class SignalTest {
  @TempDir Path directory;

  private Launched tune(Path run) throws Exception {
    List<String> words = new ArrayList<>(List.of("tune", "--input", "data-samples/diamonds.csv"));
    words.addAll(List.of("--label", "log_price", "--features", "carat,depth,table,x,y,z"));
    words.addAll(List.of("--map", "rff", "--width", "600", "--length-scale", "1"));
    words.addAll(List.of("--clip", "6", "--out", run.toString()));
    List<String> jvm = List.of("-Dspark.master=local[2]");
    List<String> line = new ArrayList<>(Launched.java(Main.class.getName(), jvm, words));
    // what started the tests may have told its children to ignore them
    line.addAll(0, List.of("env", "--default-signal=INT,HUP,TERM"));
    return Launched.start(directory, line, Map.of("LC_ALL", "C.UTF-8"));
  }

  /** A moment is named by the file that is there from then on. */
  @ParameterizedTest
  @CsvSource({
    "INT, status.json, 130",
    "TERM, status.json, 143",
    "HUP, status.json, 129",
    "INT, checkpoint.json, 130",
    "TERM, checkpoint.json, 143",
    "INT, path.csv, 130"
  })
  void processAndStatusHaveTheCodeOfTheSignal(String signal, String file, int code)
      throws Exception {
    Path run = directory.resolve("run");
    try (Launched tune = tune(run)) {
      awaitFile(tune, file);
      new ProcessBuilder("kill", "-" + signal, Long.toString(tune.process().pid()))
          .start()
          .waitFor();
      int ended = tune.code();
      CliRun status = CliRun.of("status", run.toString());
      assertEquals(ended, status.code(), () -> tune.said() + status.out());
      boolean isTooLate = Files.exists(run);
      assertEquals(isTooLate ? 0 : code, ended, tune::said);
      assertFalse(tune.err().contains("ERROR"), tune::said);
      assertTrue(isTooLate || status.out().contains("interrupted"), status.out());
    }
  }

  private void awaitFile(Launched tune, String file) throws Exception {
    Path sibling = directory.resolve(".run.ridgeline-run");
    while (tune.process().isAlive() && !isThere(sibling, file)) {
      Thread.onSpinWait();
    }
  }

  private static boolean isThere(Path sibling, String file) throws Exception {
    if (!Files.exists(sibling)) {
      return false;
    }
    try (Stream<Path> paths = Files.walk(sibling)) {
      return paths.anyMatch(path -> path.endsWith(file));
    } catch (UncheckedIOException changing) {
      return false;
    }
  }
}

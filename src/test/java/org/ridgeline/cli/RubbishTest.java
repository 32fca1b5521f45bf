package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever comes in: a result or one sentence, an exit code of the table, nothing half done. */
@Tag("spark")
class RubbishTest {
  private static final int CASES = 200;
  private static final long FIRST_SEED = 20_260_100;
  private static final Set<Integer> CODES =
      Set.of(ExitCode.OK, ExitCode.USAGE, ExitCode.DATA, ExitCode.DOES_NOT_FIT, ExitCode.NUMERICAL);

  @TempDir Path directory;

  @Test
  void rubbishEndsInASentence() throws IOException {
    List<String> problems = new ArrayList<>();
    Map<Integer, Integer> codes = new TreeMap<>();
    for (long seed = FIRST_SEED; seed < FIRST_SEED + CASES; seed++) {
      Path place = Files.createDirectory(directory.resolve(Long.toString(seed)));
      List<String> words = new Rubbish(seed, place).words();
      CliRun run = CliRun.of(words.toArray(String[]::new));
      codes.merge(run.code(), 1, Integer::sum);
      try {
        check(run, place, words.get(0));
      } catch (AssertionError e) {
        problems.add(
            "seed "
                + seed
                + ": "
                + e.getMessage()
                + "\n  "
                + brief(words.toString())
                + "\n  "
                + brief(run.out())
                + "\n  "
                + brief(run.err()));
      }
    }
    assertEquals(List.of(), problems);
    assertTrue(codes.get(ExitCode.OK) > CASES / 20, () -> "some must be good: " + codes);
    assertTrue(codes.get(ExitCode.DATA) > CASES / 4, () -> "many must be bad: " + codes);
  }

  private static String brief(String text) {
    return text.length() > 1_000 ? text.substring(0, 1_000) + ".." : text;
  }

  private static void check(CliRun run, Path place, String command) {
    String said = run.out() + run.err();
    assertTrue(CODES.contains(run.code()), "exit code " + run.code());
    assertFalse(said.contains("\tat ") || said.contains("    at "), "a stack trace");
    assertFalse(said.contains("Exception"), "the name of an exception");
    Path out = place.resolve("run");
    if (run.code() != 0) {
      assertEquals(1, run.err().lines().filter(l -> l.startsWith("ERROR ")).count(), "sentences");
      assertTrue(run.error().length() < 20_000, "a very long sentence");
      assertFalse(Files.exists(out), "there is an output");
    }
    if (run.code() != 0 && run.code() != ExitCode.DOES_NOT_FIT) {
      assertEquals("", run.out(), "stdout");
    }
    if (run.code() == 0 && !command.equals("plan")) {
      assertTrue(Files.exists(out.resolve("_SUCCESS")), "no complete output");
    }
  }
}

package org.ridgeline.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.ridgeline.base.DataException;
import org.ridgeline.base.RunOutputException;

/**
 * A small run that is killed at any step, and what is there afterwards. The files of a run all hold
 * its word, so that a mix is seen.
 */
final class CommitScene {
  private static final List<String> FILES =
      List.of("model.json", "report.json", "path.csv", "moments/moments.json");

  private final String run;
  private final Configuration reader;

  /** Points tried so far. */
  private int points;

  CommitScene(String run, Configuration reader) {
    this.run = run;
    this.reader = reader;
  }

  int points() {
    return points;
  }

  /** An attempt in this process; after it is killed, its heart does not beat either. */
  static void attempt(String run, String word, Configuration configuration) {
    attempt(run, word, RunIfExists.OVERWRITE, configuration, Clock.systemUTC());
  }

  private static void attempt(
      String run, String word, RunIfExists ifExists, Configuration configuration, Clock clock) {
    RunDirectory directory = RunDirectory.open(run, ifExists, configuration, clock);
    try {
      for (String file : FILES) {
        directory.write(file, (word + " " + file).getBytes(UTF_8));
      }
      directory.commit(0, Optional.empty());
    } finally {
      directory.forget();
    }
  }

  /** The word of the run that is there, if there is one: every file of it is read. */
  Optional<String> word() {
    List<String> words = new ArrayList<>();
    try (RunReader stored = RunReader.open(run, reader)) {
      if (stored.manifest().isEmpty()) {
        return Optional.empty();
      }
      for (String file : FILES) {
        String[] content = new String(stored.read(file), UTF_8).split(" ");
        assertEquals(file, content[1]);
        words.add(content[0]);
      }
    }
    assertEquals(1, words.stream().distinct().count(), () -> "a mix: " + words);
    return Optional.of(words.get(0));
  }

  /**
   * After a kill: the old run or the new one is there, whole, for readers at once, and after the
   * next command; and the command after that can replace it.
   */
  void check(Optional<String> old, String killed, String where) {
    points++;
    Optional<String> seen = word();
    assertTrue(seen.equals(old) || seen.equals(Optional.of(killed)), () -> where + " left " + seen);
    Clock later = Clock.fixed(Instant.now().plusSeconds(70), ZoneOffset.UTC);
    Optional<RunStatus> finished = RunStore.finished(run, reader, later);
    Optional<String> after = word();
    assertTrue(
        after.equals(seen) || after.equals(Optional.of(killed)),
        () -> where + " left " + seen + ", then " + after);
    assertEquals(after.isPresent(), finished.isPresent(), where);
    statusIsTold(later, where);
    attempt(run, "next", RunIfExists.OVERWRITE, reader, later);
    assertEquals(Optional.of("next"), word(), where);
    assertEquals(0, RunStore.status(run, reader).statusCode(), where);
  }

  private void statusIsTold(Clock later, String where) {
    try {
      int code = RunStore.status(run, reader, later).statusCode();
      assertTrue(code == 0 || code == EndingSignal.TERMINATED, () -> where + " has status " + code);
    } catch (DataException none) {
      assertTrue(none.getMessage().startsWith("There is no run in"), none.getMessage());
    }
  }

  /** Whether an attempt gets through. */
  static boolean wins(String run, String word, RunIfExists ifExists, Configuration configuration) {
    try {
      attempt(run, word, ifExists, configuration, Clock.systemUTC());
      return true;
    } catch (RunOutputException refused) {
      return false;
    }
  }
}

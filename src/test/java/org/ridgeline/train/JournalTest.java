package org.ridgeline.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.ridgeline.Rows;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.spark.PassProgress;

/** Times, warnings and progress. */
class JournalTest {
  /** Keeps everything that it is told. */
  private static final class Told implements Journal.Listener {
    private final List<String> sentences = new ArrayList<>();
    private final List<String> passes = new CopyOnWriteArrayList<>();

    @Override
    public void info(String sentence) {
      sentences.add("info " + sentence);
    }

    @Override
    public void warn(String sentence) {
      sentences.add("warn " + sentence);
    }

    @Override
    public void progress(PassProgress.Snapshot pass) {
      passes.add(pass.name());
    }
  }

  @Test
  void warningsAreKeptAndToldInOrder() {
    Told told = new Told();
    Journal journal = Journal.with(told);
    journal.warn("a");
    journal.info("b");
    journal.warn("a");
    assertEquals(List.of("warn a", "info b", "warn a"), told.sentences);
    assertEquals(List.of("a", "a"), journal.warnings());
    List<String> seen = journal.warnings();
    assertThrows(UnsupportedOperationException.class, () -> seen.add("c"));
  }

  @Test
  void timesOfOneNameAreAddedInTheOrderOfFirstUse() {
    Journal journal = Journal.silent();
    assertEquals(42, journal.time("solve", () -> 42));
    journal.time("write", () -> {});
    double before = journal.seconds().get("solve");
    journal.time("solve", JournalTest::work);
    assertTrue(journal.seconds().get("solve") >= before + 0.002);
    assertEquals(List.of("solve", "write"), List.copyOf(journal.seconds().keySet()));
    assertThrows(UnsupportedOperationException.class, () -> journal.seconds().clear());
  }

  /** Takes three milliseconds of the clock. */
  private static void work() {
    long end = System.nanoTime() + 3_000_000;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  @Test
  void stagesThatFailAreTimedToo() {
    Journal journal = Journal.silent();
    Runnable failing =
        () -> {
          throw new IllegalStateException("no");
        };
    assertThrows(IllegalStateException.class, () -> journal.time("solve", failing));
    assertTrue(journal.seconds().containsKey("solve"));
  }

  @Test
  @Tag("spark")
  void aTrainingTellsItsPlanItsPassAndItsWarnings() {
    Rows rows = Rows.normal(81, 30, 2, 1);
    Told told = new Told();
    TrainSpec spec =
        TrainSpec.tune("y0")
            .with(Tables.columns(rows).withFeatures(List.of()).withFolds(FoldRule.hashed(3, 0)));
    Trainer.of(spec).with(Journal.with(told)).train(Tables.of(rows));
    assertEquals(2, told.sentences.size(), told.sentences.toString());
    assertTrue(told.sentences.get(0).startsWith("info "), told.sentences.toString());
    assertTrue(told.sentences.get(1).startsWith("warn Not used"), told.sentences.toString());
    assertTrue(!told.passes.isEmpty(), told.passes.toString());
  }
}

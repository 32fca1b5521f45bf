package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NextStepTest {
  @Test
  void savedRunIsToldWithTheCommandThatUsesIt() {
    assertEquals(
        Map.of(
            "saved", "runs/a: report.json, path.csv, coefficients.csv, model.json",
            "report", "runs/a/report.html",
            "next", "jobs/ridgeline predict --model runs/a --input NEW.csv --out PREDICTIONS"),
        NextStep.ending(Optional.of("runs/a")));
  }

  @Test
  void withoutDirectoryNothingIsSaved() {
    assertEquals(
        Map.of("saved", "nothing: add --out DIR to keep the model and the whole path"),
        NextStep.ending(Optional.empty()));
    assertEquals("", NextStep.predict(""));
    assertFalse(NextStep.predict("runs/token=hunter2").contains("hunter2"));
  }

  @Test
  void namesAreQuotedForTheShell() {
    assertEquals(
        "jobs/ridgeline predict --model 'my run'\\''s' --input NEW.csv --out PREDICTIONS",
        NextStep.predict("my run's"));
  }
}

package org.ridgeline.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ridgeline.select.Splits;

/** What a user sees first, whole; the files hold the text as it should be. */
class SummaryTextTest {
  private static final Path GOLDEN = Path.of("src/test/resources/summary");

  private static void assertGolden(String name, String text) throws IOException {
    assertEquals(Files.readString(GOLDEN.resolve(name)), text);
  }

  @Test
  void tuneIsToldOnOneScreen() throws IOException {
    assertGolden(
        "tune.txt",
        SummaryText.of(TinyRun.report(2), "tiny.csv", Map.of("next", "what the caller says")));
  }

  @Test
  void fitIsToldWithoutFoldsAndWithoutDirectory() throws IOException {
    assertGolden("fit.txt", SummaryText.of(TinyRun.report(1), "tiny.csv", Map.of()));
  }

  @Test
  void meanPredictorIsScoredLikeTheModels() {
    double sum = 0;
    for (int f = 0; f < 2; f++) {
      double training = 0;
      for (int i = 1 - f; i < 8; i += 2) {
        training += TinyRun.ROWS[i][2] / 4;
      }
      for (int i = f; i < 8; i += 2) {
        sum += (TinyRun.ROWS[i][2] - training) * (TinyRun.ROWS[i][2] - training) / 4;
      }
    }
    assertEquals(sum / 2, MeanPredictor.cvMse(TinyRun.moments(2), Splits.kFold(2), 0), 1e-12);
  }
}

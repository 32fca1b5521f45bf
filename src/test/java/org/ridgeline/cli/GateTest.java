package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ridgeline.report.TargetResult;

class GateTest {
  private static final Set<String> METRICS = Set.of("r2");

  private static boolean closes(String test, double value) {
    return Gate.parse(test, METRICS).closes(Map.of("y", Map.of("r2", value))).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "r2<0.3, 0.2, true",
    "r2<0.3, 0.3, false",
    "r2 <= 0.3, 0.3, true",
    "r2>1e-1, 0.2, true",
    "r2>.2, 0.2, false",
    "r2>=-2., -2, true",
    "r2<0.3, NaN, true",
    "r2>0.3, NaN, true"
  })
  void comparesAndClosesOnNaN(String test, double value, boolean closed) {
    assertEquals(closed, closes(test, value));
  }

  @Test
  void saysWhichTargetMissedIt() {
    assertEquals(
        Optional.of("The quality gate is missed: r2 of b is 0.1, and --fail-if says r2<0.3"),
        Gate.parse("r2<0.3", METRICS)
            .closes(new TreeMap<>(Map.of("a", Map.of("r2", 0.5), "b", Map.of("r2", 0.1)))));
  }

  @ParameterizedTest
  @CsvSource({"r2", "r2<", "r2=3", "r2<a", "r2<1.2.3", "<3"})
  void refusesWhatIsNoTest(String test) {
    assertEquals(
        "Cannot read --fail-if '"
            + test
            + "': write a metric, then <, <=, > or >=, then a number, such as r2<0.3",
        assertThrows(IllegalArgumentException.class, () -> Gate.parse(test, METRICS)).getMessage());
  }

  @Test
  void refusesUnknownMetrics() {
    assertEquals(
        "Cannot test 'R2' in --fail-if: this run has r2; did you mean r2?",
        assertThrows(IllegalArgumentException.class, () -> Gate.parse("R2<1", METRICS))
            .getMessage());
  }

  @Test
  void errorsOfTrainingRowsAreAskedForByName() {
    assertEquals(
        "Cannot test 'r2' in --fail-if: it is of rows held out, and this run holds none out; use"
            + " tune, give --folds, or test train_r2",
        assertThrows(
                IllegalArgumentException.class,
                () -> Gate.parse("r2<0.3", TargetResult.metricNames(false, false)))
            .getMessage());
    assertEquals("r2", Gate.parse("r2<0.3", TargetResult.metricNames(true, false)).metric());
    assertEquals(
        "train_r2", Gate.parse("train_r2<0.3", TargetResult.metricNames(false, false)).metric());
  }

  @ParameterizedTest
  @CsvSource({"nested_mse", "nested_se", "nested_rmse", "optimism"})
  void metricsOfNestedFoldsNameTheirOption(String metric) {
    for (boolean folds : new boolean[] {true, false}) {
      assertEquals(
          "Cannot test '" + metric + "' in --fail-if: it needs --nested",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> Gate.parse(metric + ">0.1", TargetResult.metricNames(folds, false)))
              .getMessage());
    }
    assertEquals(
        metric, Gate.parse(metric + ">0.1", TargetResult.metricNames(true, true)).metric());
    assertEquals(
        "Cannot test '" + metric + "' in --fail-if: this run has r2",
        assertThrows(IllegalArgumentException.class, () -> Gate.parse(metric + ">0", METRICS))
            .getMessage()
            .replaceFirst(";.*", ""));
  }
}

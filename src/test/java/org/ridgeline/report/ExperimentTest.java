package org.ridgeline.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ExperimentTest {
  private static final double INFINITE = Double.POSITIVE_INFINITY;

  private static RiskCurve.Point point(int size, double mse, double theory) {
    return new RiskCurve.Point(size, mse, 0.25, theory, OptionalDouble.empty());
  }

  private static final Experiment ROWS =
      new Experiment(
          "rows",
          "More <rows>",
          "What was done.",
          "rows",
          40,
          List.of(
              new RiskCurve(
                  0, List.of(point(20, 3, 3.1), point(40, 90, INFINITE), point(80, 2, 1.9))),
              new RiskCurve(
                  2,
                  List.of(
                      new RiskCurve.Point(20, 2, 0.125, 2.0625, OptionalDouble.of(2.25)),
                      point(40, 1.5, 1.5),
                      point(80, 1.25, 1.25)))));

  static byte[] page() {
    return ExperimentHtml.of("An experiment", Map.of("Draws", "12"), List.of(ROWS));
  }

  @Test
  void numbersAreInTheCsv() {
    assertEquals(
        """
        experiment,lambda,size,mse,mse_se,theory,foretold
        rows,0.0,20.0,3.0,0.25,3.1,
        rows,0.0,40.0,90.0,0.25,,
        rows,0.0,80.0,2.0,0.25,1.9,
        rows,2.0,20.0,2.0,0.125,2.0625,2.25
        rows,2.0,40.0,1.5,0.25,1.5,
        rows,2.0,80.0,1.25,0.25,1.25,
        """,
        new String(ExperimentCsv.of(List.of(ROWS)), StandardCharsets.UTF_8));
  }

  @Test
  void theConsoleHasMeasuredErrorsBesideTheory() {
    assertEquals(
        """
        More <rows>
          rows  MSE at lambda 0  +- SE  theory    MSE at lambda 2  +- SE  theory  foretold
            20            3.000  0.250  3.100               2.000  0.125   2.063     2.250
            40           90.000  0.250  infinite            1.500  0.250   1.500         -
            80            2.000  0.250  1.900               1.250  0.250   1.250         -

        """,
        ExperimentText.of(List.of(ROWS)));
  }

  @Test
  void thePageHasTheNumbersWithoutScripts() {
    String page = new String(page(), StandardCharsets.UTF_8);
    assertTrue(page.contains("<h1>An experiment</h1>"));
    assertTrue(page.contains("<li><span>Draws</span> 12</li>"));
    assertTrue(page.contains("More &lt;rows&gt;") && page.contains("<td>90.000</td>"));
    assertTrue(page.contains("data-target=\"0\" data-plot=\"experiment\""));
    assertTrue(page.contains("[40.0,90.0,0.25,null,null]"), "what is infinite is not drawn");
  }
}

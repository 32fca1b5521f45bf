package org.ridgeline.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ridgeline.infer.CoefficientErrors;
import org.ridgeline.select.FoldScores;
import org.ridgeline.select.TargetTuning;
import org.ridgeline.select.TuningResult;

class PathCsvTest {
  private static List<String> lines(byte[] csv) {
    return new String(csv, StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void cellsReadBackAsTheNumbersOfTheCore() {
    List<String> lines = lines(PathCsv.of(TinyRun.report(2)));
    assertEquals(
        "target,lambda,df,rss,train_mse,gcv,loo_mse,aic,bic,sure,log_evidence,cv_mse,cv_se,"
            + "cv_mse_pooled,fold_0,fold_1,is_min,is_1se,selected",
        lines.get(0));
    assertEquals(5, lines.size());
    TuningResult tuned = TinyRun.tuned(2);
    TargetTuning target = tuned.target(0);
    FoldScores scores = target.scores().orElseThrow();
    for (int l = 0; l < 4; l++) {
      String[] cells = lines.get(l + 1).split(",", -1);
      double[] expected = {
        target.path().lambdas().get(l),
        target.path().df().get(l),
        target.path().rss().get(l),
        target.path().rss().get(l) / 8,
        target.criteria().gcv().get(l)
      };
      for (int c = 0; c < expected.length; c++) {
        assertEquals(expected[c], Double.parseDouble(cells[c + 1]), 0.0);
      }
      double[] heldOut = {
        scores.mean(l),
        scores.standardError(l),
        scores.pooled(l),
        scores.meanSquare(l, 0),
        scores.meanSquare(l, 1)
      };
      for (int c = 0; c < heldOut.length; c++) {
        assertEquals(heldOut[c], Double.parseDouble(cells[c + 11]), 0.0);
      }
      assertEquals(l == target.selection().chosen(), Boolean.parseBoolean(cells[18]));
      assertEquals(
          l == target.selection().minimum().orElseThrow(), Boolean.parseBoolean(cells[16]));
    }
  }

  @Test
  void withoutFoldsTheirCellsAreEmptyAndTheirColumnsAbsent() {
    List<String> lines = lines(PathCsv.of(TinyRun.report(1)));
    assertEquals(
        "target,lambda,df,rss,train_mse,gcv,loo_mse,aic,bic,sure,log_evidence,cv_mse,cv_se,"
            + "cv_mse_pooled,is_min,is_1se,selected",
        lines.get(0));
    for (String line : lines.subList(1, 5)) {
      assertEquals(17, line.split(",", -1).length);
      assertTrue(line.matches("y(,[^,]+){5},(,[^,]+){4},{6}(true|false)"), line);
    }
  }

  @Test
  void coefficientsQuoteNamesByTheStandard() {
    List<String> lines = lines(CoefficientsCsv.of(TinyRun.report(2)));
    assertEquals(
        "target,feature,coefficient,standardized,posterior_sd,standard_error", lines.get(0));
    TargetTuning target = TinyRun.tuned(2).target(0);
    assertTrue(
        lines
            .get(1)
            .matches("y,\\(intercept\\)," + CsvText.decimal(target.intercept()) + ",,[^,]+,[^,]+"),
        lines.get(1));
    double slope = target.coefficients().get(1);
    double scale = TinyRun.tuned(2).problem().scales().get(1);
    CoefficientErrors errors =
        TinyRun.report(2).targets().get(0).inference().orElseThrow().errors();
    assertEquals(
        "y,\"say \"\"x,1\"\"\","
            + CsvText.decimal(slope)
            + ","
            + CsvText.decimal(slope * scale)
            + ","
            + CsvText.decimal(errors.posteriorSd().get(1))
            + ","
            + CsvText.decimal(errors.standardError().get(1)),
        lines.get(3));
  }
}

package org.ridgeline.report;

import static java.lang.Double.NaN;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.ridgeline.select.FoldScores;

/** {@code path.csv}: a row per target and lambda shown, in grid order. */
public final class PathCsv {
  private static final List<String> FRONT =
      List.of(
          "target",
          "lambda",
          "df",
          "rss",
          "train_mse",
          "gcv",
          "loo_mse",
          "aic",
          "bic",
          "sure",
          "log_evidence",
          "cv_mse",
          "cv_se",
          "cv_mse_pooled");

  private PathCsv() {}

  /** Returns the file. */
  public static byte[] of(RunReport run) {
    int folds =
        run.targets().stream()
            .map(TargetResult::scores)
            .flatMap(Optional::stream)
            .mapToInt(FoldScores::folds)
            .findFirst()
            .orElse(0);
    CsvText csv = new CsvText().texts(FRONT);
    for (int f = 0; f < folds; f++) {
      csv.text("fold_" + f);
    }
    csv.texts(List.of("is_min", "is_1se", "selected")).end();
    for (TargetResult target : run.targets()) {
      for (int l = target.tuned().grid().from(); l < target.tuned().grid().to(); l++) {
        addRow(csv, target, l);
      }
    }
    return csv.bytes();
  }

  private static void addRow(CsvText csv, TargetResult target, int l) {
    csv.text(target.name())
        .number(target.path().lambdas().get(l))
        .number(target.path().df().get(l))
        .number(target.path().rss().get(l))
        .number(target.trainMse(l))
        .number(target.tuned().criteria().gcv().get(l))
        .number(target.tuned().leaveOneOut().map(loo -> loo.meanSquare().get(l)).orElse(NaN))
        .number(target.tuned().criteria().aic().get(l))
        .number(target.tuned().criteria().bic().get(l))
        .number(target.tuned().criteria().sure().get(l))
        .number(target.tuned().criteria().logEvidence().get(l));
    if (target.scores().isPresent()) {
      FoldScores scores = target.scores().get();
      csv.number(scores.mean(l)).number(scores.standardError(l)).number(scores.pooled(l));
      for (int f = 0; f < scores.folds(); f++) {
        csv.number(scores.meanSquare(l, f));
      }
    } else {
      csv.empty(3);
    }
    mark(csv, target.tuned().selection().minimum(), l);
    mark(csv, target.tuned().selection().oneStandardError(), l);
    csv.flag(l == target.chosen()).end();
  }

  private static void mark(CsvText csv, OptionalInt marked, int l) {
    if (marked.isPresent()) {
      csv.flag(marked.getAsInt() == l);
    } else {
      csv.empty(1);
    }
  }
}

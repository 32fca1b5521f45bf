package org.ridgeline.report;

import static java.lang.Double.NaN;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.ridgeline.ridge.RidgePath;
import org.ridgeline.select.FoldScores;
import org.ridgeline.select.MapSetting;
import org.ridgeline.select.Selection;
import org.ridgeline.select.Surface;
import org.ridgeline.select.SurfacePoint;
import org.ridgeline.select.TunedTarget;

/**
 * {@code path.csv}: a row per target and lambda shown, in grid order; with a feature map, per
 * target, map setting and lambda. Of all rows of a target, one is the minimum, one is selected.
 */
public final class PathCsv {
  private static final List<String> MAP = List.of("map", "width", "length_scale");

  /** The columns of numbers that every path has, in order. */
  public static final List<String> NUMBERS =
      List.of(
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

  /** The columns of marks. */
  public static final List<String> MARKS = List.of("is_min", "is_1se", "selected");

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
    CsvText csv = new CsvText().text("target");
    run.map().ifPresent(map -> csv.texts(MAP));
    csv.texts(NUMBERS);
    for (int f = 0; f < folds; f++) {
      csv.text("fold_" + f);
    }
    csv.texts(MARKS).end();
    for (int t = 0; t < run.targets().size(); t++) {
      TargetResult target = run.targets().get(t);
      if (run.map().isPresent()) {
        addSurface(csv, target, t, run.map().get().surface());
      } else {
        Rows rows = new Rows(target, target.tuned(), Optional.empty());
        rows.add(csv, true, true);
      }
    }
    return csv.bytes();
  }

  private static void addSurface(CsvText csv, TargetResult target, int t, Surface surface) {
    Surface.Choice choice = surface.choices().get(t);
    for (int i = 0; i < surface.points().size(); i++) {
      SurfacePoint point = surface.points().get(i);
      Rows rows = new Rows(target, point.target(t), Optional.of(point.setting()));
      rows.add(csv, choice.minimum().orElse(-1) == i, choice.setting() == i);
    }
  }

  /** The rows of one target at one map setting, or without a map. */
  private record Rows(TargetResult result, TunedTarget tuned, Optional<MapSetting> setting) {

    /**
     * Adds them.
     *
     * @param holdsMinimum whether the smallest {@code cv_mse} of the target is here
     * @param holdsChosen whether the selected model is here
     */
    void add(CsvText csv, boolean holdsMinimum, boolean holdsChosen) {
      Selection selection = tuned.selection();
      for (int l = tuned.grid().from(); l < tuned.grid().to(); l++) {
        front(csv, l);
        scores(csv, l);
        mark(csv, selection.minimum(), l, holdsMinimum);
        mark(csv, selection.oneStandardError(), l, holdsMinimum);
        csv.flag(holdsChosen && l == selection.chosen()).end();
      }
    }

    private void front(CsvText csv, int l) {
      csv.text(result.name());
      setting.ifPresent(
          map -> {
            csv.text(map.map()).text(Integer.toString(map.width()));
            csv.number(map.lengthScale().orElse(NaN));
          });
      RidgePath path = tuned.path();
      csv.number(path.lambdas().get(l))
          .number(path.df().get(l))
          .number(path.rss().get(l))
          .number(path.rss().get(l) / result.weightSum())
          .number(tuned.criteria().gcv().get(l))
          .number(tuned.leaveOneOut().map(loo -> loo.meanSquare().get(l)).orElse(NaN))
          .number(tuned.criteria().aic().get(l))
          .number(tuned.criteria().bic().get(l))
          .number(tuned.criteria().sure().get(l))
          .number(tuned.criteria().logEvidence().get(l));
    }

    private void scores(CsvText csv, int l) {
      if (tuned.scores().isEmpty()) {
        csv.empty(3);
        return;
      }
      FoldScores scores = tuned.scores().get();
      csv.number(scores.mean(l)).number(scores.standardError(l)).number(scores.pooled(l));
      for (int f = 0; f < scores.folds(); f++) {
        csv.number(scores.meanSquare(l, f));
      }
    }

    private static void mark(CsvText csv, OptionalInt marked, int l, boolean isHere) {
      if (marked.isPresent()) {
        csv.flag(isHere && marked.getAsInt() == l);
      } else {
        csv.empty(1);
      }
    }
  }
}

package org.ridgeline.report;

import static java.lang.Double.NaN;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ridgeline.select.FoldScores;
import org.ridgeline.select.MapSetting;
import org.ridgeline.select.Surface;
import org.ridgeline.select.SurfacePoint;
import org.ridgeline.select.TargetTuning;

/**
 * {@code path.csv}: a row per target and lambda shown, in grid order; with a feature map, per
 * target, map setting and lambda. Of all rows of a target, one is the minimum, one is selected.
 */
public final class PathCsv {
  private static final List<String> MAP = List.of("map", "width", "length_scale");

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
    csv.texts(PathRow.NUMBERS);
    for (int f = 0; f < folds; f++) {
      csv.text("fold_" + f);
    }
    csv.texts(PathRow.MARKS).end();
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
  private record Rows(TargetResult result, TargetTuning tuned, Optional<MapSetting> setting) {

    /**
     * Adds them.
     *
     * @param holdsMinimum whether the smallest {@code cv_mse} of the target is here
     * @param holdsChosen whether the selected model is here
     */
    void add(CsvText csv, boolean holdsMinimum, boolean holdsChosen) {
      for (int l = tuned.grid().from(); l < tuned.grid().to(); l++) {
        PathRow row = new PathRow(tuned, result.weightSum(), l);
        csv.text(result.name());
        setting.ifPresent(map -> front(csv, map));
        Arrays.stream(row.numbers()).forEach(csv::number);
        folds(csv, l);
        List<Optional<Boolean>> marks = row.marks();
        mark(csv, marks.get(0), holdsMinimum);
        mark(csv, marks.get(1), holdsMinimum);
        mark(csv, marks.get(2), holdsChosen);
        csv.end();
      }
    }

    private static void front(CsvText csv, MapSetting map) {
      csv.text(map.map()).text(Integer.toString(map.width()));
      csv.number(map.lengthScale().orElse(NaN));
    }

    private void folds(CsvText csv, int l) {
      for (int f = 0; f < tuned.scores().map(FoldScores::folds).orElse(0); f++) {
        csv.number(tuned.scores().get().meanSquare(l, f));
      }
    }

    private static void mark(CsvText csv, Optional<Boolean> marked, boolean isHere) {
      if (marked.isPresent()) {
        csv.flag(isHere && marked.get());
      } else {
        csv.empty(1);
      }
    }
  }
}

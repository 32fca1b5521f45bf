package org.ridgeline.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.ridgeline.features.MapDescription;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.report.MapReport;
import org.ridgeline.select.FoldExecutor;
import org.ridgeline.select.Rule;
import org.ridgeline.select.Surface;
import org.ridgeline.select.Tuned;
import org.ridgeline.select.Tuning;
import org.ridgeline.spark.Collected;
import org.ridgeline.spark.Design;
import org.ridgeline.spark.MomentsJob;
import org.ridgeline.spark.PassMeter;

/**
 * A training with a feature map: a pre-pass over the inputs, one pass for the moments of the widest
 * map at every length scale, then every setting in turn.
 *
 * @param context times and warnings
 * @param options what was asked, its widths known
 * @param rows the data
 * @param design its columns
 * @param meter counts the passes
 */
record MapTraining(
    RunContext context, TrainOptions options, Dataset<Row> rows, Design design, PassMeter meter) {

  Training run(FoldExecutor executor) {
    MapOptions map = options.fit().map().orElseThrow();
    PreparedMaps prepared =
        context.time(
            "map inputs",
            () -> PreparedMaps.of(map, rows, design, options.read().onInvalid(), meter));
    prepared.inputs().warnings().forEach(context::warn);
    Collected collected =
        context.time(
            "moments",
            () ->
                MomentsJob.of(design, options.read().onInvalid())
                    .withMaps(prepared.maps())
                    .run(rows, meter));
    Surface surface =
        context.time(
            "solve",
            () ->
                Surface.search(prepared.grid().settings(), solver(prepared, collected, executor)));
    MapReport report =
        new MapReport(
            surface,
            chosen(surface, prepared),
            map.inputs().name().toLowerCase(Locale.ROOT),
            prepared.inputs().median());
    return new Training(options, design, collected, Outcome.of(report));
  }

  private IntFunction<Tuned> solver(
      PreparedMaps prepared, Collected collected, FoldExecutor executor) {
    IntFunction<Tuned> solver = i -> tune(i, prepared, collected, executor);
    if (options.fit().tuning().rule() != Rule.LOO) {
      return solver;
    }
    LeaveOneOutPass pass = new LeaveOneOutPass(design, options.read().onInvalid(), rows, meter);
    return new MapLeaveOneOut(pass, prepared, solver);
  }

  private Tuned tune(int i, PreparedMaps prepared, Collected collected, FoldExecutor executor) {
    FoldedMoments moments = prepared.grid().moments(i, collected.mapped());
    Tuned tuned = Tuning.run(moments, options.fit().tuning(), executor);
    return options.fit().residuals() == FitOptions.Residuals.EXACT
        ? new ExactResiduals(design, options.read().onInvalid(), prepared.map(i))
            .rescore(tuned, moments, rows, meter)
        : tuned;
  }

  /** The map of each target; targets that chose the same setting share it. */
  private static List<MapDescription> chosen(Surface surface, PreparedMaps prepared) {
    List<MapDescription> maps = new ArrayList<>();
    List<Integer> settings = surface.choices().stream().map(Surface.Choice::setting).toList();
    for (int t = 0; t < settings.size(); t++) {
      int first = settings.indexOf(settings.get(t));
      maps.add(first < t ? maps.get(first) : prepared.map(settings.get(t)).description());
    }
    return maps;
  }
}

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
import org.ridgeline.select.MapSetting;
import org.ridgeline.select.Rule;
import org.ridgeline.select.Surface;
import org.ridgeline.select.Tuned;
import org.ridgeline.select.Tuning;
import org.ridgeline.select.TuningSpec;
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
        context.time("solve", () -> search(new Solver(prepared, collected, executor)));
    MapReport report =
        new MapReport(
            surface,
            chosen(surface, prepared),
            map.inputs().name().toLowerCase(Locale.ROOT),
            prepared.inputs().median());
    return new Training(
        options,
        design,
        collected,
        context.time("inference", () -> outcome(prepared, collected, executor).of(report)));
  }

  /** What the settings are solved with. */
  private record Solver(PreparedMaps prepared, Collected collected, FoldExecutor executor) {}

  /** Searches the lambdas of the grid at every setting, and between them at those chosen. */
  private Surface search(Solver solver) {
    TuningSpec spec = options.fit().tuning();
    List<MapSetting> settings = solver.prepared().grid().settings();
    boolean finer = spec.search() == TuningSpec.Search.REFINED;
    if (finer && settings.size() > 1) {
      return Surface.search(settings, i -> tune(i, spec.onGrid(), solver))
          .refined(i -> tune(i, spec, solver));
    }
    IntFunction<Tuned> tuning = i -> tune(i, spec, solver);
    return Surface.search(
        settings,
        spec.rule() == Rule.LOO
            ? new MapLeaveOneOut(
                new LeaveOneOutPass(design, options.read().onInvalid(), rows, meter),
                solver.prepared(),
                tuning)
            : tuning);
  }

  private MapOutcome outcome(PreparedMaps prepared, Collected collected, FoldExecutor executor) {
    return new MapOutcome(
        options.fit().tuning().ridge(),
        prepared,
        collected,
        executor,
        new SampledResiduals(design, collected.sample()));
  }

  private Tuned tune(int i, TuningSpec spec, Solver solver) {
    PreparedMaps prepared = solver.prepared();
    FoldedMoments moments = prepared.grid().moments(i, solver.collected().mapped());
    Tuned tuned = Tuning.run(moments, spec, solver.executor());
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

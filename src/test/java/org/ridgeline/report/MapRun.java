package org.ridgeline.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.ridgeline.Rows;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.features.InputScaling;
import org.ridgeline.features.MapDescription;
import org.ridgeline.features.MapSpec;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.ridge.LambdaConvention;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.Scaling;
import org.ridgeline.select.FoldExecutor;
import org.ridgeline.select.LambdaRequest;
import org.ridgeline.select.MapGrid;
import org.ridgeline.select.Rule;
import org.ridgeline.select.Surface;
import org.ridgeline.select.Tuning;
import org.ridgeline.select.TuningSpec;

/** A training with a feature map, of two targets, and what is reported of it. */
final class MapRun {
  private static final Rows ROWS = Rows.normal(4, 60, 2, 2);
  static final InputScaling SCALING =
      InputScaling.of(Vec.of(0.1, -0.2), Vec.of(1.1, 1.0 / 3)).clippedAt(3);

  private MapRun() {}

  static RunReport report(int folds, MapSpec base, double... scales) {
    MapSpec wide = base.withWidth(16);
    List<MapSpec> widest = new ArrayList<>();
    for (double scale : scales) {
      widest.add(wide.withLengthScale(scale));
    }
    MapGrid grid = new MapGrid(scales.length == 0 ? List.of(wide) : widest, List.of(4, 16), 2);
    List<FoldedMoments> mapped =
        grid.widest().stream()
            .map(
                spec -> ROWS.mapped(FeatureMap.random(spec, SCALING)).folded(folds, i -> i % folds))
            .toList();
    TuningSpec spec =
        new TuningSpec(
            RidgeSpec.standard().with(Scaling.MAPPED),
            LambdaRequest.of(LambdaConvention.SUM, 0.1, 1, 10),
            folds > 1 ? Rule.CV_MIN : Rule.GCV);
    Surface surface =
        Surface.search(
            grid.settings(),
            i -> Tuning.run(grid.moments(i, mapped), spec, FoldExecutor.inParallel(1)));
    List<MapDescription> maps =
        surface.choices().stream()
            .map(choice -> MapDescription.drawn(grid.spec(choice.setting()), SCALING))
            .toList();
    List<TargetResult> targets =
        IntStream.range(0, 2)
            .mapToObj(
                t ->
                    new TargetResult(
                        "y" + t,
                        surface.targets().get(t),
                        surface.choices().get(t).solved().scales(),
                        60,
                        1,
                        folds > 1 ? OptionalDouble.of(50) : OptionalDouble.empty(),
                        Optional.empty(),
                        Optional.empty()))
            .toList();
    RunReport plain = TinyRun.report(folds);
    return new RunReport(
        plain.command(),
        plain.data(),
        plain.options(),
        targets,
        plain.validation(),
        Optional.of(new MapReport(surface, maps, "population", OptionalDouble.of(1.5))),
        plain.spectra(),
        plain.numerics(),
        plain.cost(),
        plain.warnings(),
        plain.forecasts());
  }
}

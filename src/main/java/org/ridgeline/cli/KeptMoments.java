package org.ridgeline.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.spark.Collected;
import org.ridgeline.spark.Design;
import org.ridgeline.store.MomentsStore;

/** The moments of a pass with the names of their columns, as a run keeps them. */
final class KeptMoments {
  private KeptMoments() {}

  /**
   * Writes moments into the run that is going on, unless there is none or it shall not keep them.
   */
  static void keep(RunContext context, TrainOptions options, MomentsSet moments) {
    if (options.output().moments() == OutputOptions.Moments.KEPT) {
      context
          .directory()
          .ifPresent(
              run -> context.time("store moments", () -> MomentsStore.writeInto(run, moments)));
    }
  }

  /** The moments that a pass has brought. */
  static MomentsSet of(
      RunContext context,
      TrainOptions options,
      Design design,
      Collected collected,
      Optional<PreparedMaps> maps) {
    List<String> warnings = new ArrayList<>();
    maps.ifPresent(prepared -> warnings.addAll(prepared.inputs().warnings()));
    warnings.addAll(collected.warnings());
    MomentsSet.Source source =
        new MomentsSet.Source(
            options.read().path(),
            options.read().where(),
            context.settings().masked(Setting.OPTION),
            collected.moments().rows(),
            collected.rowsDropped(),
            design.skipped(),
            warnings);
    return new MomentsSet(
        new MomentsSet.Columns(
            design.targetNames(),
            design.inputColumns(),
            options.columns().weight(),
            options.fit().tuning().ridge().weights(),
            options.fit().tuning().ridge().intercept()),
        options.columns().folds(),
        design.foldOrder(),
        maps.map(prepared -> maps(prepared, options)),
        List.of(source),
        collected.mapped());
  }

  private static MomentsSet.Maps maps(PreparedMaps prepared, TrainOptions options) {
    MapOptions asked = options.fit().map().orElseThrow();
    return new MomentsSet.Maps(
        prepared.maps().stream().map(FeatureMap::description).toList(),
        prepared.grid().widths(),
        asked.inputs().name().toLowerCase(Locale.ROOT),
        prepared.inputs().median());
  }
}

package org.ridgeline.cli;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.ridgeline.base.Secrets;
import org.ridgeline.dataset.ColumnRoles;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.dataset.ReadSpec;
import org.ridgeline.features.MapKind;
import org.ridgeline.forecast.ForecastRequest;
import org.ridgeline.report.TargetResult;
import org.ridgeline.select.Rule;
import org.ridgeline.train.MapSearch;
import org.ridgeline.train.SolveSpec;
import org.ridgeline.train.TrainSpec;

/**
 * Everything that {@code plan}, {@code fit} and {@code tune} were asked to do, checked.
 *
 * @param command which of them
 * @param read what to read
 * @param spec what decides the fit
 * @param output where results go
 * @param forecast what more rows are to be asked about, if anything
 * @param shown all options with their values, secrets masked
 */
record TrainOptions(
    Command command,
    ReadOptions read,
    TrainSpec spec,
    OutputOptions output,
    Optional<ForecastRequest> forecast,
    Map<String, Object> shown) {
  static TrainOptions of(RunContext context) {
    Settings settings = context.settings();
    Optional<MapSearch> map = MapOptions.of(settings);
    SolveSpec solve = SolveOptions.of(settings, map, context::storedRun);
    boolean folded = hasFolds(settings, solve.tuning().rule(), map);
    ReadOptions read = ReadOptions.of(settings);
    ColumnRoles columns =
        ColumnOptions.of(
            settings,
            folded ? ColumnOptions.Folds.SEVERAL : ColumnOptions.Folds.NONE,
            solve.tuning().ridge().intercept());
    return new TrainOptions(
        settings.command(),
        read,
        new TrainSpec(
            columns, read.onInvalid(), solve, map, Optional.of(masked(read.source(), settings))),
        OutputOptions.of(
            settings, TargetResult.metricNames(folded, settings.isSet(Setting.NESTED))),
        ForecastOptions.ofTraining(settings, count(columns.folds()), solve.penalty()),
        shown(settings, solve, map, folded));
  }

  private static OptionalInt count(FoldRule folds) {
    return folds.kind().hasFixedCount() ? OptionalInt.of(folds.folds()) : OptionalInt.empty();
  }

  /** Returns the source as the run records it. */
  private static ReadSpec masked(ReadSpec source, Settings settings) {
    return new ReadSpec(
        Secrets.masked(source.path()),
        source.format(),
        settings.masked(Setting.OPTION),
        source.where().map(Secrets::masked));
  }

  /**
   * {@code fit} has folds when its rule needs them or they were asked for, and where a rule chooses
   * among fits to a map, which it can do badly: they tell.
   */
  private static boolean hasFolds(Settings settings, Rule rule, Optional<MapSearch> map) {
    return settings.command() != Command.FIT
        || rule.needsFolds()
        || (map.isPresent() && rule != Rule.GIVEN)
        || ValidationOptions.areGiven(settings)
        || settings.isGiven(Setting.FOLDS)
        || settings.isGiven(Setting.FOLD_COL)
        || settings.isGiven(Setting.GROUP_COL)
        || settings.isGiven(Setting.ID_COL);
  }

  private static Map<String, Object> shown(
      Settings settings, SolveSpec solve, Optional<MapSearch> search, boolean folded) {
    Map<String, Object> shown = settings.shown();
    shown.put(Setting.SELECT.key(), solve.tuning().rule().label());
    if (settings.isGiven(Setting.LAMBDA) || settings.isGiven(Setting.DF)) {
      shown.put(Setting.LAMBDAS.key(), null);
    }
    if (!folded) {
      shown.put(Setting.FOLDS.key(), null);
      shown.put(Setting.CV.key(), null);
      shown.put(Setting.NESTED.key(), null);
    }
    if (!ValidationOptions.areRepeated(settings)) {
      shown.put(Setting.REPEATS.key(), null);
    }
    ForecastOptions.hideUnused(settings, shown);
    search.ifPresentOrElse(map -> hideUnused(map, shown), () -> hideMap(shown));
    return shown;
  }

  private static void hideMap(Map<String, Object> shown) {
    MapOptions.ONLY_WITH_MAP.forEach(setting -> shown.put(setting.key(), null));
  }

  /** Options that this kind of map does not have. */
  private static void hideUnused(MapSearch map, Map<String, Object> shown) {
    MapKind kind = map.base().kind();
    if (kind != MapKind.NYSTROM) {
      shown.put(Setting.KERNEL.key(), null);
    }
    if (!kind.hasLengthScale()) {
      shown.put(Setting.LENGTH_SCALE.key(), null);
    }
    if (!kind.hasBias()) {
      shown.put(Setting.BIAS.key(), null);
    }
  }
}

package org.ridgeline.cli;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.ridgeline.base.Check;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.features.MapKind;
import org.ridgeline.select.Rule;
import org.ridgeline.spark.PassMeter;

/**
 * Everything that {@code plan}, {@code fit} and {@code tune} were asked to do, checked.
 *
 * @param command which of them
 * @param read what to read
 * @param columns which column is what
 * @param fit what to fit
 * @param output where results go
 * @param shown all options with their values, secrets masked
 */
record TrainOptions(
    Command command,
    ReadOptions read,
    ColumnOptions columns,
    FitOptions fit,
    OutputOptions output,
    Map<String, Object> shown) {
  static final List<String> TRAINING = List.of("r2", "mse", "rmse", "df", "lambda");
  static final List<String> HELD_OUT = List.of("cv_mse", "cv_rmse", "cv_r2", "cv_se");

  TrainOptions {
    Check.that(
        !fit.tuning().rule().needsFolds() || columns.folds().kind() != FoldRule.Kind.SINGLE,
        "Cannot choose lambda by %s without folds",
        fit.tuning().rule().label());
  }

  static TrainOptions of(Settings settings) {
    FitOptions fit = FitOptions.of(settings);
    boolean folded = hasFolds(settings, fit.tuning().rule());
    Set<String> metrics = new LinkedHashSet<>(TRAINING);
    if (folded) {
      metrics.addAll(HELD_OUT);
    }
    return new TrainOptions(
        settings.command(),
        ReadOptions.of(settings),
        ColumnOptions.of(settings, folded ? ColumnOptions.Folds.SEVERAL : ColumnOptions.Folds.NONE),
        fit,
        OutputOptions.of(settings, metrics),
        shown(settings, fit, folded));
  }

  /** This for these rows: they are counted where every row is to be a centre. */
  TrainOptions sized(Dataset<Row> rows, PassMeter meter) {
    boolean counted = fit.map().filter(MapOptions::needsCount).isPresent();
    return counted ? ofRows(meter.prePass("count of rows", rows::count)) : this;
  }

  /** This for so many rows: where every row is to be a centre, that is the width. */
  TrainOptions ofRows(long n) {
    Optional<MapOptions> map = fit.map().map(asked -> asked.needsCount() ? asked.ofRows(n) : asked);
    FitOptions sized =
        new FitOptions(fit.tuning(), fit.penalty(), fit.residuals(), fit.refinements(), map);
    return new TrainOptions(command, read, columns, sized, output, shown);
  }

  /** {@code fit} has folds when its rule needs them or they were asked for. */
  private static boolean hasFolds(Settings settings, Rule rule) {
    return settings.command() != Command.FIT
        || rule.needsFolds()
        || settings.isGiven(Setting.FOLDS)
        || settings.isGiven(Setting.FOLD_COL)
        || settings.isGiven(Setting.GROUP_COL)
        || settings.isGiven(Setting.ID_COL);
  }

  private static Map<String, Object> shown(Settings settings, FitOptions fit, boolean folded) {
    Map<String, Object> shown = settings.shown();
    shown.put(Setting.SELECT.key(), fit.tuning().rule().label());
    if (settings.isGiven(Setting.LAMBDA) || settings.isGiven(Setting.DF)) {
      shown.put(Setting.LAMBDAS.key(), null);
    }
    if (!folded) {
      shown.put(Setting.FOLDS.key(), null);
    }
    fit.map().ifPresentOrElse(map -> hideUnused(map, shown), () -> hideMap(shown));
    return shown;
  }

  private static void hideMap(Map<String, Object> shown) {
    MapOptions.ONLY_WITH_MAP.forEach(setting -> shown.put(setting.key(), null));
  }

  /** Options that this kind of map does not have. */
  private static void hideUnused(MapOptions map, Map<String, Object> shown) {
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

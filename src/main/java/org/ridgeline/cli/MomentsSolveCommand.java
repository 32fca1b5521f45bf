package org.ridgeline.cli;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.dataset.StoredColumns;
import org.ridgeline.report.RunReport;
import org.ridgeline.ridge.Intercept;
import org.ridgeline.spark.MomentsCheck;
import org.ridgeline.spark.OnInvalid;
import org.ridgeline.store.MomentsStore;

/** {@code moments solve}: the run of {@code tune} from stored moments, without data or Spark. */
final class MomentsSolveCommand {
  private MomentsSolveCommand() {}

  static int run(RunContext context) {
    Settings settings = context.settings();
    String from = settings.arguments().get(0);
    MomentsSet stored = MomentsStore.read(from, context.hadoop());
    TrainOptions options = options(settings, from, stored);
    MomentsSet saved =
        StoredColumns.choose(
            stored, settings.list(Setting.LABEL), settings.commas(Setting.FEATURES));
    if (options.fit().tuning().ridge().intercept() == Intercept.FREE) {
      MomentsCheck.checkLabels(saved.moments().total(), saved.columns().labels());
    }
    options.output().directory().ifPresent(path -> context.open(path, options.output(), from));
    context.blas();
    KeptMoments.keep(context, options, saved);
    Training training = TrainCommand.train(context, options, saved, Optional.empty());
    return new Conclusion(context, options).of(training, RunReport.Reads.NONE);
  }

  private static TrainOptions options(Settings settings, String from, MomentsSet stored) {
    FitOptions fit = FitOptions.ofStored(settings, stored);
    List<String> labels = settings.list(Setting.LABEL);
    ColumnOptions columns =
        new ColumnOptions(
            labels.isEmpty() ? stored.columns().labels() : labels,
            settings.commas(Setting.FEATURES),
            List.of(),
            stored.columns().weight(),
            stored.folds());
    Set<String> metrics = new LinkedHashSet<>(TrainOptions.TRAINING);
    if (stored.moments().folds() > 1) {
      metrics.addAll(TrainOptions.HELD_OUT);
    }
    Map<String, Object> shown = settings.shown();
    shown.put(Setting.INPUT.key(), from);
    shown.put(Setting.LABEL.key(), columns.labels());
    shown.put(Setting.SELECT.key(), fit.tuning().rule().label());
    return new TrainOptions(
        settings.command(),
        new ReadOptions(from, Optional.empty(), Map.of(), Optional.empty(), OnInvalid.ERROR),
        columns,
        fit,
        OutputOptions.of(settings, metrics),
        shown);
  }
}

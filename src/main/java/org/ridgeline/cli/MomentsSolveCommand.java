package org.ridgeline.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.ridgeline.dataset.ColumnRoles;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.dataset.OnInvalid;
import org.ridgeline.dataset.ReadSpec;
import org.ridgeline.dataset.StoredColumns;
import org.ridgeline.report.RunReport;
import org.ridgeline.report.TargetResult;
import org.ridgeline.store.MomentsStore;
import org.ridgeline.train.SolveSpec;
import org.ridgeline.train.TrainSpec;
import org.ridgeline.train.Trainer;
import org.ridgeline.train.TrainingResult;

/** {@code moments solve}: the run of {@code tune} from stored moments, without data or Spark. */
final class MomentsSolveCommand {
  private MomentsSolveCommand() {}

  static int run(RunContext context) {
    Settings settings = context.settings();
    String from = settings.arguments().get(0);
    MomentsSet stored = MomentsStore.read(from, context.hadoop());
    SolveSpec solve = SolveOptions.ofStored(settings, stored, context::storedRun);
    MomentsSet chosen =
        StoredColumns.choose(
            stored, settings.list(Setting.LABEL), settings.commas(Setting.FEATURES));
    TrainOptions options = options(settings, from, chosen, solve);
    options.output().directory().ifPresent(path -> context.open(path, options.output(), from));
    context.blas();
    TrainCommand.keepMoments(context, options, chosen);
    TrainingResult result = Trainer.of(options.spec()).with(context.journal()).solve(chosen);
    return new Conclusion(context, options).of(result, RunReport.Reads.NONE, Optional.empty());
  }

  private static TrainOptions options(
      Settings settings, String from, MomentsSet stored, SolveSpec solve) {
    List<String> labels = stored.columns().labels();
    Map<String, Object> shown = settings.shown();
    shown.put(Setting.INPUT.key(), from);
    shown.put(Setting.LABEL.key(), labels);
    shown.put(Setting.SELECT.key(), solve.tuning().rule().label());
    if (!ValidationOptions.areRepeated(settings)) {
      shown.put(Setting.REPEATS.key(), null);
      shown.put(Setting.FOLDS.key(), null);
    }
    ForecastOptions.hideUnused(settings, shown);
    ColumnRoles columns = ColumnRoles.of(labels.toArray(String[]::new)).withFolds(stored.folds());
    return new TrainOptions(
        settings.command(),
        new ReadOptions(ReadSpec.of(from), OnInvalid.ERROR),
        TrainSpec.of(columns, solve),
        OutputOptions.of(
            settings,
            TargetResult.metricNames(stored.moments().folds() > 1, settings.isSet(Setting.NESTED))),
        ForecastOptions.ofTraining(
            settings, OptionalInt.of(stored.moments().folds()), solve.penalty()),
        shown);
  }
}

package org.ridgeline.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.ridgeline.base.DataException;
import org.ridgeline.base.DoesNotFitException;
import org.ridgeline.base.Names;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;
import org.ridgeline.dataset.ColumnRoles;
import org.ridgeline.dataset.FittedModel;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.dataset.InputColumn;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.dataset.ReadSpec;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.natives.NativeLibraries;
import org.ridgeline.plan.Planner;
import org.ridgeline.plan.RunPlan;
import org.ridgeline.plan.Workload;
import org.ridgeline.ridge.SolverKind;
import org.ridgeline.select.FoldExecutor;
import org.ridgeline.select.SplitRule;
import org.ridgeline.spark.Collected;
import org.ridgeline.spark.ConfiguredMachine;
import org.ridgeline.spark.Design;
import org.ridgeline.spark.MomentsCheck;
import org.ridgeline.spark.MomentsJob;
import org.ridgeline.spark.PassMeter;
import org.ridgeline.spark.Solving;

/**
 * Trains ridge and random-features models: one pass over the rows for the moments of every fold,
 * then everything else from these, and further passes only where the {@link TrainSpec} asks for
 * them.
 */
public final class Trainer {
  private final TrainSpec spec;
  private final Journal journal;

  private Trainer(TrainSpec spec, Journal journal) {
    this.spec = spec;
    this.journal = journal;
  }

  /** Returns a trainer with a silent journal. */
  public static Trainer of(TrainSpec spec) {
    return new Trainer(spec, Journal.silent());
  }

  /** Returns a trainer that writes into a journal. */
  public Trainer with(Journal choice) {
    return new Trainer(spec, choice);
  }

  /**
   * Trains on the rows of a dataset.
   *
   * @throws org.ridgeline.base.DataException when the rows cannot be used
   * @throws org.ridgeline.base.DoesNotFitException when the moments do not fit in memory
   * @throws org.ridgeline.base.SingularException when a system cannot be solved to useful digits
   */
  public TrainingResult train(Dataset<Row> rows) {
    try (PassMeter meter = journal.meter(rows.sparkSession())) {
      TrainingRows data = TrainingRows.of(spec, () -> rows, meter, journal);
      return solve(sum(data), data);
    }
  }

  /**
   * Reads the rows once and returns their moments; a feature map has a pre-pass over the inputs.
   */
  public MomentsSet sum(TrainingRows data) {
    NativeLibraries.install();
    Design design = data.design();
    Optional<MapSearch> search = sized(data);
    Workload work = require(data, search);
    Optional<PreparedMaps> maps =
        search.map(map -> journal.time("map inputs", () -> PreparedMaps.of(map, data)));
    List<FeatureMap> applied =
        maps.map(PreparedMaps::maps).orElseGet(() -> data.mapped().stream().toList());
    MomentsJob plain =
        MomentsJob.of(design, spec.onInvalid())
            .keeping(work.extras().keep(), work.rows().orElse(0));
    boolean fine = spec.solve().tuning().validation().rule().kind() == SplitRule.Kind.REPEATED;
    MomentsJob job = fine ? plain.withEmptyFolds() : plain;
    MomentsJob mapped = applied.isEmpty() ? job : job.withMaps(applied);
    Collected collected = journal.time("moments", () -> mapped.run(data.rows(), data.meter()));
    data.keep(collected.sample());
    return momentsSet(data, maps, collected);
  }

  /**
   * Solves what stored moments say, without rows.
   *
   * @throws IllegalArgumentException when the spec needs the rows, or is of other labels
   */
  public TrainingResult solve(MomentsSet moments) {
    return new Trainer(spec.ofStored(moments), journal).solve(moments, Optional.empty());
  }

  /**
   * Solves what the moments of these rows say, with the further passes that were asked for. What
   * the result warns of is in the journal, too.
   */
  public TrainingResult solve(MomentsSet moments, TrainingRows data) {
    return solve(moments, Optional.of(data));
  }

  private TrainingResult solve(MomentsSet moments, Optional<TrainingRows> data) {
    FoldRule folds = spec.columns().folds();
    if (data.isPresent()
        && folds.kind() == FoldRule.Kind.COLUMN
        && moments.moments().folds() == 1) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "the fold column %s has the same value in all rows; folds need at least two",
              Names.quoted(folds.column().orElseThrow())));
    }
    List<String> labels = moments.columns().labels();
    int inputs = moments.moments().fold(0).inputs();
    int[] columns = IntStream.range(inputs, inputs + labels.size()).toArray();
    MomentsCheck.checkLabels(
        moments.moments().selected(columns, 0).total(), labels, spec.solve().intercept());
    if (moments.maps().isEmpty()) {
      ColumnRange.require(moments, spec.solve().tuning().ridge());
    }
    FoldExecutor executor = Solving.executor(data.map(TrainingRows::session), moments);
    int before = journal.warnings().size();
    TrainingResult result =
        moments.maps().isPresent()
            ? new MapTraining(spec, moments, data, journal).run(executor)
            : new LinearTraining(spec, moments, data, journal).run(executor);
    TrainingWarnings.of(result).forEach(journal::warn);
    List<String> all = journal.warnings();
    return result.with(all.subList(before, all.size()));
  }

  /**
   * Returns the maps for these rows, which are counted where every one of them is to be a center.
   */
  private Optional<MapSearch> sized(TrainingRows data) {
    return spec.map()
        .map(
            map ->
                map.needsCount()
                    ? map.ofRows(data.meter().prePass("count of rows", data.rows()::count))
                    : map);
  }

  /** Refuses what does not fit, and returns what does. */
  private Workload require(TrainingRows data, Optional<MapSearch> search) {
    TrainSpec sized =
        new TrainSpec(spec.columns(), spec.onInvalid(), spec.solve(), search, spec.source());
    Workload work =
        counted(
            TrainingWorkload.mapped(
                TrainingWorkload.of(sized, data.design(), data.rows()), data.mapped()),
            data);
    RunPlan plan = TrainingWorkload.plan(sized, work, ConfiguredMachine.of(data.session()));
    Planner.require(plan);
    journal.info(plan.sentence());
    return TrainingWorkload.whole(sized, work);
  }

  /** Returns the work with its rows where their number decides what is kept of them. */
  private Workload counted(Workload work, TrainingRows data) {
    long most = spec.solve().countedRows(work);
    if (most == 0) {
      return work;
    }
    int enough = (int) most + 1;
    long rows = data.meter().prePass("count of rows", data.rows().limit(enough)::count);
    if (rows > most && spec.solve().tuning().ridge().solver() == SolverKind.DUAL) {
      throw new DoesNotFitException(
          String.format(Locale.ROOT, "Cannot solve by dual: there are more than %,d rows", most),
          Remedy.of("use %s", Option.SOLVER.to("auto")));
    }
    return rows <= most ? work.withRows(rows) : work;
  }

  private MomentsSet momentsSet(
      TrainingRows data, Optional<PreparedMaps> maps, Collected collected) {
    List<String> warnings = new ArrayList<>();
    maps.ifPresent(prepared -> warnings.addAll(prepared.inputs().warnings()));
    warnings.addAll(collected.warnings());
    Design design = data.design();
    Optional<ReadSpec> source = spec.source();
    ColumnRoles columns = spec.columns();
    return new MomentsSet(
        new MomentsSet.Columns(
            design.targetNames(),
            inputs(data),
            columns.weight(),
            spec.solve().tuning().ridge().weights(),
            columns.intercept()),
        columns.folds(),
        design.foldOrder(),
        maps.map(PreparedMaps::description),
        List.of(
            new MomentsSet.Source(
                source.map(ReadSpec::path).orElse(""),
                source.flatMap(ReadSpec::where),
                source.map(ReadSpec::options).orElse(java.util.Map.of()),
                collected.moments().rows(),
                collected.rowsDropped(),
                design.skipped(),
                warnings)),
        collected.mapped());
  }

  /**
   * Returns the columns of the moments: of rows that were mapped before, the features of the map.
   */
  private static List<InputColumn> inputs(TrainingRows data) {
    return data.mapped()
        .map(
            map ->
                List.of(
                    new InputColumn(
                        data.design().inputColumns().get(0).column(),
                        InputColumn.Kind.VECTOR,
                        FittedModel.mappedNames(map.outputs()),
                        List.of())))
        .orElseGet(data.design()::inputColumns);
  }
}

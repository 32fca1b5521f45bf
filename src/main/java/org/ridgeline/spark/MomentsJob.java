package org.ridgeline.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.ridgeline.base.Check;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Names;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;
import org.ridgeline.dataset.OnInvalid;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.features.MapKind;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.Moments;
import org.ridgeline.moments.Retention;
import org.ridgeline.plan.AggregationPlan;
import org.ridgeline.plan.Machine;
import org.ridgeline.plan.Workload;

/**
 * The pass over the data: one Spark job from rows to the moments of every fold, of the rows
 * themselves or of their features under some maps. Mapped rows exist in the cache of a task only.
 *
 * <p>Partial moments are merged in the order of partitions, whatever the order in which tasks end,
 * so the same splits give the same bits. See {@link AggregationPlan} for the ways it can go: maps
 * that do not fit side by side take further passes.
 */
public final class MomentsJob {
  private final Design design;
  private final OnInvalid onInvalid;
  private final List<FeatureMap> maps;
  private final Retention keep;
  private final long mostRows;

  private final MomentsCheck.EmptyFolds emptyFolds;

  private MomentsJob(
      Design design,
      OnInvalid onInvalid,
      List<FeatureMap> maps,
      Retention keep,
      long mostRows,
      MomentsCheck.EmptyFolds emptyFolds) {
    this.emptyFolds = emptyFolds;
    this.keep = keep;
    this.mostRows = mostRows;
    this.design = design;
    this.onInvalid = onInvalid;
    this.maps = maps;
  }

  /** A pass that reads by {@code design}. */
  public static MomentsJob of(Design design, OnInvalid onInvalid) {
    return new MomentsJob(
        design, onInvalid, List.of(), Retention.SCATTER, 0, MomentsCheck.EmptyFolds.REFUSED);
  }

  /** Returns a pass that takes folds without rows: those that are merged before they are used. */
  public MomentsJob withEmptyFolds() {
    return new MomentsJob(design, onInvalid, maps, keep, mostRows, MomentsCheck.EmptyFolds.ALLOWED);
  }

  /**
   * A pass that keeps something else than scatters. Factors and rows are merged on the driver.
   *
   * @param rows how many rows there are at most, where these are kept
   */
  public MomentsJob keeping(Retention what, long rows) {
    return new MomentsJob(design, onInvalid, maps, what, rows, emptyFolds);
  }

  /**
   * Returns a pass that sums up the features of each of these maps instead of the inputs. Folds are
   * still those of the rows.
   *
   * @throws IllegalArgumentException when there is none, or one is of another number of inputs
   */
  public MomentsJob withMaps(List<FeatureMap> these) {
    Check.that(!these.isEmpty(), "Cannot map rows: there is no feature map");
    for (FeatureMap map : these) {
      Check.that(
          map.inputs() == design.inputs(),
          "Cannot map rows of %d features by a map of %d inputs",
          design.inputs(),
          map.inputs());
    }
    return new MomentsJob(design, onInvalid, List.copyOf(these), keep, mostRows, emptyFolds);
  }

  /**
   * The data once opened, and how they are gone through.
   *
   * @param reading how rows are stored
   */
  private record Opened(RowSource source, Design reading, AggregationPlan plan, int slots) {}

  /** What a pass is run by. */
  private interface Meter {
    PartialMerge measure(String name, Supplier<PartialMerge> body);
  }

  /**
   * Reads {@code rows} once, or once for every batch of maps that fits.
   *
   * @throws DataException when the data cannot be used
   */
  public Collected run(Dataset<Row> rows, PassMeter meter) {
    boolean onlySums = maps.isEmpty() && keep == Retention.SCATTER;
    Design sparse = onlySums ? design.sparse() : design;
    return run(() -> open(rows, sparse), meter::dataPass)
        .or(() -> run(() -> open(rows, design), meter::dataPass))
        .orElseThrow();
  }

  private Opened open(Dataset<Row> rows, Design reading) {
    Machine machine = ConfiguredMachine.of(rows.sparkSession());
    RowSource source = RowSource.of(rows, reading);
    return new Opened(
        source,
        reading,
        AggregationPlan.choose(workload(Math.max(1, source.tasks())), machine),
        machine.slots());
  }

  private Workload workload(int partitions) {
    int folds = design.knownFolds().orElse(Workload.GUESSED_FOLDS);
    Workload work =
        new Workload(OptionalLong.empty(), design.inputs(), design.targets(), folds, 1, partitions)
            .withRows(mostRows)
            .withExtras(new Workload.Extras(keep, 0, 0, 0));
    if (maps.isEmpty()) {
      return work;
    }
    boolean isNystrom =
        maps.stream().anyMatch(map -> map.description().spec().kind() == MapKind.NYSTROM);
    return isNystrom
        ? work.withCenters(maps.size(), widest())
        : work.withMaps(maps.size(), widest());
  }

  private int widest() {
    return maps.stream().mapToInt(FeatureMap::outputs).max().orElse(design.inputs());
  }

  /** Reads an opened source by a given plan. */
  Collected run(RowSource source, AggregationPlan plan, int slots) {
    return run(() -> new Opened(source, design, plan, slots), (name, body) -> body.get())
        .orElseThrow();
  }

  /** Empty when sums of nonzeros have lost digits, so that rows must be stored in full. */
  private Optional<Collected> run(Supplier<Opened> opening, Meter meter) {
    List<FoldedMoments> moments = new ArrayList<>();
    Opened[] opened = new Opened[1]; // by the first pass, as planning may already run jobs
    PartialMerge first = null;
    int passes = 0;
    do {
      int from = moments.size();
      PartialMerge merge =
          meter.measure(
              name(from),
              () -> {
                opened[0] = opened[0] == null ? opening.get() : opened[0];
                return pass(opened[0], from);
              });
      Design reading = opened[0].reading();
      if (reading.layout().isPresent() && !merge.keptDigits(reading.layout().get())) {
        return Optional.empty();
      }
      first = first == null ? merge : first;
      moments.addAll(check(merge, opened[0], from));
      passes++;
    } while (moments.size() < maps.size());
    return Optional.of(
        new Collected(
            moments,
            first.invalid().rows(),
            warnings(first),
            opened[0].plan(),
            opened[0].source().splits(),
            passes,
            first.sample()));
  }

  private String name(int from) {
    if (maps.isEmpty()) {
      return "moments of " + design.inputs() + " features";
    }
    String which = maps.size() == 1 ? "" : ", from map " + (from + 1) + " of " + maps.size();
    return "moments of " + widest() + " mapped features" + which;
  }

  private int end(int from, AggregationPlan plan) {
    return Math.min(maps.size(), from + plan.mapsPerPass());
  }

  /** One pass, over the rows or over the maps that fit. */
  private PartialMerge pass(Opened opened, int from) {
    if (maps.isEmpty()) {
      return pass(opened, Summands.rows(opened.reading()).keeping(keep, mostRows), 1, from);
    }
    List<FeatureMap> batch = maps.subList(from, end(from, opened.plan()));
    try (SentMaps sent = SentMaps.of(opened.source().context(), batch)) {
      Summands summands = Summands.mapped(design, widest(), sent.maps()).keeping(keep, mostRows);
      return pass(opened, summands, batch.size(), from);
    }
  }

  private PartialMerge pass(Opened opened, Summands summands, int sums, int from) {
    AggregationPlan plan = opened.plan();
    int tasks = opened.source().tasks();
    int sampled = from > 0 ? 0 : SampledRows.perTask(tasks, design.width());
    int folds = design.knownFolds().orElse(Workload.GUESSED_FOLDS);
    JavaRDD<Partial> partials =
        switch (plan.gathering()) {
          case PER_TASK -> opened.source().map(new FoldsPerTask(summands, plan, sampled));
          case BY_FOLD -> new RowsByFold(summands, plan, folds, sampled).run(opened.source());
        };
    if (plan.merging() == AggregationPlan.Merging.REDUCE) {
      int p = widest() + design.targets();
      partials = SliceReduction.run(partials, p, folds * sums, opened.slots());
    }
    return PartialMerge.of(design, TaskBytes.collect(partials, Partial.class));
  }

  private List<FoldedMoments> check(PartialMerge merge, Opened opened, int from) {
    AggregationPlan plan = opened.plan();
    InvalidTally invalid = merge.invalid();
    if (onInvalid == OnInvalid.ERROR) {
      invalid.throwIfAny();
    }
    if (merge.hasMoreFoldsThan(plan.mostFolds())) {
      throw new DataException(
          String.format(
              "the fold column %s has more than %d values, which is more folds than a task can"
                  + " hold",
              Names.quoted(design.folds().column()), plan.mostFolds()),
          Remedy.of("if it is an id, use %s to hash it", Option.ID_COL));
    }
    List<FoldedMoments> result = new ArrayList<>();
    int end = maps.isEmpty() ? 1 : end(from, plan);
    for (int i = from; i < end; i++) {
      int inputs = maps.isEmpty() ? design.inputs() : maps.get(i).outputs();
      Optional<FoldedMoments> moments = merge.folded(i - from, inputs);
      if (moments.isEmpty() || moments.get().total().rows() == 0) {
        throw new DataException(
            invalid.rows() == 0
                ? "the input has no rows"
                : "no valid row is left: " + String.join("; ", invalid.warnings().subList(0, 1)));
      }
      MomentsCheck.check(
          moments.get(),
          design,
          maps.isEmpty() ? MomentsCheck.Source.ROWS : MomentsCheck.Source.MAP,
          emptyFolds);
      requireRows(moments.get().total());
      result.add(moments.get());
    }
    return result;
  }

  private void requireRows(Moments total) {
    if (keep == Retention.ROWS && total.factor().isEmpty()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "the input has %,d rows, and had %,d when they were counted",
              total.rows(),
              mostRows));
    }
  }

  private List<String> warnings(PartialMerge merge) {
    List<String> warnings = new ArrayList<>(merge.invalid().warnings());
    if (merge.clipped() > 0) {
      OptionalDouble clip = maps.get(0).description().scaling().clip();
      warnings.add(
          String.format(
              Locale.ROOT,
              "%d input value%s clipped at %s standard deviations before the map",
              merge.clipped(),
              merge.clipped() == 1 ? " was" : "s were",
              clip.orElseThrow()));
    }
    return warnings;
  }
}

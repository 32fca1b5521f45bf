package org.ridgeline.spark;

import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.ridgeline.moments.FoldedMoments;

/**
 * The pass over the data: one Spark job from rows to the moments of every fold.
 *
 * <p>Partial moments are merged in the order of partitions, whatever the order in which tasks end,
 * so the same splits give the same bits. See {@link AggregationPlan} for the ways it can go.
 */
public final class MomentsJob {
  private static final int GUESSED_FOLDS = 5;

  private final Design design;
  private final OnInvalid onInvalid;
  private final Keep keep;

  /** What is kept of the rows. */
  public enum Keep {
    /** Their moments. */
    MOMENTS,
    /** Their moments and triangular factors, for solving without squared condition numbers. */
    FACTORS
  }

  private MomentsJob(Design design, OnInvalid onInvalid, Keep keep) {
    this.keep = keep;
    this.design = design;
    this.onInvalid = onInvalid;
  }

  /** A pass that reads by {@code design}. */
  public static MomentsJob of(Design design, OnInvalid onInvalid) {
    return new MomentsJob(design, onInvalid, Keep.MOMENTS);
  }

  /** A pass that keeps more. Factors of all folds are merged on the driver. */
  public MomentsJob keeping(Keep what) {
    return new MomentsJob(design, onInvalid, what);
  }

  /**
   * Reads {@code rows} once.
   *
   * @throws DataException when the data cannot be used
   */
  public Collected run(Dataset<Row> rows, PassMeter meter) {
    return meter.dataPass(
        "moments of " + design.inputs() + " features",
        () -> {
          RowSource source = RowSource.of(rows, design);
          AggregationPlan plan =
              AggregationPlan.choose(
                  design.width(), folds(), source.partitions(), Machine.of(rows.sparkSession()));
          return run(source, fixed(plan), Machine.of(rows.sparkSession()).slots());
        });
  }

  /** Factors are not cut into slices: every task holds all folds, the driver merges them. */
  private AggregationPlan fixed(AggregationPlan plan) {
    return keep == Keep.MOMENTS
        ? plan
        : new AggregationPlan(
            AggregationPlan.Gathering.PER_TASK,
            AggregationPlan.Merging.COLLECT,
            1,
            plan.mostFolds());
  }

  /** Reads an opened source by a given plan. */
  Collected run(RowSource source, AggregationPlan plan, int slots) {
    JavaRDD<Partial> partials =
        switch (plan.gathering()) {
          case PER_TASK -> source.map(new FoldsPerTask(design, plan, keep));
          case BY_FOLD -> new RowsByFold(design, plan, folds()).run(source);
        };
    if (plan.merging() == AggregationPlan.Merging.REDUCE) {
      partials = SliceReduction.run(partials, design.width(), folds(), slots);
    }
    PartialMerge merge = PartialMerge.of(design, partials.collect());
    return check(merge, plan, source.partitions());
  }

  private int folds() {
    return design.knownFolds().orElse(GUESSED_FOLDS);
  }

  private Collected check(PartialMerge merge, AggregationPlan plan, int partitions) {
    InvalidTally invalid = merge.invalid();
    if (onInvalid == OnInvalid.ERROR) {
      invalid.throwIfAny();
    }
    if (merge.hasMoreFoldsThan(plan.mostFolds())) {
      throw new DataException(
          String.format(
              "the fold column %s has more than %d values, which is more folds than a task can"
                  + " hold; is it an id? Use --id-col to hash it",
              Names.quoted(design.folds().column()), plan.mostFolds()));
    }
    Optional<FoldedMoments> moments = merge.folded();
    if (moments.isEmpty() || moments.get().total().rows() == 0) {
      throw new DataException(
          invalid.rows() == 0
              ? "the input has no rows"
              : "no valid row is left: " + String.join("; ", invalid.warnings().subList(0, 1)));
    }
    MomentsCheck.check(moments.get(), design);
    List<String> warnings = invalid.warnings();
    return new Collected(moments.get(), invalid.rows(), warnings, plan, partitions);
  }
}

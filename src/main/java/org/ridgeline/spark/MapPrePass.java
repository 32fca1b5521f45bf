package org.ridgeline.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.ridgeline.base.Check;
import org.ridgeline.base.DataException;
import org.ridgeline.base.DoesNotFitException;
import org.ridgeline.base.Names;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;
import org.ridgeline.dataset.OnInvalid;
import org.ridgeline.features.InputScaling;
import org.ridgeline.features.LengthScale;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.ColumnSpread;
import org.ridgeline.plan.Planner;
import org.ridgeline.plan.Workload;
import org.ridgeline.ridge.ColumnDiagnosis;
import org.ridgeline.ridge.Scaling;

/**
 * The small read before a feature map: means and deviations of the inputs, the median distance
 * between rows, the centers of Nystrom. One Spark job; the cost of a row is {@code 5 d} flops.
 *
 * <p>Sampled rows are the different rows of least keyed hash among those of positive weight, so
 * neither the partitioning nor repeated rows change them.
 */
public final class MapPrePass {
  private static final int MEDIAN_ROWS = 1_000;
  private static final long HASH_KEY = 0x5851F42D4C957F2DL; // another key than that of the folds
  private static final int SHOWN_NAMES = 5;

  private final Design design;
  private final Request request;
  private final int limit; // the most centers that fit, when all rows are wanted

  private MapPrePass(Design design, Request request, int limit) {
    this.design = design;
    this.request = request;
    this.limit = limit;
  }

  /**
   * What to learn.
   *
   * @param scaling how the inputs are standardized
   * @param clip where scaled inputs are clipped
   * @param centers how many rows to choose: 0 for none, {@link #ALL_ROWS} for every different row
   * @param median whether the median distance is wanted
   * @param seed of the hash that chooses rows
   */
  public record Request(
      Scaling scaling, OptionalDouble clip, int centers, boolean median, long seed) {
    /** Every different row is a center. */
    public static final int ALL_ROWS = Integer.MAX_VALUE;

    /** Checks the number of centers. */
    public Request {
      Check.that(centers >= 0, "Cannot choose %d centers: give 0 or more", centers);
    }
  }

  /**
   * Reads {@code rows} once, or not at all when nothing has to be learned.
   *
   * @throws DataException when the data cannot be used
   * @throws DoesNotFitException when all rows are wanted as centers and there are too many
   */
  public static MapInputs run(
      Dataset<Row> rows, Design design, Request request, OnInvalid onInvalid, PassMeter meter) {
    if (request.scaling() == Scaling.NONE && request.centers() == 0 && !request.median()) {
      InputScaling scaling = clipped(InputScaling.none(design.inputs()), request);
      return new MapInputs(scaling, OptionalDouble.empty(), Optional.empty(), 0, List.of());
    }
    int limit = request.centers() == Request.ALL_ROWS ? mostCenters(rows, design) : 0;
    MapPrePass pass = new MapPrePass(design, request, limit);
    InputSummary summary = meter.prePass("inputs of the feature map", () -> pass.read(rows));
    if (onInvalid == OnInvalid.ERROR) {
      summary.invalid().throwIfAny();
    }
    return pass.result(summary);
  }

  /** As the plan has it, for one map and these folds. */
  private static int mostCenters(Dataset<Row> rows, Design design) {
    Workload work = Workloads.of(rows, design, 1).withCenters(1, 2);
    OptionalInt most = Planner.widest(work, ConfiguredMachine.of(rows.sparkSession()));
    return most.orElse(1);
  }

  private int sampled() {
    int centers = request.centers() == Request.ALL_ROWS ? limit + 1 : request.centers();
    return Math.max(centers, request.median() ? MEDIAN_ROWS : 0);
  }

  private InputSummary read(Dataset<Row> rows) {
    int inputs = design.inputs();
    int sampled = sampled();
    FoldHash hash = new FoldHash(request.seed() ^ HASH_KEY, inputs);
    return RowSource.of(rows, design)
        .map(
            (partition, chunks) ->
                List.of(InputSummary.of(partition, chunks, inputs, sampled, hash)).iterator())
        .treeAggregate(new InputSummary(inputs, sampled), InputSummary::merge, InputSummary::merge);
  }

  private MapInputs result(InputSummary summary) {
    ColumnSpread spread = summary.spread();
    checkRows(spread);
    List<String> warnings = new ArrayList<>();
    InputScaling scaling = clipped(scaling(spread, warnings), request);
    RowSample sample = summary.sample();
    OptionalDouble median =
        request.median() ? OptionalDouble.of(median(scaling, sample)) : OptionalDouble.empty();
    Optional<Matrix> centers =
        request.centers() > 0 ? Optional.of(centers(sample, warnings)) : Optional.empty();
    return new MapInputs(scaling, median, centers, spread.rows(), warnings);
  }

  private void checkRows(ColumnSpread spread) {
    if (spread.rows() == 0) {
      throw new DataException("the input has no valid rows");
    }
    if (spread.weightSum() == 0) {
      throw new DataException("all weights are 0");
    }
    MomentsCheck.checkWeights(spread.weightSum(), design);
    Check.that(
        request.scaling() != Scaling.SAMPLE
            || (spread.rows() > 1 && spread.weightSum() == spread.rows()),
        "Cannot standardize by the sample deviation: it needs at least 2 rows of weight 1, got %d"
            + " rows of weight %s",
        spread.rows(),
        spread.weightSum());
  }

  private InputScaling scaling(ColumnSpread spread, List<String> warnings) {
    int d = design.inputs();
    if (request.scaling() == Scaling.NONE) {
      return InputScaling.none(d);
    }
    double divisor = request.scaling() == Scaling.SAMPLE ? spread.rows() - 1.0 : spread.weightSum();
    double[] center = new double[d];
    double[] scale = new double[d];
    List<String> constant = new ArrayList<>();
    for (int j = 0; j < d; j++) {
      center[j] = spread.mean(j);
      boolean varies =
          !ColumnDiagnosis.isConstant(
              spread.unitSquares(j) / spread.weightSum(), spread.unitMean(j));
      scale[j] = varies ? spread.deviation(j, divisor) : 1;
      if (scale[j] < Double.MIN_NORMAL) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "the values of column %s are too small to be scaled (deviation %.3g); multiply it"
                    + " by a large number",
                Names.quoted(design.name(j)),
                scale[j]));
      }
      if (!varies) {
        constant.add(Names.quoted(design.name(j)));
      }
    }
    if (!constant.isEmpty()) {
      int shown = Math.min(SHOWN_NAMES, constant.size());
      warnings.add(
          String.format(
              Locale.ROOT,
              "%d input%s of the feature map never var%s: %s%s",
              constant.size(),
              constant.size() == 1 ? "" : "s",
              constant.size() == 1 ? "ies" : "y",
              String.join(", ", constant.subList(0, shown)),
              shown < constant.size() ? ", .." : ""));
    }
    return InputScaling.of(Vec.owning(center), Vec.owning(scale));
  }

  private static InputScaling clipped(InputScaling scaling, Request request) {
    return request.clip().isPresent() ? scaling.clippedAt(request.clip().getAsDouble()) : scaling;
  }

  private static double median(InputScaling scaling, RowSample sample) {
    int rows = Math.min(MEDIAN_ROWS, sample.size());
    try {
      return LengthScale.median(scaling, rows, sample.rows(rows));
    } catch (IllegalArgumentException equal) {
      throw new DataException(
          "cannot choose a length scale: the inputs of all rows are equal, too small or too large",
          Remedy.of("give one by %s", Option.LENGTH_SCALE));
    }
  }

  private Matrix centers(RowSample sample, List<String> warnings) {
    if (request.centers() == Request.ALL_ROWS) {
      if (sample.size() > limit) {
        throw new DoesNotFitException(
            String.format(
                Locale.ROOT,
                "every row as a center does not fit: there are more than %d different rows",
                limit),
            Remedy.of("use at most %s, the largest that fits", Option.WIDTH.to(limit)));
      }
      return Matrix.owning(design.inputs(), sample.size(), sample.rows(sample.size()));
    }
    int count = Math.min(request.centers(), sample.size());
    if (count < request.centers()) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "there are only %d different rows for %d centers: the width is %d",
              count,
              request.centers(),
              count));
    }
    return Matrix.owning(design.inputs(), count, sample.rows(count));
  }
}

package org.ridgeline.spark;

import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.ridgeline.linalg.Check;

/**
 * The size of a run.
 *
 * @param rows n, where it is known
 * @param inputs d
 * @param targets m
 * @param folds k; 1 without cross-validation
 * @param lambdas L
 * @param partitions in how many partitions the data are read, or a guess
 * @param mapping the feature maps, where there are any
 */
public record Workload(
    OptionalLong rows,
    int inputs,
    int targets,
    int folds,
    int lambdas,
    int partitions,
    Optional<Mapping> mapping) {

  /** Where the weights of a feature map come from. */
  public enum Weights {
    /** Drawn from a seed, d x D at most. */
    DRAWN,
    /** Rows of the data, with the factor of their kernel matrix. */
    CENTRES
  }

  /**
   * The feature maps of a run.
   *
   * @param maps how many are summed up, such as one for each length scale
   * @param outputs D, the number of features of the widest
   * @param weights where their weights come from
   */
  public record Mapping(int maps, int outputs, Weights weights) {
    /** Checks the numbers. */
    public Mapping {
      Check.that(
          maps > 0 && outputs > 0,
          "Cannot plan a run of %d feature maps of width %d: both must be positive",
          maps,
          outputs);
    }
  }

  /** Checks the numbers. */
  public Workload {
    Check.that(
        inputs > 0 && targets > 0 && folds > 0 && lambdas > 0 && partitions > 0,
        "Cannot plan a run of %d inputs, %d targets, %d folds, %d lambdas and %d partitions: all"
            + " must be positive",
        inputs,
        targets,
        folds,
        lambdas,
        partitions);
  }

  /** The size of a run without feature maps. */
  public Workload(
      OptionalLong rows, int inputs, int targets, int folds, int lambdas, int partitions) {
    this(rows, inputs, targets, folds, lambdas, partitions, Optional.empty());
  }

  /**
   * The size of a run over these rows; nothing is read. Folds by column are not known beforehand:
   * {@code guessedFolds} stands for them.
   */
  public static Workload of(Dataset<Row> rows, Design design, int guessedFolds, int lambdas) {
    int folds = design.knownFolds().orElse(guessedFolds);
    long bytes = InputSplits.bytes(SelectedRows.classic(rows).queryExecution().analyzed());
    int partitions =
        bytes > 0
            ? InputSplits.count(bytes, design.width(), folds)
            : Math.max(1, rows.sparkSession().sparkContext().defaultParallelism());
    return new Workload(
        OptionalLong.empty(), design.inputs(), design.targets(), folds, lambdas, partitions);
  }

  /** The same for a known number of rows. */
  public Workload withRows(long n) {
    return new Workload(OptionalLong.of(n), inputs, targets, folds, lambdas, partitions, mapping);
  }

  /** The same with feature maps of D = {@code outputs} features whose weights are drawn. */
  public Workload withMaps(int maps, int outputs) {
    return with(new Mapping(maps, outputs, Weights.DRAWN));
  }

  /** The same with Nystrom maps of {@code centres} rows of the data. */
  public Workload withCentres(int maps, int centres) {
    return with(new Mapping(maps, centres, Weights.CENTRES));
  }

  /** The same maps of another width. */
  Workload withOutputs(int outputs) {
    Mapping known = mapping.orElseThrow();
    return with(new Mapping(known.maps(), outputs, known.weights()));
  }

  private Workload with(Mapping other) {
    return new Workload(rows, inputs, targets, folds, lambdas, partitions, Optional.of(other));
  }

  /** D, the number of columns that are solved for: the features of a map, or the inputs. */
  public int outputs() {
    return mapping.map(Mapping::outputs).orElse(inputs);
  }

  /** How many sums there are of each fold: one for each map, or one of the rows. */
  int sums() {
    return mapping.map(Mapping::maps).orElse(1);
  }

  /** The number of columns of the moments: D + m with feature maps, d + m without. */
  int width() {
    return outputs() + targets;
  }

  /** d + m, the number of values of a row as it is read. */
  int rowWidth() {
    return inputs + targets;
  }

  /** The bytes that the weights of one map take in a JVM, and the factor of Nystrom's. */
  long mapBytes() {
    if (mapping.isEmpty()) {
      return 0;
    }
    long perFeature = mapping.get().weights() == Weights.CENTRES ? inputs + outputs() : inputs;
    return Double.BYTES * perFeature * outputs();
  }
}

package org.ridgeline.plan;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.ridgeline.base.Check;
import org.ridgeline.moments.Retention;

/**
 * The size of a run.
 *
 * @param rows n, where it is known
 * @param inputs d
 * @param targets m
 * @param folds k; 1 without cross-validation
 * @param lambdas L
 * @param tasks how many tasks read the data, or a guess
 * @param mapping the feature maps, where there are any
 * @param reading what there is to read
 * @param extras what the run computes besides the sums of the rows
 */
public record Workload(
    OptionalLong rows,
    int inputs,
    int targets,
    int folds,
    int lambdas,
    int tasks,
    Optional<Mapping> mapping,
    Reading reading,
    Extras extras) {

  /** The number of folds where a column gives them, which is not known before it is read. */
  public static final int GUESSED_FOLDS = 5;

  /**
   * What there is to read.
   *
   * @param fileBytes the size of the files; 0 where there are none
   * @param rows about how many rows there are; empty where nothing tells
   * @param isText whether they are text
   */
  public record Reading(long fileBytes, OptionalDouble rows, boolean isText) {
    static final Reading UNKNOWN = new Reading(0, OptionalDouble.empty(), false);

    /** Returns the bytes to be read of {@code n} rows with {@code width} numbers that are used. */
    double bytesOf(double n, int width) {
      return isText ? fileBytes : Double.BYTES * n * width;
    }
  }

  /**
   * What a run computes besides the sums of the rows.
   *
   * @param keep what is kept of the rows
   * @param residuals passes that score all models
   * @param leaveOneOut passes that leave each row out
   * @param refinements passes that sharpen the chosen model
   * @param form what lambda multiplies
   * @param splits how many splits of the rows are solved; 0: one for each fold
   */
  public record Extras(
      Retention keep, int residuals, int leaveOneOut, int refinements, Form form, int splits) {
    public static final Extras NONE = new Extras(Retention.SCATTER, 0, 0, 0);

    /** Returns these of plain ridge. */
    public Extras(Retention keep, int residuals, int leaveOneOut, int refinements) {
      this(keep, residuals, leaveOneOut, refinements, Form.RIDGE, 0);
    }

    /** Returns the same with another penalty. */
    public Extras with(Form other) {
      return new Extras(keep, residuals, leaveOneOut, refinements, other, splits);
    }

    /** Returns the same with so many splits. */
    public Extras withSplits(int number) {
      return new Extras(keep, residuals, leaveOneOut, refinements, form, number);
    }
  }

  /** What lambda multiplies. */
  public enum Form {
    /** The sum of squares of the coefficients. */
    RIDGE,
    /** A sum of squares with a factor, or a prior mean, for each column. */
    COLUMNS,
    /** A quadratic form with a d x d matrix, such as a prior. */
    MATRIX
  }

  /** Where the weights of a feature map come from. */
  public enum Weights {
    /** Drawn from a seed, d x D at most. */
    DRAWN,
    /** Rows of the data, with the factor of their kernel matrix. */
    CENTERS
  }

  /**
   * The feature maps of a run.
   *
   * @param maps how many are summed up, such as one for each length scale
   * @param outputs D, the number of features of the widest
   * @param weights where their weights come from
   * @param systems how many systems of the largest width their widths are worth
   */
  public record Mapping(int maps, int outputs, Weights weights, double systems) {
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
        inputs > 0 && targets > 0 && folds > 0 && lambdas > 0 && tasks > 0,
        "Cannot plan a run of %d inputs, %d targets, %d folds, %d lambdas and %d tasks: all"
            + " must be positive",
        inputs,
        targets,
        folds,
        lambdas,
        tasks);
  }

  /** The size of a run without feature maps. */
  public Workload(OptionalLong rows, int inputs, int targets, int folds, int lambdas, int tasks) {
    this(
        rows,
        inputs,
        targets,
        folds,
        lambdas,
        tasks,
        Optional.empty(),
        Reading.UNKNOWN,
        Extras.NONE);
  }

  /** Returns the same for a known number of rows. */
  public Workload withRows(long n) {
    return with(OptionalLong.of(n), mapping, extras);
  }

  /** Returns the same with feature maps of D = {@code outputs} features whose weights are drawn. */
  public Workload withMaps(int maps, int outputs) {
    return with(rows, Optional.of(new Mapping(maps, outputs, Weights.DRAWN, maps)), extras);
  }

  /** Returns the same with Nystrom maps of {@code centers} rows of the data. */
  public Workload withCenters(int maps, int centers) {
    return with(rows, Optional.of(new Mapping(maps, centers, Weights.CENTERS, maps)), extras);
  }

  /** Returns the same maps of another width. */
  public Workload withOutputs(int outputs) {
    Mapping known = mapping.orElseThrow();
    Mapping other = new Mapping(known.maps(), outputs, known.weights(), known.systems());
    return with(rows, Optional.of(other), extras);
  }

  /** Returns the same with these widths of every map, the largest of which it has already. */
  public Workload withWidths(List<Integer> widths) {
    Mapping known = mapping.orElseThrow();
    double largest = widths.stream().mapToInt(w -> w).max().orElseThrow();
    double systems = widths.stream().mapToDouble(w -> Math.pow(w / largest, 3)).sum();
    Mapping other =
        new Mapping(known.maps(), known.outputs(), known.weights(), known.maps() * systems);
    return with(rows, Optional.of(other), extras);
  }

  /** Returns the same with these extras. */
  public Workload withExtras(Extras wanted) {
    return with(rows, mapping, wanted);
  }

  private Workload with(OptionalLong n, Optional<Mapping> maps, Extras wanted) {
    return new Workload(n, inputs, targets, folds, lambdas, tasks, maps, reading, wanted);
  }

  /** n, or an estimate from the files; empty where nothing tells. */
  OptionalDouble expectedRows() {
    return rows.isPresent() ? OptionalDouble.of((double) rows.getAsLong()) : reading.rows();
  }

  /** Returns how many rows are kept in place of their scatter. */
  long keptRows() {
    return extras.keep() == Retention.ROWS ? (long) Math.ceil(expectedRows().orElse(0)) : 0;
  }

  /** Returns how many systems of the largest size are to be solved for each fold. */
  public double systems() {
    return mapping.map(Mapping::systems).orElse(1.0);
  }

  /** D, the number of columns that are solved for: the features of a map, or the inputs. */
  public int outputs() {
    return mapping.map(Mapping::outputs).orElse(inputs);
  }

  /** Returns how many sums there are of each fold: one for each map, or one of the rows. */
  public int sums() {
    return mapping.map(Mapping::maps).orElse(1);
  }

  /** Returns the number of columns of the moments: D + m with feature maps, d + m without. */
  public int width() {
    return outputs() + targets;
  }

  /** d + m, the number of values of a row as it is read. */
  public int rowWidth() {
    return inputs + targets;
  }

  /** Returns the bytes that the weights of one map take in a JVM, and the factor of Nystrom's. */
  public long mapBytes() {
    if (mapping.isEmpty()) {
      return 0;
    }
    long perFeature = mapping.get().weights() == Weights.CENTERS ? inputs + outputs() : inputs;
    return Double.BYTES * perFeature * outputs();
  }
}

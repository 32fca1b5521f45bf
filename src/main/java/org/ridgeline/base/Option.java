package org.ridgeline.base;

import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;

/**
 * The options that a {@link Remedy} can name. The command line has a flag for each, a stage of
 * Spark ML a setter for some; {@link Words#of} gives the word of one.
 */
public enum Option {
  FORMAT,
  OPTION,
  FEATURES,
  CATEGORICAL,
  FOLDS,
  FOLD_COL,
  ID_COL,
  SEED,
  LAMBDAS,
  LAMBDA,
  STANDARDIZE,
  PENALTY,
  SELECT,
  ON_INVALID,
  UNSEEN,
  EXACT_RESIDUALS,
  REFINEMENTS,
  SOLVER,
  WIDTH,
  LENGTH_SCALE,
  CLIP,
  OUT,
  IF_EXISTS,
  NO_MOMENTS,
  DRIVER_MEMORY("spark.driver.memory"),
  EXECUTOR_MEMORY("spark.executor.memory"),
  MAX_RESULT_SIZE("spark.driver.maxResultSize");

  private final String sparkKey; // null: an option of ours

  Option() {
    this(null);
  }

  Option(String sparkKey) {
    this.sparkKey = sparkKey;
  }

  /** Returns the key in the configuration of Spark, where it is an option of Spark's own. */
  public Optional<String> sparkKey() {
    return Optional.ofNullable(sparkKey);
  }

  /** Returns this option with the value to give it. */
  public Use to(Object value) {
    return new Use(this, value.toString());
  }

  /** An option as a remedy names it: alone, or with the value to give it. */
  public static final class Use implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Option option;
    private final String value; // null: none

    Use(Option option, String value) {
      this.option = option;
      this.value = value;
    }

    /** Returns the option. */
    public Option option() {
      return option;
    }

    /** Returns the value to give it, where there is one. */
    public Optional<String> value() {
      return Optional.ofNullable(value);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Use use && option == use.option && Objects.equals(value, use.value);
    }

    @Override
    public int hashCode() {
      return Objects.hash(option, value);
    }

    /** Returns the words of option and value: {@code on-invalid drop}. */
    @Override
    public String toString() {
      return option.sparkKey().orElse(Words.of(option)) + value().map(v -> " " + v).orElse("");
    }
  }
}

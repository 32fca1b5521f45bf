package org.ridgeline.cli;

import static org.ridgeline.cli.Command.DOCTOR;
import static org.ridgeline.cli.Command.EVALUATE;
import static org.ridgeline.cli.Command.PREDICT;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * All options of all commands: name, shape, default, who takes it. The name is the same as flag, in
 * the {@code --config} file and after {@code spark.ridgeline.}.
 */
enum Setting {
  INPUT(Shape.TEXT, "PATH", "", "what to read", Takers.READ),
  FORMAT(
      Shape.TEXT, "NAME", "", "its format, as Spark calls it; default by extension", Takers.READ),
  OPTION(Shape.PAIRS, "K=V", "", "an option for Spark's reader (repeatable)", Takers.READ),
  WHERE(Shape.TEXT, "SQL", "", "keep only these rows", Takers.READ),
  LABEL(Shape.LIST, "NAME", "", "the column to predict (repeatable)", Takers.LABELLED),
  FEATURES(
      Shape.COMMAS,
      "GLOBS",
      "",
      "comma list; !GLOB removes; default: every numeric, boolean, vector and array column",
      Takers.TRAIN),
  CATEGORICAL(Shape.COMMAS, "NAMES", "", "columns to one-hot encode", Takers.TRAIN),
  WEIGHT(Shape.TEXT, "NAME", "", "the weight of a row; default 1", Takers.LABELLED),
  WEIGHT_KIND(
      Shape.TEXT,
      "KIND",
      "precision",
      "precision, or frequency: n is the sum of weights",
      Takers.TRAIN),
  FOLDS(Shape.NUMBER, "K", "5", "how many folds", Takers.TRAIN),
  FOLD_COL(Shape.TEXT, "NAME", "", "the column that gives the fold", Takers.TRAIN),
  GROUP_COL(Shape.TEXT, "NAME", "", "rows of one value share a fold", Takers.TRAIN),
  ID_COL(Shape.TEXT, "NAME", "", "fold by this column, not by the row's content", Takers.TRAIN),
  SEED(Shape.NUMBER, "S", "0", "of the folds and of the map", Takers.TRAIN),
  LAMBDAS(Shape.COMMAS, "GRID", "auto", "auto, FROM:TO:COUNT (log-spaced) or a,b,c", Takers.TRAIN),
  LAMBDA(Shape.NUMBER, "X", "", "this lambda only", Takers.TRAIN),
  DF(Shape.NUMBER, "X", "", "the lambda with so many degrees of freedom", Takers.TRAIN),
  REFINE(Shape.FLAG, "", "false", "search between the points of the grid, too", Takers.TRAIN),
  LAMBDA_CONVENTION(
      Shape.TEXT,
      "NAME",
      "sum",
      "what the lambdas mean: sum mean spark glmnet lm.ridge",
      Takers.TRAIN),
  STANDARDIZE(
      Shape.TEXT,
      "HOW",
      "population",
      "population, sample or none; with a map, of its inputs",
      Takers.TRAIN),
  NO_INTERCEPT(Shape.FLAG, "", "false", "fit through the origin", Takers.TRAIN),
  PENALTY(
      Shape.PAIRS,
      "GLOB=F",
      "",
      "the penalty of these features times F; 0: none (repeatable, or a comma list)",
      Takers.TRAIN),
  PRIOR(
      Shape.TEXT,
      "RUN",
      "",
      "penalise the distance from the model of an earlier run, not from 0",
      Takers.TRAIN),
  SELECT(
      Shape.TEXT,
      "RULE",
      "",
      "cv-min cv-1se gcv loo evidence aic bic or sure; default: tune cv-min, fit gcv",
      Takers.TRAIN),
  ON_INVALID(
      Shape.TEXT,
      "WHAT",
      "error",
      "null, NaN or infinite values: error, or drop the row",
      Takers.READ),
  EXACT_RESIDUALS(
      Shape.FLAG,
      "",
      "false",
      "a second pass: errors from the rows, not the moments",
      Takers.TRAIN),
  REFINEMENTS(
      Shape.NUMBER,
      "N",
      "0",
      "further passes that sharpen the chosen model's digits, one each",
      Takers.TRAIN),
  SOLVER(Shape.TEXT, "NAME", "auto", "auto, cholesky, eigen, dual or tsqr", Takers.TRAIN),
  MAP(
      Shape.TEXT,
      "KIND",
      "none",
      "random features: rff rff-cos orf laplace matern32 matern52 arccos0 arccos1 arccos2 ntk"
          + " nystrom",
      Takers.TRAIN),
  KERNEL(Shape.TEXT, "NAME", "rbf", "of nystrom: rbf, laplace, matern32 or matern52", Takers.TRAIN),
  WIDTH(
      Shape.COMMAS,
      "A,B,..",
      "1024",
      "how many features, all widths from one pass; nystrom: centres, or all",
      Takers.TRAIN),
  LENGTH_SCALE(
      Shape.COMMAS,
      "A,B,..",
      "auto",
      "of the kernel, in units of the scaled inputs; auto: the median distance, by tune times 0.35,"
          + " 0.7 and 1.4",
      Takers.TRAIN),
  BIAS(Shape.TEXT, "0|1", "1", "arccos and ntk: append a constant to the inputs", Takers.TRAIN),
  CLIP(
      Shape.TEXT,
      "SD",
      "off",
      "clip the map's inputs at so many standard deviations",
      Takers.TRAIN),
  MODEL(Shape.TEXT, "RUN", "", "the run directory of a fit or tune", Takers.SCORE),
  UNSEEN(
      Shape.TEXT,
      "WHAT",
      "error",
      "a category level not seen in training: error or zero",
      Takers.SCORE),
  EXECUTORS(Shape.FLAG, "", "false", "look at every executor, too", Takers.DOCTORS),
  OUT(Shape.TEXT, "DIR", "", "the directory to write", Takers.WRITE),
  OUTPUT_FORMAT(Shape.TEXT, "NAME", "parquet", "parquet or csv", Takers.PREDICTS),
  INTERVAL(
      Shape.NUMBER,
      "LEVEL",
      "",
      "intervals that hold with this probability, such as 0.9, beside the predictions",
      Takers.PREDICTS),
  INTERVAL_KIND(
      Shape.TEXT,
      "KIND",
      "predictive",
      "predictive: of the posterior; cv-plus: of the run's folds, from one read of its data",
      Takers.PREDICTS),
  IF_EXISTS(Shape.TEXT, "WHAT", "fail", "when the output exists: fail or overwrite", Takers.WRITE),
  NO_MOMENTS(Shape.FLAG, "", "false", "leave the moments out of the run directory", Takers.TRAIN),
  OUTPUT(Shape.TEXT, "FORM", "text", "what stdout gets: text, or one json object", Takers.ALL),
  PROGRESS(
      Shape.FLAG,
      "",
      "false",
      "how far each pass has come, on stderr; a terminal gets it anyhow",
      Takers.READ),
  FAIL_IF(Shape.TEXT, "TEST", "", "exit with 7 when it holds, e.g. \"r2<0.3\"", Takers.GATED),
  CONFIG(Shape.TEXT, "FILE", "", "options from a file: HOCON, JSON or properties", Takers.ALL),
  VERBOSE(Shape.FLAG, "", "false", "show the stack trace of an unexpected error", Takers.ALL);

  /** How a value is written. */
  enum Shape {
    /** One value. */
    TEXT,
    /** One number. */
    NUMBER,
    /** Present or not. */
    FLAG,
    /** Repeatable; a list in a file; commas in Spark's configuration. */
    LIST,
    /** Commas on the command line; may be a list in a file. */
    COMMAS,
    /** Repeatable {@code key=value}; an object in a file. */
    PAIRS
  }

  /** Groups of commands. */
  private enum Takers {
    TRAIN,
    READ,
    LABELLED,
    SCORE,
    WRITE,
    GATED,
    PREDICTS,
    DOCTORS,
    ALL;

    boolean include(Command command) {
      return switch (this) {
        case TRAIN -> command.trains();
        case READ -> command.trains() || command == PREDICT || command == EVALUATE;
        case LABELLED, GATED -> command.trains() || command == EVALUATE;
        case SCORE -> command == PREDICT || command == EVALUATE;
        case WRITE -> command.trains() || command == PREDICT;
        case PREDICTS -> command == PREDICT;
        case DOCTORS -> command == DOCTOR;
        case ALL -> true;
      };
    }
  }

  /** What Spark's own configuration puts before our names. */
  static final String PREFIX = "spark.ridgeline.";

  private final Shape shape;
  private final String placeholder;
  private final String preset;
  private final String summary;
  private final Takers takers;

  Setting(Shape shape, String placeholder, String preset, String summary, Takers takers) {
    this.shape = shape;
    this.placeholder = placeholder;
    this.preset = preset;
    this.summary = summary;
    this.takers = takers;
  }

  /** The name without dashes. */
  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The name as a flag. */
  String flag() {
    return "--" + key();
  }

  Shape shape() {
    return shape;
  }

  String placeholder() {
    return placeholder;
  }

  /** The default, if there is one. */
  Optional<String> preset() {
    return preset.isEmpty() ? Optional.empty() : Optional.of(preset);
  }

  String summary() {
    return summary;
  }

  boolean isTakenBy(Command command) {
    return takers.include(command);
  }

  /**
   * Where a pair splits: at its first equals sign; for penalties at the last, because names of
   * categories have one.
   */
  int splitOf(String pair) {
    return this == PENALTY ? pair.lastIndexOf('=') : pair.indexOf('=');
  }

  /** The pairs in one value: penalties may be a comma list. */
  List<String> pairsIn(String value) {
    return this == PENALTY ? List.of(value.split("(?<==[0-9.eE+-]{1,40}),")) : List.of(value);
  }

  /** The setting of this name without dashes. */
  static Optional<Setting> of(String key) {
    return Arrays.stream(values()).filter(setting -> setting.key().equals(key)).findFirst();
  }

  /** The names, without dashes. */
  static List<String> keys() {
    return Arrays.stream(values()).map(Setting::key).toList();
  }
}

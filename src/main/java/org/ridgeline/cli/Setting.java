package org.ridgeline.cli;

import static org.ridgeline.cli.Command.DOCTOR;
import static org.ridgeline.cli.Command.EVALUATE;
import static org.ridgeline.cli.Command.FIT;
import static org.ridgeline.cli.Command.MOMENTS_COMPARE;
import static org.ridgeline.cli.Command.MOMENTS_SHOW;
import static org.ridgeline.cli.Command.PREDICT;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ridgeline.dataset.FoldRule;

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
  LABEL(Shape.LIST, "NAME", "", "the column to predict (repeatable)", Takers.LABELED),
  FEATURES(
      Shape.COMMAS,
      "GLOBS",
      "",
      "comma list; !GLOB removes; default: every numeric, boolean, vector and array column",
      Takers.TRAIN),
  CATEGORICAL(Shape.COMMAS, "NAMES", "", "columns to one-hot encode", Takers.SUM),
  WEIGHT(Shape.TEXT, "NAME", "", "the weight of a row; default 1", Takers.WEIGHTED),
  WEIGHT_KIND(
      Shape.TEXT,
      "KIND",
      "precision",
      "precision, or frequency: n is the sum of weights",
      Takers.SUM),
  FOLDS(Shape.NUMBER, "K", "" + FoldRule.USUAL, "how many folds", Takers.TRAIN),
  FOLD_COL(Shape.TEXT, "NAME", "", "the column that gives the fold", Takers.SUM),
  GROUP_COL(Shape.TEXT, "NAME", "", "rows of one value share a fold", Takers.SUM),
  ID_COL(Shape.TEXT, "NAME", "", "fold by this column, not by the row's content", Takers.SUM),
  CV(
      Shape.TEXT,
      "HOW",
      "kfold",
      "kfold; forward: blocks before train; purged: without neighbors (both: --fold-col in order);"
          + " repeated: folds dealt several times",
      Takers.SOLVE),
  GAP(
      Shape.NUMBER,
      "G",
      "",
      "forward: blocks left out before the one scored, default 0; purged: on either side, default 1",
      Takers.SOLVE),
  WINDOW(
      Shape.NUMBER, "N", "", "forward: how many blocks train; default: all before", Takers.SOLVE),
  REPEATS(Shape.NUMBER, "R", "10", "repeated: how often", Takers.SOLVE),
  NESTED(
      Shape.FLAG,
      "",
      "false",
      "measure the error of the tuned model, too: lambda chosen without the rows it is scored on",
      Takers.SOLVE),
  SEED(Shape.NUMBER, "S", "0", "of the folds and of the map", Takers.SUM),
  LAMBDAS(Shape.COMMAS, "GRID", "auto", "auto, FROM:TO:COUNT (log-spaced) or a,b,c", Takers.SOLVE),
  LAMBDA(Shape.NUMBER, "X", "", "this lambda only", Takers.SOLVE),
  DF(Shape.NUMBER, "X", "", "the lambda with so many degrees of freedom", Takers.SOLVE),
  REFINE(Shape.FLAG, "", "false", "search between the points of the grid, too", Takers.SOLVE),
  LAMBDA_CONVENTION(
      Shape.TEXT,
      "NAME",
      "sum",
      "what the lambdas mean: sum mean spark glmnet lm.ridge",
      Takers.SOLVE),
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
      Takers.SOLVE),
  PRIOR(
      Shape.TEXT,
      "RUN",
      "",
      "an earlier run, whose rows count lambda times as much as the new ones",
      Takers.SOLVE),
  SELECT(
      Shape.TEXT,
      "RULE",
      "",
      "cv-min cv-1se gcv loo evidence aic bic or sure; default: cv-min, fit without a map gcv",
      Takers.SOLVE),
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
      Takers.SOLVE),
  REFINEMENTS(
      Shape.NUMBER, "N", "0", "passes of iterative refinement of the chosen model", Takers.SOLVE),
  SOLVER(Shape.TEXT, "NAME", "auto", "auto, cholesky, eigen, dual or tsqr", Takers.TRAIN),
  MAP(
      Shape.TEXT,
      "KIND",
      "none",
      "random features: rff rff-cos orf laplace matern32 matern52 arccos0 arccos1 arccos2 ntk"
          + " nystrom",
      Takers.SUM),
  KERNEL(Shape.TEXT, "NAME", "rbf", "of nystrom: rbf, laplace, matern32 or matern52", Takers.SUM),
  WIDTH(
      Shape.COMMAS,
      "A,B,..",
      "1024",
      "how many features, all widths from one pass; nystrom: centers, or all",
      Takers.SUM),
  LENGTH_SCALE(
      Shape.COMMAS,
      "A,B,..",
      "auto",
      "of the kernel, in units of the scaled inputs; auto: the median distance, by tune times 0.35,"
          + " 0.7 and 1.4",
      Takers.SUM),
  BIAS(Shape.TEXT, "0|1", "1", "arccos and ntk: append a constant to the inputs", Takers.SUM),
  CLIP(Shape.TEXT, "SD", "off", "clip the map's inputs at so many standard deviations", Takers.SUM),
  MODEL(Shape.TEXT, "RUN", "", "the run directory of a fit or tune", Takers.SCORE),
  UNSEEN(
      Shape.TEXT,
      "WHAT",
      "error",
      "a category level not seen in training: error or zero",
      Takers.SCORE),
  EXECUTORS(Shape.FLAG, "", "false", "look at every executor, too", Takers.DOCTORS),
  FORECAST(
      Shape.FLAG, "", "false", "say what more rows would bring, without a job", Takers.FORETELLS),
  ROWS(
      Shape.COMMAS,
      "A,B,..",
      "2x,5x,10x",
      "forecast at how many rows: a number, or with x a multiple of those there are",
      Takers.FORECASTS),
  TARGET_RMSE(
      Shape.NUMBER,
      "X",
      "",
      "forecast how many rows reach this root mean squared error",
      Takers.FORECASTS),
  TARGET(Shape.LIST, "NAME", "", "only this target (repeatable)", Takers.CHOOSES),
  AT_LAMBDA(
      Shape.TEXT,
      "WHICH",
      "selected",
      "the forecast of fixed lambda holds: selected, that of the run's model, or best, that of the"
          + " smallest fold error",
      Takers.FORECASTS),
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
  IF_EXISTS(
      Shape.TEXT,
      "WHAT",
      "fail",
      "when the output exists: fail, skip, overwrite, or resume an attempt that was cut off",
      Takers.WRITE),
  NO_MOMENTS(Shape.FLAG, "", "false", "leave the moments out of the run directory", Takers.SOLVE),
  OUTPUT(Shape.TEXT, "FORM", "text", "what stdout gets: text, or one json object", Takers.ALL),
  PROGRESS(
      Shape.FLAG,
      "",
      "false",
      "the progress of each pass on stderr; always on a terminal",
      Takers.READ),
  FAIL_IF(
      Shape.TEXT,
      "TEST",
      "",
      "exit with 7 when it holds, e.g. \"r2<0.3\", of rows held out",
      Takers.GATED),
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
    /** Those that go over rows to sum them up. */
    SUM,
    /** Those that solve. */
    SOLVE,
    /** Both. */
    TRAIN,
    READ,
    LABELED,
    WEIGHTED,
    SCORE,
    WRITE,
    GATED,
    PREDICTS,
    DOCTORS,
    /** That which forecasts a run. */
    CHOOSES,
    /** Those that can forecast the run that they make. */
    FORETELLS,
    /** Both. */
    FORECASTS,
    ALL;

    boolean include(Command command) {
      return switch (this) {
        case SUM -> command.sums();
        case SOLVE -> command.solves();
        case TRAIN -> command.sums() || command.solves();
        case READ -> command.sums() || scores(command);
        case LABELED -> command.sums() || command.solves() || command == EVALUATE;
        case WEIGHTED -> command.sums() || command == EVALUATE;
        case GATED -> command.solves() || command == EVALUATE || command == MOMENTS_COMPARE;
        case SCORE -> scores(command);
        case WRITE ->
            command.trains()
                || command == PREDICT
                || (command.group().isPresent()
                    && command != MOMENTS_SHOW
                    && command != MOMENTS_COMPARE);
        case PREDICTS -> command == PREDICT;
        case DOCTORS -> command == DOCTOR;
        case CHOOSES -> command == Command.FORECAST;
        case FORETELLS -> foretells(command);
        case FORECASTS -> command == Command.FORECAST || foretells(command);
        case ALL -> true;
      };
    }

    private static boolean foretells(Command command) {
      return command.solves() && command != FIT;
    }

    private static boolean scores(Command command) {
      return command == PREDICT || command == EVALUATE;
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

  /** Returns the name without dashes. */
  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the name as a flag. */
  String flag() {
    return "--" + key();
  }

  Shape shape() {
    return shape;
  }

  String placeholder() {
    return placeholder;
  }

  /** Returns the default, if there is one. */
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
   * Returns where a pair splits: at its first equals sign; for penalties at the last, because names
   * of categories have one.
   */
  int splitOf(String pair) {
    return this == PENALTY ? pair.lastIndexOf('=') : pair.indexOf('=');
  }

  /** Returns the pairs in one value: penalties may be a comma list. */
  List<String> pairsIn(String value) {
    return this == PENALTY ? List.of(value.split("(?<==[0-9.eE+-]{1,40}),")) : List.of(value);
  }

  /** Returns the setting of this name without dashes. */
  static Optional<Setting> of(String key) {
    return Arrays.stream(values()).filter(setting -> setting.key().equals(key)).findFirst();
  }

  /** Returns the names, without dashes. */
  static List<String> keys() {
    return Arrays.stream(values()).map(Setting::key).toList();
  }
}

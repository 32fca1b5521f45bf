package org.ridgeline.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ridgeline.base.Names;
import org.ridgeline.base.UsageException;

/** The commands. */
enum Command {
  PLAN("what a run would read and need in memory, and whether it fits; trains nothing"),
  FIT("one model at --lambda, or the best of --lambdas; one pass over the data"),
  TUNE("lambda by cross-validation, then the model on all rows; one pass over the data"),
  PREDICT("adds predictions to a table"),
  EVALUATE("errors of a model on labeled data"),
  DOCTOR("Java, Spark, BLAS and LAPACK, and how fast they are here"),
  STATUS("the state of a run; exits with the run's code, 10 while it runs"),
  FORECAST("what more rows would bring to a run, from its stored moments; reads no data"),
  REPORT("rebuilds a run's report.html"),
  MOMENTS("stored moments: written, merged, taken away from each other, solved without the data"),
  MOMENTS_WRITE("one pass over the data, kept as moments"),
  MOMENTS_MERGE("the moments of all the rows of several: folds are matched by value"),
  MOMENTS_SUBTRACT("the moments of the first without the rows of the second"),
  MOMENTS_SOLVE(
      "the run of tune, without the data: other lambdas, labels, penalties, fewer features"),
  MOMENTS_SHOW("what stored moments are of; checks every byte"),
  MOMENTS_COMPARE(
      "what has changed from the rows of A to those of B, the error of A's model on B, and what"
          + " training again would gain; metrics of --fail-if: max_shift mse rmse r2 mse_ratio bias"
          + " chow_f chow_p chow_p_folds moved retrain_gain");

  private static final int SHOWN = 5;

  private final String summary;

  Command(String summary) {
    this.summary = summary;
  }

  /** Returns the words on the command line. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Returns the command of these words. */
  static Command of(String words) {
    return valueOf(words.toUpperCase(Locale.ROOT).replace(' ', '_'));
  }

  /** Returns the command that this one is a part of. */
  Optional<Command> group() {
    boolean isPart = this != MOMENTS && name().startsWith(MOMENTS.name());
    return isPart ? Optional.of(MOMENTS) : Optional.empty();
  }

  /** Returns what it does, for the help. */
  String summary() {
    return summary;
  }

  /** Whether it trains, or plans to. */
  boolean trains() {
    return this == PLAN || this == FIT || this == TUNE;
  }

  /** Whether it sums up rows. */
  boolean sums() {
    return trains() || this == MOMENTS_WRITE;
  }

  /** Whether it solves for a model. */
  boolean solves() {
    return trains() || this == MOMENTS_SOLVE;
  }

  /** Returns the names of its operands as the usage line has them, or empty. */
  String operands() {
    return switch (this) {
      case STATUS, FORECAST, REPORT -> "RUN";
      case MOMENTS_SOLVE, MOMENTS_SHOW -> "M";
      case MOMENTS_MERGE -> "M M...";
      case MOMENTS_SUBTRACT, MOMENTS_COMPARE -> "A B";
      default -> "";
    };
  }

  /** Requires as many operands as it takes. */
  void requireOperands(List<String> given) {
    int needed = operands().isEmpty() ? 0 : operands().split(" ").length;
    boolean isOpen = operands().endsWith("...");
    if (given.size() < needed || (given.size() > needed && !isOpen)) {
      throw new UsageException(
          "The command '"
              + word()
              + "' takes "
              + (needed == 1
                  ? "one directory"
                  : isOpen ? "two or more directories" : "two directories")
              + " ("
              + operands()
              + "), but got "
              + (given.isEmpty() ? "none" : given.size() + ": " + Names.listed(given, SHOWN)));
    }
  }
}

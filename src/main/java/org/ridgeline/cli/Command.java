package org.ridgeline.cli;

import java.util.Locale;

/** The commands. */
enum Command {
  PLAN("what a run would read and need in memory, and whether it fits; trains nothing"),
  FIT("one model at --lambda, or the best of --lambdas; one pass over the data"),
  TUNE("lambda by cross-validation, then the model on all rows; one pass over the data"),
  PREDICT("adds predictions to a table"),
  EVALUATE("errors of a model on labelled data"),
  DOCTOR("Java, Spark, BLAS and LAPACK, and how fast they are here"),
  STATUS("the state of a run; exits with the run's code, 10 while it runs"),
  REPORT("rebuilds a run's report.html"),
  MOMENTS("writes, merges and solves stored moments");

  private final String summary;

  Command(String summary) {
    this.summary = summary;
  }

  /** The word on the command line. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The command of this word. */
  static Command of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** What it does, for the help. */
  String summary() {
    return summary;
  }

  /** Whether this version has it. */
  boolean isBuilt() {
    return this != MOMENTS;
  }

  /** Whether it trains, or plans to. */
  boolean trains() {
    return this == PLAN || this == FIT || this == TUNE;
  }

  /** The name of its one positional argument, or empty. */
  String argument() {
    return this == STATUS || this == REPORT ? "RUN" : "";
  }
}

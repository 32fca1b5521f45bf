package org.ridgeline.cli;

/** The exit codes of the process. */
final class ExitCode {
  static final int OK = 0;
  static final int UNEXPECTED = 1;
  static final int USAGE = 2;
  static final int DATA = 3;
  static final int OUTPUT = 4;
  static final int DOES_NOT_FIT = 5;
  static final int NUMERICAL = 6;
  static final int GATE = 7;

  private ExitCode() {}
}

package org.ridgeline.cli;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.ridgeline.base.RunOutputException;
import org.ridgeline.store.EndingSignal;
import org.ridgeline.store.RunDirectory;

/** Runs one command: the only class that turns exceptions into exit codes. */
final class Execution {
  private final Map<String, String> properties;
  private final Console console;
  private final Runnable atStart;
  private boolean verbose;

  /**
   * Creates an execution.
   *
   * @param atStart what is done before a command runs; not for its help, which needs no Hadoop
   */
  Execution(Map<String, String> properties, Console console, Runnable atStart) {
    this.properties = properties;
    this.console = console;
    this.atStart = atStart;
  }

  /** Runs the command of these words and returns the exit code. */
  int run(String[] words) {
    try {
      Optional<CommandParser.Parsed> parsed = CommandParser.parse(words, console);
      return parsed.isPresent() ? run(parsed.get()) : ExitCode.OK;
    } catch (IllegalArgumentException e) {
      return print(e);
    }
  }

  private int run(CommandParser.Parsed parsed) {
    Settings settings =
        Settings.resolve(parsed.command(), parsed.flags(), parsed.arguments(), properties);
    Platform.ofThisJvm().check();
    atStart.run();
    FileNames.ofThisJvm().check(settings);
    verbose = settings.isSet(Setting.VERBOSE);
    try (RunContext context = new RunContext(settings, properties, console)) {
      return run(context);
    }
  }

  /** Spark throws checked exceptions that its methods do not declare. */
  private int run(RunContext context) {
    try {
      OptionalInt done = FinishedRun.code(context);
      return done.isPresent() ? done.getAsInt() : dispatch(context);
    } catch (Exception | OutOfMemoryError e) {
      if (EndingSignal.hasCome()) {
        return EndingSignal.code(); // whatever has broken down since is no failure
      }
      Optional<RunDirectory> directory = context.directory();
      Throwable thrown = StrayError.or(e);
      Failure failure = Failure.of(thrown);
      directory.ifPresent(run -> record(run, failure));
      return directory.filter(RunDirectory::isInterrupted).isPresent()
          ? EndingSignal.code()
          : print(thrown);
    }
  }

  private void record(RunDirectory run, Failure failure) {
    try {
      run.fail(failure.code(), failure.sentence());
    } catch (RunOutputException e) {
      console.warn(e.getMessage());
    }
  }

  private static int dispatch(RunContext context) {
    return switch (context.settings().command()) {
      case FIT, TUNE -> TrainCommand.run(context);
      case PLAN -> PlanCommand.run(context);
      case PREDICT -> PredictCommand.run(context);
      case EVALUATE -> EvaluateCommand.run(context);
      case DOCTOR -> DoctorCommand.run(context);
      case STATUS -> StatusCommand.run(context);
      case FORECAST -> ForecastCommand.run(context);
      case REPORT -> ReportCommand.run(context);
      case MOMENTS_WRITE -> MomentsWriteCommand.run(context);
      case MOMENTS_MERGE -> MomentsMergeCommand.run(context);
      case MOMENTS_SUBTRACT -> MomentsSubtractCommand.run(context);
      case MOMENTS_SOLVE -> MomentsSolveCommand.run(context);
      case MOMENTS_SHOW -> MomentsShowCommand.run(context);
      case MOMENTS_COMPARE -> MomentsCompareCommand.run(context);
      case MOMENTS -> throw new IllegalStateException("Its help was the answer");
    };
  }

  private int print(Throwable thrown) {
    Failure failure = Failure.of(thrown);
    console.error(failure.sentence());
    if (verbose && failure.code() == ExitCode.UNEXPECTED) {
      console.stackOf(thrown);
    }
    return failure.code();
  }
}

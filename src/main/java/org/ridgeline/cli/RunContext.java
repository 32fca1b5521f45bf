package org.ridgeline.cli;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.ridgeline.base.Check;
import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.Lapack;
import org.ridgeline.natives.NativeLibraries;
import org.ridgeline.natives.NativeState;
import org.ridgeline.spark.PassMeter;
import org.ridgeline.spark.RidgelinePlugin;
import org.ridgeline.store.HadoopFiles;
import org.ridgeline.store.RunDirectory;
import org.ridgeline.store.RunOverlap;
import org.ridgeline.train.Journal;
import org.ridgeline.train.StoredRun;

/**
 * The state of a command: its settings, the console, the Spark session once it is needed, the run
 * directory once it is opened, and the times of its stages.
 */
final class RunContext implements AutoCloseable {
  /** The local masters that Spark accepts. */
  private static final Pattern LOCAL =
      Pattern.compile(
          "local(\\[(\\*|[1-9][0-9]*)(\\s*,\\s*[1-9][0-9]*)?\\])?"
              + "|local-cluster\\[\\s*[0-9]+\\s*,\\s*[0-9]+\\s*,\\s*[0-9]+\\s*]");

  /** How deep Spark looks for an error that ends a JVM among the causes of a failed task. */
  private static final String FATAL_DEPTH = "spark.executor.killOnFatalError.depth";

  private final Settings settings;
  private final Map<String, String> properties;
  private final Console console;
  private final ConsoleListener listener;
  private final Journal journal;
  private Optional<RunDirectory> directory = Optional.empty();
  private Optional<SparkSession> ownSession = Optional.empty();

  RunContext(Settings settings, Map<String, String> properties, Console console) {
    this.settings = settings;
    this.properties = properties;
    this.console = console;
    this.listener = new ConsoleListener(console, ProgressLine.of(console, settings));
    this.journal = Journal.with(listener);
  }

  Settings settings() {
    return settings;
  }

  Console console() {
    return console;
  }

  /** Hadoop's configuration as Spark will see it. */
  Configuration hadoop() {
    return HadoopFiles.configuration(properties);
  }

  /** Returns the times, warnings and progress of the command. */
  Journal journal() {
    return journal;
  }

  /** Warns the user, on stderr and in the report. */
  void warn(String sentence) {
    journal.warn(sentence);
  }

  /** Returns the warnings so far. */
  List<String> warnings() {
    return journal.warnings();
  }

  /** Runs a stage and adds its seconds to those of its name. */
  void time(String stage, Runnable body) {
    journal.time(stage, body);
  }

  /**
   * Reads a finished run with its moments.
   *
   * @throws org.ridgeline.base.DataException when it is not there or not sound
   */
  StoredRun storedRun(String run) {
    return StoredRun.read(run, hadoop());
  }

  /** Starts the run directory, which from now on records a failure of the command. */
  RunDirectory open(String path, OutputOptions output, String input) {
    Configuration hadoop = hadoop();
    RunOverlap.requireApart(input, path, hadoop);
    RunDirectory opened = RunDirectory.open(path, output.ifExists(), hadoop, Clock.systemUTC());
    directory = Optional.of(opened);
    return opened;
  }

  /** Returns the run directory, once it is open. */
  Optional<RunDirectory> directory() {
    return directory;
  }

  /** Returns the Spark session: the one there is, or a new one that ends with this context. */
  SparkSession session() {
    NativeState blas = blas();
    SparkSession session = journal.time("start", this::startSession);
    warnOfSlowBlas(session, blas);
    return session;
  }

  /** Loads BLAS and LAPACK and prints their names. */
  NativeState blas() {
    return blas(console);
  }

  /** Loads BLAS and LAPACK and prints their names. */
  static NativeState blas(Console console) {
    NativeState blas = NativeLibraries.install();
    console.info(
        "BLAS "
            + Blas.implementation()
            + ", LAPACK "
            + Lapack.implementation()
            + ": "
            + blas.detail());
    return blas;
  }

  /** Returns a meter of the passes of this command, which also shows progress. */
  PassMeter meter(SparkSession session) {
    return journal.meter(session);
  }

  private SparkSession startSession() {
    if (SparkSession.getDefaultSession().nonEmpty()) {
      return SparkSession.getDefaultSession().get();
    }
    SparkSession.Builder builder =
        SparkSession.builder().appName("ridgeline " + settings.command().word());
    String master = properties.get("spark.master");
    if (master == null) {
      builder.master("local[*]");
    } else {
      Check.that(
          !master.startsWith("local") || LOCAL.matcher(master).matches(),
          "Cannot start Spark: --master %s is none of local, local[4], local[*], local[4,2],"
              + " local-cluster[2,1,1024], spark://HOST:PORT, yarn and k8s://HOST:PORT",
          master);
    }
    keepRunningWithoutMemory(builder, master);
    SparkSession session = builder.getOrCreate();
    ownSession = Optional.of(session);
    logFrom("WARN", session);
    return session;
  }

  private void logFrom(String level, SparkSession session) {
    if (!properties.containsKey("spark.log.level")) {
      session.sparkContext().setLogLevel(level);
    }
  }

  /**
   * Stops Spark without its logs: tasks that still run, as those beside one that failed, end with
   * errors of a scheduler that is gone, and nobody waits for them.
   */
  private void stop(SparkSession session) {
    logFrom("OFF", session);
    session.stop();
  }

  /**
   * In the driver's own JVM a task that runs out of memory fails, as any other, and the command can
   * say so. Otherwise Spark ends the JVM with a code of its own.
   */
  private void keepRunningWithoutMemory(SparkSession.Builder builder, String master) {
    if ((master == null || master.matches("local(\\[.*)?"))
        && !properties.containsKey(FATAL_DEPTH)) {
      builder.config(FATAL_DEPTH, 0);
    }
  }

  private void warnOfSlowBlas(SparkSession session, NativeState blas) {
    boolean local = session.sparkContext().isLocal();
    String plugins = session.sparkContext().conf().get("spark.plugins", "");
    if (!Blas.isNative() && blas.kind() != NativeState.Kind.OFF) {
      warn("No native BLAS: everything works, more slowly; 'doctor' says why and what helps");
    }
    if (Blas.isNative() && !"1".equals(System.getenv("OPENBLAS_NUM_THREADS"))) {
      warn(
          "OPENBLAS_NUM_THREADS is not 1 on the driver: parallel tasks slow each other down;"
              + " set it before the JVM starts");
    }
    if (!local && !plugins.contains(RidgelinePlugin.class.getName())) {
      warn(
          "The executors have only the BLAS of their machines: add --conf spark.plugins="
              + RidgelinePlugin.class.getName());
    }
  }

  /** Reports how many warnings were not shown, and stops the session if it was started here. */
  @Override
  public void close() {
    listener.reportHidden(
        directory.isPresent() ? "see report.html" : "name --out for a report with all of them");
    ownSession.ifPresent(this::stop);
  }
}

package org.ridgeline.cli;

import java.io.PrintStream;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.ridgeline.base.Check;
import org.ridgeline.base.UsageException;
import org.ridgeline.report.Experiment;
import org.ridgeline.report.ExperimentCsv;
import org.ridgeline.report.ExperimentHtml;
import org.ridgeline.report.ExperimentText;
import org.ridgeline.store.RunDirectory;
import org.ridgeline.store.RunIfExists;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/**
 * A program of its own, {@code jobs/double-descent.sh}: draws rows of known models, trains on them
 * as {@code tune} and {@code moments solve} do, and writes the errors on new rows beside their
 * theory, as a table and as a page. The rows of the first draw are kept, for the commands.
 */
public final class DoubleDescent {
  private final Words words;
  private final Console console;

  private DoubleDescent(Words words, Console console) {
    this.words = words;
    this.console = console;
  }

  /** The command line. */
  @Command(
      name = "double-descent",
      description = "Errors of ridge regression on generated rows, beside their theory.")
  static final class Words {
    @Option(
        names = "--out",
        required = true,
        paramLabel = "DIR",
        description = "where to write; an earlier run there is replaced")
    private String out;

    @Option(
        names = "--draws",
        paramLabel = "N",
        defaultValue = "12",
        description = "how often to draw each experiment, at least 2 (default: ${DEFAULT-VALUE})")
    private int draws;

    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "shows this")
    private boolean help;

    @Option(
        names = "--seed",
        paramLabel = "S",
        defaultValue = "0",
        description = "of the first draw (default: ${DEFAULT-VALUE})")
    private long seed;
  }

  /** Runs it and ends the JVM, or the Spark application in it, with its exit code. */
  public static void main(String[] args) throws Exception {
    SparkApplication.begin();
    SparkApplication.end(run(System.out, System.err, args));
  }

  /**
   * Runs it and returns its exit code. A Spark session that exists is used and left running.
   *
   * @param out what receives the table
   * @param err what receives everything else
   */
  public static int run(PrintStream out, PrintStream err, String... args) {
    Console console = new Console(out, err);
    Words words = new Words();
    CommandLine line =
        new CommandLine(words)
            .registerConverter(int.class, text -> whole(text, Integer::parseInt))
            .registerConverter(long.class, text -> whole(text, Long::parseLong));
    try {
      line.parseArgs(args);
      if (words.help) {
        console.result(line.getUsageMessage(Ansi.OFF));
        return ExitCode.OK;
      }
      Check.that(words.draws > 1, "Cannot take --draws %d: there must be at least 2", words.draws);
      return new DoubleDescent(words, console).run();
    } catch (ParameterException e) {
      return failed(new UsageException(e.getMessage(), e), console);
    } catch (Exception | OutOfMemoryError e) { // Spark throws what its methods do not declare
      return failed(e, console);
    }
  }

  private static <T> T whole(String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (NumberFormatException e) {
      String what = text.matches("[-+]?\\d+") ? "' is too large" : "' is not a whole number";
      throw new TypeConversionException("'" + text + what);
    }
  }

  private static int failed(Throwable thrown, Console console) {
    Failure failure = Failure.of(thrown);
    console.error(failure.sentence());
    return failure.code();
  }

  private int run() {
    Optional<SparkSession> others =
        Optional.ofNullable(SparkSession.getDefaultSession().getOrElse(() -> null));
    SparkSession session = others.orElseGet(DoubleDescent::start);
    try {
      RunContext.blas(console);
      Configuration hadoop = session.sparkContext().hadoopConfiguration();
      RunDirectory run =
          RunDirectory.open(words.out, RunIfExists.OVERWRITE, hadoop, Clock.systemUTC());
      write(run, new Draws(session, words.draws, words.seed));
      return ExitCode.OK;
    } finally {
      if (others.isEmpty()) {
        session.stop();
      }
    }
  }

  private static SparkSession start() {
    SparkSession.Builder builder = SparkSession.builder().appName("ridgeline double-descent");
    if (System.getProperty("spark.master") == null) {
      builder.master("local[*]");
    }
    SparkSession session = builder.getOrCreate();
    if (System.getProperty("spark.log.level") == null) {
      session.sparkContext().setLogLevel("WARN");
    }
    return session;
  }

  private void write(RunDirectory run, Draws draws) {
    try {
      keep(WidthSweep.rows(draws, words.seed), run, "width-rows");
      keep(RowSweep.rows(draws, words.seed), run, "row-rows");
      keep(ColumnSweep.rows(draws, words.seed), run, "column-rows");
      List<Experiment> experiments =
          List.of(
              WidthSweep.run(draws, WidthSweep.WIDTHS),
              RowSweep.run(draws, RowSweep.SIZES),
              ColumnSweep.run(draws, ColumnSweep.SIZES));
      run.write(ExperimentCsv.FILE, ExperimentCsv.of(experiments));
      run.write(
          ExperimentHtml.FILE,
          ExperimentHtml.of("Double descent, measured and by theory", facts(), experiments));
      run.commit(ExitCode.OK, Optional.empty());
      console.result(ExperimentText.of(experiments));
    } catch (RuntimeException | OutOfMemoryError e) {
      Failure failure = Failure.of(e);
      run.fail(failure.code(), failure.sentence());
      throw e;
    }
  }

  private Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Draws", Integer.toString(words.draws));
    facts.put("Seed", Long.toString(words.seed));
    return facts;
  }

  private static void keep(Dataset<Row> rows, RunDirectory run, String name) {
    rows.write().parquet(run.workPlace(name));
  }
}

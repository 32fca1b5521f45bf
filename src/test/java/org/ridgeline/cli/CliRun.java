package org.ridgeline.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ridgeline.spark.SparkTest;

/**
 * One command run in this JVM, on the session that all tests share.
 *
 * @param code the exit code
 * @param out what stdout got
 * @param err what stderr got
 */
record CliRun(int code, String out, String err) {
  static final Path SAMPLES = Path.of("data-samples");

  static CliRun of(String... words) {
    return with(Map.of(), words);
  }

  /** With these {@code spark.*} properties. */
  static CliRun with(Map<String, String> properties, String... words) {
    return of((out, err) -> Main.run(out, err, properties, words));
  }

  /** Of {@link DoubleDescent}. */
  static CliRun ofExperiment(String... words) {
    return of((out, err) -> DoubleDescent.run(out, err, words));
  }

  /** A program between its two streams. */
  private interface Program {
    int run(PrintStream out, PrintStream err);
  }

  private static CliRun of(Program program) {
    SparkTest.session();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        program.run(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new CliRun(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** The error line without its level. */
  String error() {
    return lines("ERROR ").stream().findFirst().orElse("");
  }

  /** The warnings without their level. */
  List<String> warnings() {
    return lines("WARN  ");
  }

  private List<String> lines(String level) {
    return err.lines()
        .filter(line -> line.startsWith(level))
        .map(line -> line.substring(level.length()))
        .toList();
  }
}

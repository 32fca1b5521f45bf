package org.ridgeline.cli;

import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;
import org.ridgeline.store.EndingSignal;

/**
 * The entry point of the jar. Everything behind it can be called in the same JVM by {@link #run},
 * which never ends it.
 */
public final class Main {
  private Main() {}

  /** Runs one command and ends the JVM, or the Spark application in it, with its exit code. */
  public static void main(String[] args) throws Exception {
    Console console = new Console(System.out, System.err);
    StrayError.interruptOnError(console);
    SparkApplication.begin();
    Runnable atStart = () -> EndingSignal.listen(System::exit);
    int code = new Execution(sparkProperties(), console, atStart).run(args);
    System.out.flush();
    System.err.flush();
    SparkApplication.end(code);
  }

  /**
   * Runs one command and returns its exit code. A Spark session that exists already is used and
   * left running.
   *
   * @param out what receives the result
   * @param err what receives everything else
   * @param args the command and its options
   */
  public static int run(PrintStream out, PrintStream err, String... args) {
    return run(out, err, sparkProperties(), args);
  }

  private static Map<String, String> sparkProperties() {
    Map<String, String> properties = new TreeMap<>();
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith("spark.")) {
        properties.put(name, System.getProperty(name));
      }
    }
    return properties;
  }

  /** Runs one command with these {@code spark.*} properties. */
  static int run(PrintStream out, PrintStream err, Map<String, String> properties, String... args) {
    return new Execution(properties, new Console(out, err), () -> {}).run(args);
  }
}

package org.ridgeline.cli;

import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;

/**
 * The entry point of the jar. Everything behind it can be called in the same JVM by {@link #run},
 * which never ends it.
 */
public final class Main {
  private Main() {}

  /** Runs one command and ends the JVM, or the Spark application in it, with its exit code. */
  public static void main(String[] args) throws Exception {
    SparkApplication.begin();
    int code = run(System.out, System.err, args);
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
    Map<String, String> properties = new TreeMap<>();
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith("spark.")) {
        properties.put(name, System.getProperty(name));
      }
    }
    return run(out, err, properties, args);
  }

  /** Runs one command with these {@code spark.*} properties. */
  static int run(PrintStream out, PrintStream err, Map<String, String> properties, String... args) {
    return new Execution(properties, new Console(out, err)).run(args);
  }
}

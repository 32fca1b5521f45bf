package org.ridgeline.cli;

import java.lang.reflect.Constructor;
import org.apache.spark.SparkUserAppException;
import org.apache.spark.sql.SparkSession;

/**
 * The Spark application that this process may be the driver of. There the JVM is not ours to end:
 * an application master takes {@code System.exit} for a failure, and YARN starts the application
 * again. A return means 0; any other code is told by Spark's own exception, which spark-submit and
 * the application masters turn into their exit code.
 */
final class SparkApplication {
  /** Set by spark-submit and by the application masters, in every mode. */
  private static final String DEPLOY_MODE = "spark.submit.deployMode";

  private SparkApplication() {}

  /**
   * Registers the application where that is needed: YARN does not hear how an application master
   * ends whose driver had no Spark context, as that of a wrong option or a finished run.
   */
  static void begin() {
    if (isOnYarn()) {
      SparkSession.builder().getOrCreate();
    }
  }

  /**
   * Ends the process with this code; as a Spark application returns when it is 0.
   *
   * @throws SparkUserAppException with any other code, as a Spark application
   */
  static void end(int code) throws Exception {
    if (System.getProperty(DEPLOY_MODE) == null) {
      System.exit(code);
    }
    if (isOnYarn()) {
      SparkSession.builder().getOrCreate().stop();
    }
    if (code != ExitCode.OK) {
      throw withCode(code);
    }
  }

  private static boolean isOnYarn() {
    return "cluster".equals(System.getProperty(DEPLOY_MODE))
        && "yarn".equals(System.getProperty("spark.master"));
  }

  /** Spark 4.1 has a second argument, the cause; older versions do not. */
  private static Exception withCode(int code) throws ReflectiveOperationException {
    Constructor<?> constructor = SparkUserAppException.class.getConstructors()[0];
    Object[] arguments = new Object[constructor.getParameterCount()];
    arguments[0] = code;
    return (Exception) constructor.newInstance(arguments);
  }
}

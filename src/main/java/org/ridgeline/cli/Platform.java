package org.ridgeline.cli;

import java.util.regex.Pattern;
import org.ridgeline.base.Check;

/**
 * What this JVM is and which Spark it has. Others fail later, in errors of missing classes and
 * methods that tell nobody what to do.
 *
 * @param java the feature version, such as 17
 * @param spark the version, such as {@code 4.1.0}
 */
record Platform(int java, String spark) {
  private static final int OLDEST_JAVA = 17;
  private static final int NEWEST_JAVA = 23; // later ones lack what Hadoop asks for who a user is
  private static final Pattern SPARK = Pattern.compile("4[.][01][.-].*");

  /** Returns those of this process. */
  static Platform ofThisJvm() {
    return new Platform(
        Runtime.version().feature(), org.apache.spark.package$.MODULE$.SPARK_VERSION());
  }

  /**
   * Refuses to go on where it cannot.
   *
   * @throws IllegalArgumentException naming what is there and what is needed
   */
  void check() {
    Check.that(
        java >= OLDEST_JAVA && java <= NEWEST_JAVA && SPARK.matcher(spark).matches(),
        "Cannot run on Java %d and Spark %s: it needs Java %d to %d and Spark 4.0 or 4.1; set"
            + " JAVA_HOME and SPARK_HOME to those",
        java,
        spark,
        OLDEST_JAVA,
        NEWEST_JAVA);
  }
}

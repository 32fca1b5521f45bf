package org.ridgeline.spark;

import java.util.Optional;
import java.util.Properties;

/**
 * The name of a pass as it travels with its jobs, in a property of theirs.
 *
 * @param kind its kind
 * @param number how many passes came before it
 * @param name what it does
 */
record PassKey(PassKind kind, int number, String name) {
  /** The property. */
  static final String PROPERTY = "ridgeline.pass";

  private static final int PARTS = 3;

  /** The value of the property. */
  String text() {
    return kind + " " + number + " " + name;
  }

  /** The pass of a job that has these properties, if it belongs to one. */
  static Optional<PassKey> of(Properties job) {
    String text = job == null ? null : job.getProperty(PROPERTY);
    if (text == null) {
      return Optional.empty();
    }
    String[] parts = text.split(" ", PARTS);
    return Optional.of(
        new PassKey(PassKind.valueOf(parts[0]), Integer.parseInt(parts[1]), parts[2]));
  }
}

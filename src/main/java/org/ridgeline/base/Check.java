package org.ridgeline.base;

/** Argument checks that fail with one complete sentence. */
public final class Check {
  private Check() {}

  /**
   * Throws unless {@code condition} holds.
   *
   * @param condition what must be true
   * @param message what could not be done, the rule and the value seen, as a format string
   * @param values the values of the format
   * @throws UsageException with the formatted message
   */
  public static void that(boolean condition, String message, Object... values) {
    if (!condition) {
      throw new UsageException(String.format(java.util.Locale.ROOT, message, values));
    }
  }
}

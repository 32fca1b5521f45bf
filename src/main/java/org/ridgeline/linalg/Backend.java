package org.ridgeline.linalg;

/** Whether this JVM may use native libraries. */
final class Backend {
  private Backend() {}

  /** False when the system property {@code ridgeline.native} is {@code off}. */
  static boolean nativeAllowed() {
    return !"off".equalsIgnoreCase(System.getProperty("ridgeline.native", ""));
  }
}

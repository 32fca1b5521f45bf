package org.ridgeline.plan;

import java.util.Locale;

/** Bytes and seconds as people read them. */
public final class Amounts {
  private static final int MINUTE = 60;

  private Amounts() {}

  /** Returns bytes as {@code 1.5 KiB} or {@code 2.0 MiB}. */
  public static String bytes(long bytes) {
    double kibibytes = bytes / 1024.0;
    return kibibytes < 1024
        ? String.format(Locale.ROOT, "%,.1f KiB", kibibytes)
        : String.format(Locale.ROOT, "%,.1f MiB", kibibytes / 1024);
  }

  /** Returns seconds as {@code 2.1 s}, or {@code 75 min} when they are many. */
  public static String seconds(double seconds) {
    if (seconds < MINUTE / 6.0) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    return seconds < 2 * MINUTE
        ? Math.round(seconds) + " s"
        : String.format(Locale.ROOT, "%,d min", Math.round(seconds / MINUTE));
  }
}

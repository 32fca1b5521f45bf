package org.ridgeline.forecast;

import java.util.Locale;

/**
 * What a forecast comes to, in one word and one sentence.
 *
 * @param kind the word
 * @param sentence the sentence, for a reader who knows no formula
 */
public record Verdict(Kind kind, String sentence) {
  /** The multiple of the rows that is judged. */
  static final int TIMES = 10;

  /** Less than this is hardly anything. */
  private static final double HARDLY = 0.02;

  /** From here on GCV and cross-validation contradict each other. */
  static final double DISAGREEMENT = 0.1;

  /** What more rows will do. */
  public enum Kind {
    /** The error falls, in the whole of the band. */
    HELP,
    /** The error falls, but the band has no gain in it, too. */
    MAY_HELP,
    /** Ten times the rows gain less than 2 %. */
    HARDLY_HELP,
    /** No number of rows gains 2 %. */
    FLOOR,
    /** There is an upper bound only, and it shows no gain. */
    UNKNOWN;

    /** Returns the word in files. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * Judges a forecast.
   *
   * @param ahead what is foretold for {@link #TIMES} times the rows
   * @param limit what is foretold without limit
   * @param disagreement D
   */
  static Verdict of(Foretold ahead, Foretold limit, double disagreement) {
    Kind kind = kind(ahead, limit);
    String gain = percent(1 - ahead.ratio());
    String band = percent(1 - ahead.gain().high()) + " to " + percent(1 - ahead.gain().low());
    String sentence =
        switch (kind) {
          case HELP ->
              ahead.atMost()
                  ? "More rows will help: 10 times as many lower the MSE by at least "
                      + percent(1 - ahead.gain().high())
                      + ", how much more cannot be seen from so few rows."
                  : "More rows will help: 10 times as many lower the MSE by about "
                      + gain
                      + " (90 % band "
                      + band
                      + ").";
          case MAY_HELP ->
              "More rows may help: 10 times as many lower the MSE by about "
                  + gain
                  + ", but the 90 % band ("
                  + band
                  + ") has no gain in it, too.";
          case HARDLY_HELP ->
              "More rows hardly help: 10 times as many lower the MSE by about " + gain + ".";
          case FLOOR ->
              "More rows do not help: the error is within "
                  + percent(HARDLY)
                  + " of the floor of these features; other or more features are needed.";
          case UNKNOWN ->
              "Cannot tell whether more rows help: from so few rows the forecast is an upper bound"
                  + " only.";
        };
    return new Verdict(kind, sentence + caveat(disagreement));
  }

  private static Kind kind(Foretold ahead, Foretold limit) {
    if (ahead.atMost() || limit.atMost()) {
      return ahead.gain().high() < 1 ? Kind.HELP : Kind.UNKNOWN;
    }
    if (1 - limit.ratio() < HARDLY) {
      return Kind.FLOOR;
    }
    if (1 - ahead.ratio() < HARDLY) {
      return Kind.HARDLY_HELP;
    }
    return ahead.gain().high() < 1 ? Kind.HELP : Kind.MAY_HELP;
  }

  private static String caveat(double disagreement) {
    return Math.abs(disagreement) > DISAGREEMENT
        ? " Treat this as rough: the rows are not exchangeable draws with even leverage (outliers,"
            + " groups or duplicates)."
        : "";
  }

  private static String percent(double part) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * part);
  }
}

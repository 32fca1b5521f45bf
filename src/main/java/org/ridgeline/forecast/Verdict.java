package org.ridgeline.forecast;

import java.util.Locale;

/**
 * What a forecast comes to, in one word and one sentence. The 90 % band of the change of the error
 * decides at {@link #TIMES} times the rows, not its middle alone:
 *
 * <pre>
 * help         the band has no error as large as now
 * hardly-help  less than 2 % are foretold, the band has no gain of 10 %, |D| is at most 0.1, and a
 *              {@code RareRow} would add at most 10 %
 * floor        the same holds without limit to the rows
 * cannot-tell  everything else
 * </pre>
 *
 * <p>10 % of the mean squared error, about 5 % of the typical error, count as a gain worth having.
 * The narrowest band is about 5 % to either side, so that no smaller gain could ever be excluded.
 *
 * @param kind the word
 * @param sentence the sentence, for a reader who knows no formula
 */
public record Verdict(Kind kind, String sentence) {
  /** The multiple of the rows that is judged. */
  static final int TIMES = 10;

  /** A gain foretold below this is hardly anything. */
  private static final double HARDLY = 0.02;

  /** A gain worth having, which the band must exclude before rows are said not to help. */
  private static final double WORTH = 0.1;

  /** From here on GCV and cross-validation contradict each other. */
  static final double DISAGREEMENT = 0.1;

  /** Percentages below this have a decimal. */
  private static final double SMALL = 9.95;

  private static final String CAVEAT =
      " Treat this as rough: two estimates of the error now differ by more than 10 %, as outliers,"
          + " groups, duplicates or features of a map can make them.";

  /** What more rows will do. */
  public enum Kind {
    /** The error falls, in the whole of the band. */
    HELP,
    /** Ten times the rows bring no gain worth having. */
    HARDLY_HELP,
    /** No number of rows does. */
    FLOOR,
    /** The band holds too much, or cannot be relied on. */
    CANNOT_TELL;

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
   * @param rare the share that a rare row would add to the error
   */
  static Verdict of(Foretold ahead, Foretold limit, double disagreement, double rare) {
    boolean rough = Math.abs(disagreement) > DISAGREEMENT;
    Kind kind = kind(ahead, limit, rough);
    String caveat = rough ? CAVEAT : "";
    return isSmall(kind) && rare > WORTH
        ? new Verdict(Kind.CANNOT_TELL, unlessRare(ahead, rare) + caveat)
        : new Verdict(kind, sentence(kind, ahead, limit) + caveat);
  }

  private static boolean isSmall(Kind kind) {
    return kind == Kind.HARDLY_HELP || kind == Kind.FLOOR;
  }

  private static Kind kind(Foretold ahead, Foretold limit, boolean rough) {
    if (ahead.gain().high() < 1) {
      return Kind.HELP;
    }
    if (rough || !isLittle(ahead)) {
      return Kind.CANNOT_TELL;
    }
    return isLittle(limit) ? Kind.FLOOR : Kind.HARDLY_HELP;
  }

  private static boolean isLittle(Foretold point) {
    return !point.atMost() && point.ratio() > 1 - HARDLY && point.gain().low() > 1 - WORTH;
  }

  private static String sentence(Kind kind, Foretold ahead, Foretold limit) {
    String times = TIMES + " times as many";
    return switch (kind) {
      case HELP ->
          ahead.atMost()
              ? "More rows will help: "
                  + times
                  + " lower the mean squared error by at least "
                  + percent(1 - ahead.gain().high())
                  + ", how much more cannot be told from these rows."
              : "More rows will help: "
                  + times
                  + " lower the mean squared error by about "
                  + percent(1 - ahead.ratio())
                  + " (90 % band "
                  + percent(1 - ahead.gain().high())
                  + " to "
                  + percent(1 - ahead.gain().low())
                  + ").";
      case HARDLY_HELP ->
          "More rows of the same kind hardly help: "
              + times
              + " lower the mean squared error by about "
              + little(ahead);
      case FLOOR ->
          "More rows of the same kind do not help: without limit to them the mean squared error is"
              + " lower by about "
              + little(limit)
              + " Other or more features are needed.";
      case CANNOT_TELL ->
          ahead.atMost()
              ? "Cannot tell whether more rows help: the forecast is an upper bound only, since"
                  + " smaller lambdas than these rows can judge may be better."
              : "Cannot tell whether more rows help: "
                  + times
                  + " may lower the mean squared error by "
                  + percent(1 - ahead.gain().low())
                  + " or not at all (90 % band).";
    };
  }

  private static String unlessRare(Foretold ahead, double rare) {
    return "Cannot tell whether more rows help: "
        + TIMES
        + " times as many of the same kind lower the mean squared error by about "
        + percent(1 - ahead.ratio())
        + ", but if one new row in as many as these had a value wrong by "
        + RareRow.DEVIATIONS
        + " standard deviations, that would add "
        + (RareRow.isHuge(rare) ? "many times that error" : percent(rare))
        + ", and no such row may have been seen yet.";
  }

  private static String little(Foretold point) {
    return percent(1 - point.ratio())
        + ", by no more than "
        + percent(1 - point.gain().low())
        + " (90 % band).";
  }

  private static String percent(double part) {
    double value = Math.max(0, 100 * part);
    return String.format(Locale.ROOT, value < SMALL ? "%.1f %%" : "%.0f %%", value);
  }
}

package org.ridgeline.infer;

import java.util.Locale;
import java.util.Optional;
import org.ridgeline.base.Words;

/**
 * Whether to train again, in one word and one sentence.
 *
 * @param kind the word
 * @param gain the part of the old model's mean squared error on B that the better of the new ones
 *     saves; negative where it adds to it
 * @param low the lower limit of the gain, of probability {@link #LEVEL} between both
 * @param high its upper limit, at most 1: no error falls by more than all of it
 * @param sentence the sentence, for a reader who knows no formula
 */
public record RetrainVerdict(Kind kind, double gain, double low, double high, String sentence) {
  /** The probability that the gain is between its limits. */
  public static final double LEVEL = 0.9;

  /** Less than this is hardly anything. */
  private static final double HARDLY = 0.02;

  /** What to do. */
  public enum Kind {
    /** Train on the rows of both. */
    TOGETHER,
    /** Train on the new rows alone. */
    ALONE,
    /** There is a gain, but it may be the chance of the folds. */
    UNSURE,
    /** There is next to no gain, or none. */
    KEEP;

    /** Returns the word in files. */
    public String label() {
      return Words.of(this);
    }
  }

  /**
   * Judges what was measured. The new rows are used alone only where that is surely better than
   * together with the old ones.
   *
   * @param folds how many folds there were
   * @param kept the error of the old model
   * @param together trained on the rows of both, if that could be
   * @param alone trained on the new rows, if that could be
   * @param lead by how much the error of {@code together} is larger than that of {@code alone}
   */
  static RetrainVerdict of(
      int folds,
      FoldMean kept,
      Optional<Retrained> together,
      Optional<Retrained> alone,
      Optional<FoldMean> lead) {
    double t = StudentT.twoSided(LEVEL, folds - 1.0);
    boolean useAlone =
        together.isEmpty() || lead.filter(l -> l.value() > t * l.standardError()).isPresent();
    Retrained chosen = useAlone ? alone.orElseThrow() : together.get();
    double gain = chosen.gain().value() / kept.value();
    double margin = t * chosen.gain().standardError() / kept.value();
    Kind surely = useAlone ? Kind.ALONE : Kind.TOGETHER;
    Kind kind = gain < HARDLY ? Kind.KEEP : gain > margin ? surely : Kind.UNSURE;
    Optional<Retrained> other = useAlone ? together : alone;
    double low = gain - margin;
    double high = Math.min(1, gain + margin);
    String limits = percent(low) + " to " + percent(high);
    String sentence =
        sentence(kind, useAlone, gain, limits)
            + other.map(o -> compared(useAlone, o.gain().value() / kept.value())).orElse("");
    return new RetrainVerdict(kind, gain, low, high, sentence);
  }

  private static String sentence(Kind kind, boolean alone, double gain, String limits) {
    String rows = rows(alone);
    return switch (kind) {
      case TOGETHER, ALONE ->
          "Retrain on "
              + rows
              + ": on rows of B held out, the MSE falls by "
              + percent(gain)
              + " (90 % interval "
              + limits
              + ")";
      case UNSURE ->
          "Retraining may help: on rows of B held out, the MSE of a model of "
              + rows
              + " falls by "
              + percent(gain)
              + ", but the 90 % interval ("
              + limits
              + ") has no gain in it, too";
      case KEEP ->
          "Keep the model: on rows of B held out, the MSE of a model of "
              + rows
              + (gain < 0 ? " rises by " + percent(-gain) : " falls by " + percent(gain));
    };
  }

  private static String compared(boolean alone, double gain) {
    return "; on "
        + rows(!alone)
        + " it would "
        + (gain < 0 ? "rise by " + percent(-gain) : "fall by " + percent(gain));
  }

  private static String rows(boolean alone) {
    return alone ? "B alone" : "A and B together";
  }

  private static String percent(double part) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * part + 0.0);
  }
}

package org.ridgeline.base;

import java.io.Serializable;
import java.util.Optional;
import java.util.function.Function;

/**
 * The explanation of an exception: a sentence on what went wrong and, where there is one, the
 * remedy.
 */
public final class Explanation implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String sentence;
  private final Remedy remedy; // null: none is known

  private Explanation(String sentence, Remedy remedy) {
    this.sentence = sentence;
    this.remedy = remedy;
  }

  /** Creates an explanation without a remedy. */
  public static Explanation of(String sentence) {
    return new Explanation(sentence, null);
  }

  /** Creates an explanation with a remedy. */
  public static Explanation of(String sentence, Remedy remedy) {
    return new Explanation(sentence, remedy);
  }

  /** Returns what went wrong. */
  public String sentence() {
    return sentence;
  }

  /** Returns what the user can do. */
  public Optional<Remedy> remedy() {
    return Optional.ofNullable(remedy);
  }

  /** Returns the whole text, each option in the words that {@code words} has for it. */
  public String worded(Function<Option.Use, String> words) {
    return remedy == null ? sentence : sentence + "; " + remedy.worded(words);
  }

  /** Returns the whole text with the plain words of each option. */
  @Override
  public String toString() {
    return worded(Option.Use::toString);
  }
}

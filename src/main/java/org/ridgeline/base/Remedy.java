package org.ridgeline.base;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * What the user can do about a failure. It names options as values, so that each package words them
 * as its users know them: {@code --on-invalid drop}, {@code setFoldCol}.
 *
 * <pre>{@code
 * Remedy.of("use %s to leave such rows out", Option.ON_INVALID.to("drop"))
 * }</pre>
 */
public final class Remedy implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String pattern;
  private final ArrayList<Serializable> values;

  private Remedy(String pattern, List<Serializable> values) {
    this.pattern = pattern;
    this.values = new ArrayList<>(values);
  }

  /**
   * Creates a remedy.
   *
   * @param pattern a clause without a full stop, as a format string
   * @param values the values of the format: options with {@code %s}, texts and numbers
   */
  public static Remedy of(String pattern, Serializable... values) {
    List<Serializable> kept = new ArrayList<>();
    for (Serializable value : values) {
      kept.add(value instanceof Option option ? new Option.Use(option, null) : value);
    }
    return new Remedy(pattern, kept);
  }

  /** Returns all of these, in order, with semicolons between them. */
  public static Remedy all(List<Remedy> remedies) {
    Remedy all = of("");
    for (Remedy remedy : remedies) {
      all = all.pattern.isEmpty() ? remedy : all.plus("; ").plus(remedy.pattern, remedy.values);
    }
    return all;
  }

  /** Returns this remedy, continued by a second pattern and its values. */
  public Remedy plus(String more, Serializable... values) {
    return plus(more, of(more, values).values);
  }

  private Remedy plus(String more, List<Serializable> added) {
    List<Serializable> joined = new ArrayList<>(values);
    joined.addAll(added);
    return new Remedy(pattern + more, joined);
  }

  /** Returns the text, each option in the words that {@code words} has for it. */
  public String worded(Function<Option.Use, String> words) {
    Object[] texts = values.toArray();
    for (int i = 0; i < texts.length; i++) {
      texts[i] = texts[i] instanceof Option.Use use ? words.apply(use) : texts[i];
    }
    return String.format(Locale.ROOT, pattern, texts);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Remedy remedy
        && pattern.equals(remedy.pattern)
        && values.equals(remedy.values);
  }

  @Override
  public int hashCode() {
    return 31 * pattern.hashCode() + values.hashCode();
  }

  /** Returns the text with the plain words of each option: {@code use on-invalid drop}. */
  @Override
  public String toString() {
    return worded(Option.Use::toString);
  }
}

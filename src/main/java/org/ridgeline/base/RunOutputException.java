package org.ridgeline.base;

import java.util.function.Function;

/** The output exists already, overlaps the input, or could not be written or committed. */
public final class RunOutputException extends RuntimeException implements Explained {
  private static final long serialVersionUID = 1L;

  private final Explanation explanation;

  /** Creates an exception with a complete sentence. */
  public RunOutputException(String sentence) {
    this(Explanation.of(sentence), null);
  }

  /** Creates an exception with a complete sentence and what the user can do. */
  public RunOutputException(String sentence, Remedy remedy) {
    this(Explanation.of(sentence, remedy), null);
  }

  /** Creates an exception with a complete sentence and what caused it. */
  public RunOutputException(String sentence, Throwable cause) {
    this(Explanation.of(sentence), cause);
  }

  /** Creates an exception with this explanation and its cause, null where there is none. */
  public RunOutputException(Explanation explanation, Throwable cause) {
    super(explanation.toString(), cause);
    this.explanation = explanation;
  }

  @Override
  public Explanation explanation() {
    return explanation;
  }

  @Override
  public RunOutputException worded(Function<Option.Use, String> words) {
    return new RunOutputException(Explanation.of(explanation.worded(words)), this);
  }
}

package org.ridgeline.base;

import java.util.function.Function;

/**
 * A linear system that cannot be solved to useful digits. The remedy names a lambda or solver that
 * works.
 */
public final class SingularException extends RuntimeException implements Explained {
  private static final long serialVersionUID = 1L;

  private final Explanation explanation;

  /** Creates an exception with a complete sentence. */
  public SingularException(String sentence) {
    this(Explanation.of(sentence), null);
  }

  /** Creates an exception with a complete sentence and what the user can do. */
  public SingularException(String sentence, Remedy remedy) {
    this(Explanation.of(sentence, remedy), null);
  }

  /** Creates an exception with a complete sentence and what caused it. */
  public SingularException(String sentence, Throwable cause) {
    this(Explanation.of(sentence), cause);
  }

  /** Creates an exception with this explanation and its cause, null where there is none. */
  public SingularException(Explanation explanation, Throwable cause) {
    super(explanation.toString(), cause);
    this.explanation = explanation;
  }

  @Override
  public Explanation explanation() {
    return explanation;
  }

  @Override
  public SingularException worded(Function<Option.Use, String> words) {
    return new SingularException(Explanation.of(explanation.worded(words)), this);
  }
}

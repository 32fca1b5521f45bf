package org.ridgeline.base;

import java.util.function.Function;

/** The run needs more memory than there is. The remedy names the options that would make it fit. */
public final class DoesNotFitException extends RuntimeException implements Explained {
  private static final long serialVersionUID = 1L;

  private final Explanation explanation;

  /** Creates an exception with a complete sentence. */
  public DoesNotFitException(String sentence) {
    this(Explanation.of(sentence), null);
  }

  /** Creates an exception with a complete sentence and what the user can do. */
  public DoesNotFitException(String sentence, Remedy remedy) {
    this(Explanation.of(sentence, remedy), null);
  }

  /** Creates an exception with a complete sentence and what caused it. */
  public DoesNotFitException(String sentence, Throwable cause) {
    this(Explanation.of(sentence), cause);
  }

  /** Creates an exception with this explanation and its cause, null where there is none. */
  public DoesNotFitException(Explanation explanation, Throwable cause) {
    super(explanation.toString(), cause);
    this.explanation = explanation;
  }

  @Override
  public Explanation explanation() {
    return explanation;
  }

  @Override
  public DoesNotFitException worded(Function<Option.Use, String> words) {
    return new DoesNotFitException(Explanation.of(explanation.worded(words)), this);
  }
}

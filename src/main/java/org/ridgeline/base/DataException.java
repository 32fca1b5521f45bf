package org.ridgeline.base;

import java.util.function.Function;

/** The input data cannot be used. The message is one sentence for the user. */
public final class DataException extends RuntimeException implements Explained {
  private static final long serialVersionUID = 1L;

  private final Explanation explanation;

  /** Creates an exception with a complete sentence. */
  public DataException(String sentence) {
    this(Explanation.of(sentence), null);
  }

  /** Creates an exception with a complete sentence and what the user can do. */
  public DataException(String sentence, Remedy remedy) {
    this(Explanation.of(sentence, remedy), null);
  }

  /** Creates an exception with a complete sentence and what caused it. */
  public DataException(String sentence, Throwable cause) {
    this(Explanation.of(sentence), cause);
  }

  /** Creates an exception with this explanation and its cause, null where there is none. */
  public DataException(Explanation explanation, Throwable cause) {
    super(explanation.toString(), cause);
    this.explanation = explanation;
  }

  @Override
  public Explanation explanation() {
    return explanation;
  }

  @Override
  public DataException worded(Function<Option.Use, String> words) {
    return new DataException(Explanation.of(explanation.worded(words)), this);
  }
}

package org.ridgeline.base;

import java.util.function.Function;

/** What the user asked for is malformed or impossible, whatever the data are. */
public final class UsageException extends IllegalArgumentException implements Explained {
  private static final long serialVersionUID = 1L;

  private final Explanation explanation;

  /** Creates an exception with a complete sentence. */
  public UsageException(String sentence) {
    this(Explanation.of(sentence), null);
  }

  /** Creates an exception with a complete sentence and what the user can do. */
  public UsageException(String sentence, Remedy remedy) {
    this(Explanation.of(sentence, remedy), null);
  }

  /** Creates an exception with a complete sentence and what caused it. */
  public UsageException(String sentence, Throwable cause) {
    this(Explanation.of(sentence), cause);
  }

  /** Creates an exception with this explanation and its cause, null where there is none. */
  public UsageException(Explanation explanation, Throwable cause) {
    super(explanation.toString(), cause);
    this.explanation = explanation;
  }

  @Override
  public Explanation explanation() {
    return explanation;
  }

  @Override
  public UsageException worded(Function<Option.Use, String> words) {
    return new UsageException(Explanation.of(explanation.worded(words)), this);
  }
}

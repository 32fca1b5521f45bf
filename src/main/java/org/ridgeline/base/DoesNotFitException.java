package org.ridgeline.base;

/** The run needs more memory than there is; the message names the flags that would make it fit. */
public final class DoesNotFitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with a complete sentence. */
  public DoesNotFitException(String message) {
    super(message);
  }
}

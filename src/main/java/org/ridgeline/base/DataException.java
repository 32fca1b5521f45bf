package org.ridgeline.base;

/** The input data cannot be used; the message is one sentence for the user, with the fix. */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with a complete sentence. */
  public DataException(String message) {
    super(message);
  }

  /** Creates an exception with a complete sentence and what Spark or the file system said. */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}

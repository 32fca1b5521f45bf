package org.ridgeline.base;

/** The output exists already, overlaps the input, or could not be written or committed. */
public final class RunOutputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with a complete sentence. */
  public RunOutputException(String message) {
    super(message);
  }

  /** Creates an exception with a complete sentence and what the file system said. */
  public RunOutputException(String message, Throwable cause) {
    super(message, cause);
  }
}

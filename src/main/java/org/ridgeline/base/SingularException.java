package org.ridgeline.base;

/**
 * A linear system that cannot be solved to useful digits. The message names a lambda or solver that
 * works.
 */
public final class SingularException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with one complete sentence. */
  public SingularException(String message) {
    super(message);
  }
}

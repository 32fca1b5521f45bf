package org.ridgeline.natives;

import java.io.Serial;
import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;

/**
 * What {@link NativeLibraries#install()} found in one JVM. Immutable; a plain class because
 * executors send it to the driver.
 */
public final class NativeState implements Serializable {
  @Serial private static final long serialVersionUID = 1L;

  /** How netlib got its implementation. */
  public enum Kind {
    /** netlib calls the OpenBLAS that came with the application jar. */
    LOADED,
    /** netlib calls the libraries named by its own system properties; nothing was unpacked. */
    GIVEN,
    /** Switched off by {@code -Dridgeline.native=off}. */
    OFF,
    /** Not Linux on x86-64: the jar has no libraries for this platform. */
    UNSUPPORTED,
    /** netlib had been initialized by somebody else; it keeps what it found then. */
    TOO_LATE,
    /** The libraries could not be unpacked or loaded; see {@link NativeState#cause()}. */
    FAILED
  }

  private final Kind kind;
  private final String detail;
  private final String cause;

  private NativeState(Kind kind, String detail, String cause) {
    this.kind = Objects.requireNonNull(kind);
    this.detail = Objects.requireNonNull(detail);
    this.cause = cause;
  }

  static NativeState of(Kind kind, String detail) {
    return new NativeState(kind, detail, null);
  }

  static NativeState of(Kind kind, String detail, Throwable cause) {
    return new NativeState(kind, detail, cause.toString());
  }

  /** Returns which of the cases it was. */
  public Kind kind() {
    return kind;
  }

  /** One sentence for a user: what happened and, if something can be done about it, what. */
  public String detail() {
    return detail;
  }

  /** Returns the error behind {@code FAILED} or {@code TOO_LATE}, as the JVM worded it. */
  public Optional<String> cause() {
    return Optional.ofNullable(cause);
  }

  @Override
  public String toString() {
    return kind + ": " + detail + (cause == null ? "" : " [" + cause + "]");
  }
}

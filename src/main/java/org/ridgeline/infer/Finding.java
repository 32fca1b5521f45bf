package org.ridgeline.infer;

import java.util.Optional;
import java.util.function.Function;
import org.ridgeline.base.Check;

/**
 * What was computed, or a sentence that says why it could not be.
 *
 * @param value what was computed
 * @param reason why there is nothing
 */
public record Finding<T>(Optional<T> value, Optional<String> reason) {
  /** Checks that there is one of both. */
  public Finding {
    Check.that(
        value.isPresent() != reason.isPresent(), "Cannot find both a value and why there is none");
  }

  /** Returns what was computed. */
  static <T> Finding<T> of(T value) {
    return new Finding<>(Optional.of(value), Optional.empty());
  }

  /** Returns why nothing could be. */
  static <T> Finding<T> none(String reason) {
    return new Finding<>(Optional.empty(), Optional.of(reason));
  }

  /** Returns what follows from it, or the same reason. */
  <R> Finding<R> then(Function<T, Finding<R>> next) {
    return value.isPresent() ? next.apply(value.get()) : none(reason.orElseThrow());
  }
}

package org.ridgeline.spark;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A failure and what it was caused by, from the outside in. */
final class Causes {
  private static final int MOST = 20; // a chain may be a circle

  private Causes() {}

  /** The failure, its cause, the cause of that, and so on. */
  static Stream<Throwable> of(Throwable failed) {
    return Stream.iterate(failed, Objects::nonNull, Throwable::getCause).limit(MOST);
  }

  /** What was wrong in the first place. */
  static Throwable last(Throwable failed) {
    List<Throwable> all = of(failed).toList();
    return all.get(all.size() - 1);
  }
}

package org.ridgeline.features;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.ridgeline.base.Check;

/** Names of constants as options and files write them: {@code RFF_COS} is {@code rff-cos}. */
final class Labels {
  private Labels() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the constant with this label, or throws a sentence that lists them all. */
  static <E extends Enum<E>> E find(String what, String label, E[] values) {
    for (E value : values) {
      if (of(value).equals(label)) {
        return value;
      }
    }
    String all = Arrays.stream(values).map(Labels::of).collect(Collectors.joining(", "));
    Check.that(false, "Cannot find the %s '%s': expected one of %s", what, label, all);
    throw new AssertionError(label);
  }
}

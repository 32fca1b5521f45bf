package org.ridgeline.spark;

import java.util.Optional;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;

/** What a row of a CSV file that has not the fields of the header may be instead. */
final class RecordHint {
  private static final char QUOTE = '"';

  private RecordHint() {}

  /** Returns the option of the reader that such a row asks for, if it looks like one that does. */
  static Optional<Remedy> of(String record) {
    if (record.stripLeading().startsWith("#")) {
      return Optional.of(
          Remedy.of(
              "use %s if lines that begin with # are comments", Option.OPTION.to("comment=#")));
    }
    boolean isOpen = record.chars().filter(c -> c == QUOTE).count() % 2 == 1;
    return isOpen
        ? Optional.of(
            Remedy.of(
                "use %s if quoted cells go over several lines", Option.OPTION.to("multiLine=true")))
        : Optional.empty();
  }
}

package org.ridgeline.spark;

import org.ridgeline.base.DataException;
import org.ridgeline.base.Explanation;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;

/** The refusal of a cell that is longer than the reader of CSV files allows. */
final class TooLong {
  /** The option of Spark's reader, and what it is here unless the user chooses. */
  static final String OPTION = "maxCharsPerColumn";

  static final int MOST = 1 << 20;

  private TooLong() {}

  /** The refusal. */
  static DataException cell(String place, Throwable cause) {
    return new DataException(
        Explanation.of(
            String.format(
                "a cell of %s is too long: is there a quote that is never closed?", place),
            Remedy.of(
                "the most characters of a cell are %s unless changed",
                Option.OPTION.to(OPTION + "=" + MOST))),
        cause);
  }
}

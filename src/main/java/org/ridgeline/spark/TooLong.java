package org.ridgeline.spark;

import java.util.Locale;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Explanation;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;

/** The refusals of a cell or a row that is longer than the reader of CSV files allows. */
final class TooLong {
  /** The option of Spark's reader, and what it is here unless the user chooses. */
  static final String OPTION = "maxCharsPerColumn";

  static final int MOST = 1 << 20;

  private static final String COLUMNS = "maxColumns";

  private TooLong() {}

  /**
   * The refusal of a row.
   *
   * @param most how many columns it may have
   */
  static DataException row(String place, int most, Throwable cause) {
    return new DataException(
        Explanation.of(
            String.format(
                Locale.ROOT,
                "%s has more than %,d columns: a vector column of Parquet files, or libsvm, takes"
                    + " any number",
                place,
                most),
            Remedy.of("%s=N allows N, slowly", Option.OPTION.to(COLUMNS))),
        cause);
  }

  /** The refusal of a cell. */
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

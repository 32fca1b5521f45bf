package org.ridgeline.spark;

import com.univocity.parsers.common.TextParsingException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  /** What the parser says of its settings in every message. */
  private static final Pattern MOST_COLUMNS = Pattern.compile("Maximum number of columns=(\\d+)");

  private TooLong() {}

  /** Whether the parser of CSV files ran out of room. */
  static boolean is(TextParsingException e) {
    return e.getCause() instanceof ArrayIndexOutOfBoundsException;
  }

  /**
   * Whether it did so because a row has more than {@code most} columns: so many were complete. The
   * index that ran out is no evidence, since the JVM leaves it out of an exception that it throws
   * often.
   */
  static boolean isRow(TextParsingException e, int most) {
    return is(e) && e.getColumnIndex() >= most;
  }

  /**
   * The refusal of what the parser had no room for, by the limit that its message states.
   *
   * @param e of the parser
   * @param cause the failure of the job
   */
  static DataException refusal(String place, TextParsingException e, Throwable cause) {
    Matcher limit = MOST_COLUMNS.matcher(String.valueOf(e.getMessage()));
    if (!limit.find()) {
      return cell(place, cause);
    }
    int most = Integer.parseInt(limit.group(1));
    return isRow(e, most) ? row(place, most, cause) : cell(place, cause);
  }

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

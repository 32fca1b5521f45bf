package org.ridgeline.report;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Builds a CSV text by RFC 4180, with {@code \n} line ends: fields with a comma, quote or line
 * break stand between quotes; numbers have the fewest decimals that read back exactly; NaN is
 * empty.
 */
final class CsvText {
  private final StringBuilder text = new StringBuilder();
  private boolean inRow;

  /** Appends a field of text. */
  CsvText text(String value) {
    separate();
    if (needsQuotes(value)) {
      text.append('"').append(value.replace("\"", "\"\"")).append('"');
    } else {
      text.append(value);
    }
    return this;
  }

  private static boolean needsQuotes(String value) {
    return value.indexOf(',') >= 0
        || value.indexOf('"') >= 0
        || value.indexOf('\n') >= 0
        || value.indexOf('\r') >= 0
        || !value.equals(value.strip());
  }

  /** Appends several fields of text. */
  CsvText texts(List<String> values) {
    values.forEach(this::text);
    return this;
  }

  /** Appends a number; empty when it is not finite. */
  CsvText number(double value) {
    separate();
    if (Double.isFinite(value)) {
      text.append(decimal(value));
    }
    return this;
  }

  /** Appends {@code true} or {@code false}. */
  CsvText flag(boolean value) {
    separate();
    text.append(value);
    return this;
  }

  /** Appends fields that were not computed. */
  CsvText empty(int fields) {
    for (int i = 0; i < fields; i++) {
      separate();
    }
    return this;
  }

  /** Ends the row. */
  CsvText end() {
    text.append('\n');
    inRow = false;
    return this;
  }

  private void separate() {
    if (inRow) {
      text.append(',');
    }
    inRow = true;
  }

  /** Returns the text in UTF-8. */
  byte[] bytes() {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the fewest decimals that read back as {@code value}. */
  static String decimal(double value) {
    return NumberOutput.toString(value, true);
  }
}

package org.ridgeline.report;

import java.util.List;

/** {@code residuals.csv}: a sample of rows under the chosen model of each target. */
public final class ResidualsCsv {
  /** The name of the file. */
  public static final String FILE = "residuals.csv";

  private static final List<String> COLUMNS =
      List.of(
          "target",
          "fold",
          "observed",
          "fitted",
          "residual",
          "held_out_residual",
          "leverage",
          "weight");

  private ResidualsCsv() {}

  /** Returns the file. */
  public static byte[] of(List<ResidualRow> rows) {
    CsvText csv = new CsvText().texts(COLUMNS).end();
    for (ResidualRow row : rows) {
      csv.text(row.target())
          .text(row.fold())
          .number(row.observed())
          .number(row.fitted())
          .number(row.observed() - row.fitted())
          .number(row.heldOutResidual())
          .number(row.leverage())
          .number(row.weight())
          .end();
    }
    return csv.bytes();
  }
}

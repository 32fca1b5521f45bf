package org.ridgeline.forecast;

import java.util.List;
import java.util.OptionalDouble;
import org.ridgeline.base.Check;

/**
 * What to foretell.
 *
 * @param rows at how many rows
 * @param rmse the root mean squared error that is asked for, if one is
 * @param held which lambda the line of fixed lambda holds
 */
public record ForecastRequest(List<RowCount> rows, OptionalDouble rmse, Held held) {
  /** A lambda. */
  public enum Held {
    /** That of the run's model. */
    SELECTED,
    /** That of the smallest cross-validated error. */
    BEST
  }

  /** Checks the error. */
  public ForecastRequest {
    rows = List.copyOf(rows);
    Check.that(
        rmse.isEmpty() || (rmse.getAsDouble() > 0 && Double.isFinite(rmse.getAsDouble())),
        "Cannot look for the rows of a root mean squared error of %s: it must be positive",
        rmse.orElse(Double.NaN));
  }

  /**
   * A number of rows.
   *
   * @param value the number, or how many times the rows that there are
   * @param unit which of both
   */
  public record RowCount(double value, Unit unit) {
    /** What a number counts. */
    public enum Unit {
      ROWS,
      TIMES
    }

    /** Checks the number. */
    public RowCount {
      Check.that(value > 0, "Cannot forecast the error of %s rows", value);
    }

    /** Returns so many times the rows that there are. */
    public static RowCount times(double value) {
      return new RowCount(value, Unit.TIMES);
    }

    /** Returns so many rows. */
    public static RowCount of(double value) {
      return new RowCount(value, Unit.ROWS);
    }

    /** Returns the rows, where there are {@code n}. */
    double where(double n) {
      return unit == Unit.TIMES ? value * n : value;
    }
  }
}

package org.ridgeline.dataset;

import java.util.List;

/**
 * One column of the data that features are read from.
 *
 * @param column its name
 * @param kind how it is read
 * @param names the names of its features
 * @param levels for a category: all levels, sorted; otherwise empty. There are as many names as
 *     levels, or one fewer when the first level has no feature
 */
public record InputColumn(String column, Kind kind, List<String> names, List<String> levels) {
  /** How a column is read. */
  public enum Kind {
    /** A number, or a boolean as 0 and 1. */
    NUMBER,
    /** An array of numbers. */
    ARRAY,
    /** A vector of Spark ML, dense or sparse. */
    VECTOR,
    /** One feature for each level. */
    CATEGORY
  }

  /** Returns a plain number, which is called what its column is called. */
  public static InputColumn number(String column) {
    return new InputColumn(column, Kind.NUMBER, List.of(column), List.of());
  }

  /** Copies the lists. */
  public InputColumn {
    names = List.copyOf(names);
    levels = List.copyOf(levels);
  }
}

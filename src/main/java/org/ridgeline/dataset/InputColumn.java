package org.ridgeline.dataset;

import java.util.List;
import java.util.Optional;

/**
 * One column of the data that features are read from.
 *
 * @param column its name
 * @param kind how it is read
 * @param names the names of its features
 * @param levels for a category: all levels, sorted; otherwise empty. There are as many names as
 *     levels, or one fewer when the first level has no feature
 * @param levelType of what type the column of a category was; empty where that was not written down
 */
public record InputColumn(
    String column,
    Kind kind,
    List<String> names,
    List<String> levels,
    Optional<LevelType> levelType) {
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

  /** What the levels of a category are. */
  public enum LevelType {
    /** Texts: {@code 01} is not {@code 1}. */
    TEXT,
    /** Whole numbers. */
    WHOLE,
    /** {@code true} and {@code false}. */
    BOOLEAN
  }

  /** Creates a column of no category, or of one whose level type is not known. */
  public InputColumn(String column, Kind kind, List<String> names, List<String> levels) {
    this(column, kind, names, levels, Optional.empty());
  }

  /** Returns a plain number, which is called what its column is called. */
  public static InputColumn number(String column) {
    return new InputColumn(column, Kind.NUMBER, List.of(column), List.of());
  }

  /** Whether another column has the same features, whatever the type of its levels was. */
  public boolean readsLike(InputColumn other) {
    return column.equals(other.column)
        && kind == other.kind
        && names.equals(other.names)
        && levels.equals(other.levels);
  }

  /** Copies the lists. */
  public InputColumn {
    names = List.copyOf(names);
    levels = List.copyOf(levels);
  }
}

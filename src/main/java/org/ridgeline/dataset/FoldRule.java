package org.ridgeline.dataset;

import java.util.Optional;
import org.ridgeline.base.Check;

/**
 * How rows are dealt into folds.
 *
 * @param kind the rule
 * @param column the column that decides, where one does
 * @param folds k, where the rule fixes it; 1 otherwise
 * @param seed the key of the hash
 */
public record FoldRule(Kind kind, Optional<String> column, int folds, long seed) {
  /** How many folds a tuning has by default. */
  public static final int USUAL = 5;

  /** The rules. */
  public enum Kind {
    /** All rows are one fold. */
    SINGLE,
    /** By a hash of the row's content. */
    CONTENT,
    /**
     * By a hash of the labels, the weight and the vector in a column that is no feature: the fold
     * that the row would have by its content if that vector were its features.
     */
    VECTOR,
    /** By a hash of one column: an id, or a group whose rows stay together. */
    KEY,
    /** The distinct values of a column, ascending, are the folds. */
    COLUMN;

    /** Whether the rule fixes the number of folds, as hashes do. */
    public boolean hasFixedCount() {
      return this != SINGLE && this != COLUMN;
    }
  }

  /** Checks the number of folds. */
  public FoldRule {
    Check.that(
        folds >= (kind.hasFixedCount() ? 2 : 1),
        "Cannot make %d folds: at least 2 are needed",
        folds);
  }

  /** One fold with all rows. */
  public static FoldRule single() {
    return new FoldRule(Kind.SINGLE, Optional.empty(), 1, 0);
  }

  /** By the content of the row: labels, weight and features. */
  public static FoldRule hashed(int folds, long seed) {
    return new FoldRule(Kind.CONTENT, Optional.empty(), folds, seed);
  }

  /** By the content of the row, with the vector in {@code column} in the place of the features. */
  public static FoldRule hashedWithVector(String column, int folds, long seed) {
    return new FoldRule(Kind.VECTOR, Optional.of(column), folds, seed);
  }

  /** By the value of an id or group column. */
  public static FoldRule hashedBy(String column, int folds, long seed) {
    return new FoldRule(Kind.KEY, Optional.of(column), folds, seed);
  }

  /** The values of {@code column} are the folds. */
  public static FoldRule byColumn(String column) {
    return new FoldRule(Kind.COLUMN, Optional.of(column), 1, 0);
  }
}

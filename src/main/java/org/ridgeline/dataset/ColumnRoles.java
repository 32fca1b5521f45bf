package org.ridgeline.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ridgeline.base.Check;
import org.ridgeline.ridge.Intercept;

/**
 * Which columns of the data are what.
 *
 * @param labels the targets, in order
 * @param features globs of feature columns, {@code !glob} removes; empty: every usable column that
 *     has no other role
 * @param categorical columns to expand into one column for each level
 * @param weight the weight column
 * @param folds how rows are dealt into folds
 * @param intercept whether the model has one: the first level of a category then gets no column,
 *     and a constant label is refused
 */
public record ColumnRoles(
    List<String> labels,
    List<String> features,
    List<String> categorical,
    Optional<String> weight,
    FoldRule folds,
    Intercept intercept) {
  /** Checks that there is a label. */
  public ColumnRoles {
    Check.that(!labels.isEmpty(), "Cannot read the data: at least one label is needed");
    labels = List.copyOf(labels);
    features = List.copyOf(features);
    categorical = List.copyOf(categorical);
  }

  /** Labels, all usable features, no weight, one fold, an intercept. */
  public static ColumnRoles of(String... labels) {
    return new ColumnRoles(
        List.of(labels), List.of(), List.of(), Optional.empty(), FoldRule.single(), Intercept.FREE);
  }

  /** Splits a comma list, ignoring blanks around the parts and empty parts. */
  public static List<String> globs(String commaList) {
    List<String> parts = new ArrayList<>();
    for (String part : commaList.split(",", -1)) {
      if (!part.isBlank()) {
        parts.add(part.strip());
      }
    }
    return parts;
  }

  /** Returns the same with these feature globs. */
  public ColumnRoles withFeatures(List<String> globs) {
    return new ColumnRoles(labels, globs, categorical, weight, folds, intercept);
  }

  /** Returns the same with these categorical columns. */
  public ColumnRoles withCategorical(List<String> names) {
    return new ColumnRoles(labels, features, names, weight, folds, intercept);
  }

  /** Returns the same with this weight column. */
  public ColumnRoles withWeight(String name) {
    return new ColumnRoles(labels, features, categorical, Optional.of(name), folds, intercept);
  }

  /** Returns the same with these folds. */
  public ColumnRoles withFolds(FoldRule rule) {
    return new ColumnRoles(labels, features, categorical, weight, rule, intercept);
  }

  /** Returns the same for a model with or without an intercept. */
  public ColumnRoles withIntercept(Intercept choice) {
    return new ColumnRoles(labels, features, categorical, weight, folds, choice);
  }
}

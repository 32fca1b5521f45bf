package org.ridgeline.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ridgeline.linalg.Check;

/**
 * Which columns of the data are what.
 *
 * @param labels the targets, in order
 * @param features globs of feature columns, {@code !glob} removes; empty: every usable column that
 *     has no other role
 * @param categorical columns to expand into one column for each level
 * @param weight the weight column
 * @param folds how rows are dealt into folds
 * @param firstLevel whether the first level of a category gets a column
 */
public record Columns(
    List<String> labels,
    List<String> features,
    List<String> categorical,
    Optional<String> weight,
    FoldRule folds,
    FirstLevel firstLevel) {
  /** Checks that there is a label. */
  public Columns {
    Check.that(!labels.isEmpty(), "Cannot read the data: at least one label is needed");
    labels = List.copyOf(labels);
    features = List.copyOf(features);
    categorical = List.copyOf(categorical);
  }

  /** Labels, all usable features, no weight, one fold, an intercept. */
  public static Columns of(String... labels) {
    return new Columns(
        List.of(labels),
        List.of(),
        List.of(),
        Optional.empty(),
        FoldRule.single(),
        FirstLevel.DROP);
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

  /** The same with these feature globs. */
  public Columns withFeatures(List<String> globs) {
    return new Columns(labels, globs, categorical, weight, folds, firstLevel);
  }

  /** The same with these categorical columns. */
  public Columns withCategorical(List<String> names) {
    return new Columns(labels, features, names, weight, folds, firstLevel);
  }

  /** The same with this weight column. */
  public Columns withWeight(String name) {
    return new Columns(labels, features, categorical, Optional.of(name), folds, firstLevel);
  }

  /** The same with these folds. */
  public Columns withFolds(FoldRule rule) {
    return new Columns(labels, features, categorical, weight, rule, firstLevel);
  }

  /** The same with or without a column for first levels. */
  public Columns withFirstLevel(FirstLevel choice) {
    return new Columns(labels, features, categorical, weight, folds, choice);
  }
}

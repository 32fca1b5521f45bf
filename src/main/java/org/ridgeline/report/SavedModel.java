package org.ridgeline.report;

import java.util.HashSet;
import java.util.List;
import org.ridgeline.linalg.Check;
import org.ridgeline.ridge.RidgeModel;

/**
 * What {@code model.json} holds: the coefficients, and how the inputs were made of columns.
 *
 * @param model the coefficients
 * @param inputs the columns, in order; their names together are the model's features
 */
public record SavedModel(RidgeModel model, List<Input> inputs) {
  /** Checks that the inputs make the model's features. */
  public SavedModel {
    inputs = List.copyOf(inputs);
    List<String> names = inputs.stream().flatMap(input -> input.names().stream()).toList();
    Check.that(
        names.equals(model.features()),
        "Cannot use the model: its inputs make %d features, its coefficients are for %d, or they"
            + " differ in name",
        names.size(),
        model.features().size());
    Check.that(
        new HashSet<>(model.targets()).size() == model.targets().size(),
        "Cannot use the model: a target occurs twice");
    for (int t = 0; t < model.targets().size(); t++) {
      requireFinite(model.intercepts().get(t), "intercept");
      requireFinite(model.lambdas().get(t), "lambda");
    }
    for (double coefficient : model.coefficients().data()) {
      requireFinite(coefficient, "coefficient");
    }
  }

  private static void requireFinite(double value, String what) {
    Check.that(Double.isFinite(value), "Cannot use the model: a %s is %s", what, value);
  }

  /**
   * A column that gives one or several features.
   *
   * @param column the column's name
   * @param kind number, array, vector or category
   * @param names the features made of it
   * @param levels of a category: all levels, sorted; else empty
   */
  public record Input(String column, String kind, List<String> names, List<String> levels) {
    /** Copies the lists. */
    public Input {
      names = List.copyOf(names);
      levels = List.copyOf(levels);
    }
  }
}

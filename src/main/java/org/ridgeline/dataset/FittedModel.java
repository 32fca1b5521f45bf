package org.ridgeline.dataset;

import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.ridgeline.base.Check;
import org.ridgeline.features.MapDescription;
import org.ridgeline.ridge.RidgeModel;

/**
 * What {@code model.json} holds: the coefficients, how the inputs were made of columns, and the
 * feature map between the two, if there is one.
 *
 * @param model the coefficients; with maps of several widths, 0 beyond a target's own
 * @param inputs the columns, in order; without a map their names together are the model's features
 * @param maps the map of each target; empty without one
 */
public record FittedModel(RidgeModel model, List<InputColumn> inputs, List<MapDescription> maps) {
  /** Checks that the inputs make the model's features. */
  public FittedModel {
    inputs = List.copyOf(inputs);
    maps = List.copyOf(maps);
    List<String> names = inputs.stream().flatMap(input -> input.names().stream()).toList();
    Check.that(
        !maps.isEmpty() || names.equals(model.features()),
        "Cannot use the model: its inputs make %d features, its coefficients are for %d, or they"
            + " differ in name",
        names.size(),
        model.features().size());
    Check.that(
        maps.isEmpty() || maps.size() == model.targets().size(),
        "Cannot use the model: it has %d feature maps for %d targets",
        maps.size(),
        model.targets().size());
    for (MapDescription map : maps) {
      int outputs = map.spec().outputs(names.size());
      Check.that(
          map.scaling().inputs() == names.size() && outputs <= model.features().size(),
          "Cannot use the model: its feature map makes %d features of %d inputs, but there are %d"
              + " coefficients and %d inputs",
          outputs,
          map.scaling().inputs(),
          model.features().size(),
          names.size());
    }
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

  /** Whether all targets share one map, or have none. */
  public boolean sharesMap() {
    return maps.stream().distinct().count() <= 1;
  }

  /** Returns the names of n mapped features: {@code z0, z1, ..}. */
  public static List<String> mappedNames(int n) {
    return IntStream.range(0, n).mapToObj(j -> "z" + j).toList();
  }

  private static void requireFinite(double value, String what) {
    Check.that(Double.isFinite(value), "Cannot use the model: a %s is %s", what, value);
  }
}

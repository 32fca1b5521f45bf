package org.ridgeline.report;

import java.util.List;
import java.util.OptionalDouble;
import org.ridgeline.features.MapDescription;
import org.ridgeline.select.Surface;

/**
 * What the report of a run with a feature map has besides its targets.
 *
 * @param surface every map setting, and the choice among them
 * @param maps the map that each target chose
 * @param standardize how the inputs were scaled: population, sample or none
 * @param median the median distance of a sample, where a length scale came from it
 */
public record MapReport(
    Surface surface, List<MapDescription> maps, String standardize, OptionalDouble median) {
  /** Copies the list. */
  public MapReport {
    maps = List.copyOf(maps);
  }

  /** What the scaling, the clipping and the median distance looked at. */
  static final String NOTE =
      "Scaling, clipping and the median distance use the inputs of all rows, those of the held-out"
          + " folds included, and no label";

  /**
   * Returns the map of the first target: kind, kernel, scaling, bias and seed are the same for all.
   */
  MapDescription map() {
    return maps.get(0);
  }

  /** Returns the number of features of the map that target {@code t} chose. */
  int outputs(int t) {
    return maps.get(t).spec().outputs(maps.get(t).scaling().inputs());
  }
}

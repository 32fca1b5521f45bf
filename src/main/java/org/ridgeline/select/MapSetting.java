package org.ridgeline.select;

import java.util.OptionalDouble;
import org.ridgeline.features.MapSpec;

/**
 * What distinguishes the maps of one run from each other.
 *
 * @param map the kind of map, as options call it
 * @param width the number of features asked for
 * @param lengthScale the length scale; empty for the maps that have none
 */
public record MapSetting(String map, int width, OptionalDouble lengthScale) {
  /** The setting of a map. */
  public static MapSetting of(MapSpec spec) {
    return new MapSetting(
        spec.kind().label(),
        spec.width(),
        spec.kind().hasLengthScale()
            ? OptionalDouble.of(spec.lengthScale())
            : OptionalDouble.empty());
  }
}

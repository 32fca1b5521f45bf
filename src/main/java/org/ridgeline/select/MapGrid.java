package org.ridgeline.select;

import java.util.List;
import java.util.stream.IntStream;
import org.ridgeline.base.Check;
import org.ridgeline.features.MapSpec;
import org.ridgeline.moments.FoldedMoments;

/**
 * The maps to choose from: every width at every length scale, by ascending width, then in the order
 * of the length scales.
 *
 * <p>Maps are nested: the features of a smaller width are the leading ones of the widest map, times
 * one factor that keeps {@code E z'z = k}. The moments of every width are therefore a leading block
 * of the widest map's, and lambda means the same at each.
 *
 * @param widest the widest map at each length scale; they differ in that alone
 * @param widths the widths, ascending; the last is that of {@code widest}
 * @param inputs d
 */
public record MapGrid(List<MapSpec> widest, List<Integer> widths, int inputs) {
  /** Checks the widths against the maps. */
  public MapGrid {
    widest = List.copyOf(widest);
    widths = widths.stream().distinct().sorted().toList();
    Check.that(
        !widest.isEmpty() && !widths.isEmpty(), "Cannot search maps: at least one is needed");
    int last = widths.get(widths.size() - 1);
    Check.that(
        widest.get(0).width() == last,
        "Cannot search maps of width %d within one of width %d",
        last,
        widest.get(0).width());
    for (int width : widths) {
      widest.get(0).withWidth(width).units(inputs);
    }
  }

  /** Returns the number of settings. */
  public int size() {
    return widest.size() * widths.size();
  }

  /** Returns the map of setting {@code i}. */
  public MapSpec spec(int i) {
    return widest.get(i % widest.size()).withWidth(widths.get(i / widest.size()));
  }

  /** Returns all settings. */
  public List<MapSetting> settings() {
    return IntStream.range(0, size()).mapToObj(i -> MapSetting.of(spec(i))).toList();
  }

  /**
   * The moments of setting {@code i}: a copy, except at the full width.
   *
   * @param mapped the moments of each of the widest maps
   */
  public FoldedMoments moments(int i, List<FoldedMoments> mapped) {
    Check.that(
        mapped.size() == widest.size(),
        "Cannot search %d maps in the moments of %d",
        widest.size(),
        mapped.size());
    MapSpec wide = widest.get(i % widest.size());
    MapSpec spec = spec(i);
    FoldedMoments moments = mapped.get(i % widest.size());
    return spec.outputs(inputs) == wide.outputs(inputs)
        ? moments
        : moments.leading(spec.outputs(inputs), wide.nestedFactor(spec.width(), inputs));
  }
}

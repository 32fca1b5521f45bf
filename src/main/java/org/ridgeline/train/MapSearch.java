package org.ridgeline.train;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import org.ridgeline.base.Check;
import org.ridgeline.features.LengthScale;
import org.ridgeline.features.MapSpec;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.Scaling;

/**
 * Which feature maps to search.
 *
 * @param base the map, of the largest width and of length scale 1
 * @param widths ascending; empty: as many as there are rows, not counted yet
 * @param centers which rows are the centers of Nystrom
 * @param lengthScales empty: from the median distance, or the map has none
 * @param automatic how many length scales the median distance gives
 * @param inputs how the inputs are scaled
 * @param clip at how many standard deviations they are clipped
 */
public record MapSearch(
    MapSpec base,
    List<Integer> widths,
    Centers centers,
    List<Double> lengthScales,
    Automatic automatic,
    Scaling inputs,
    OptionalDouble clip) {
  /** Copies the lists and checks what goes together. */
  public MapSearch {
    widths = List.copyOf(widths);
    lengthScales = List.copyOf(lengthScales);
    for (int i = 1; i < widths.size(); i++) {
      Check.that(
          widths.get(i - 1) < widths.get(i),
          "Cannot search the widths %s of a feature map: they must ascend",
          widths);
    }
    Check.that(
        widths.isEmpty() || base.width() == widths.get(widths.size() - 1),
        "Cannot search the widths %s of a feature map: it has the width %d, not the largest",
        widths,
        base.width());
    widths.forEach(base::withWidth); // an odd width of a map of pairs is refused
    lengthScales.forEach(base::withLengthScale);
    Check.that(
        clip.isEmpty() || inputs != Scaling.NONE,
        "Cannot clip inputs at standard deviations that are not taken");
  }

  /** Returns one map of scaled inputs, its length scales a grid around their median distance. */
  public static MapSearch of(MapSpec map) {
    return new MapSearch(
        map,
        List.of(map.width()),
        Centers.SOME,
        List.of(),
        Automatic.GRID,
        Scaling.POPULATION,
        OptionalDouble.empty());
  }

  /** The length scales that the median distance gives. */
  public enum Automatic {
    /** The median itself. */
    ONE,
    /** A small grid around it. */
    GRID
  }

  /** The rows that are centers of Nystrom. */
  public enum Centers {
    /** As many as the width says. */
    SOME,
    /** All of them: exact kernel ridge regression. */
    EVERY_ROW
  }

  /** Whether length scales come from the median distance. */
  public boolean needsMedian() {
    return base.kind().hasLengthScale() && lengthScales.isEmpty();
  }

  /** Whether the rows must be counted to know the width. */
  public boolean needsCount() {
    return widths.isEmpty();
  }

  /** Returns the largest width, where it does not depend on the number of rows. */
  public int largestWidth() {
    return base.width();
  }

  /** Returns this with the number of rows as the width. */
  public MapSearch ofRows(long rows) {
    Check.that(
        rows <= Integer.MAX_VALUE, "Cannot use each of %d rows as a center: name a number", rows);
    int width = (int) Math.max(1, rows);
    return withWidths(List.of(width));
  }

  /** Returns this with other widths. */
  public MapSearch withWidths(List<Integer> others) {
    MapSpec spec = base.withWidth(others.get(others.size() - 1));
    return new MapSearch(spec, others, centers, lengthScales, automatic, inputs, clip);
  }

  /** Returns how many length scales there are, 1 for a map that has none. */
  public int scales() {
    if (needsMedian()) {
      return automatic == Automatic.ONE ? 1 : LengthScale.grid(1).size();
    }
    return Math.max(1, lengthScales.size());
  }

  /** Returns how many maps there are to choose from. */
  public int settings() {
    return scales() * Math.max(1, widths.size());
  }

  /** Returns how often the rows are read to be left out one by one. */
  public int leaveOneOutPasses() {
    List<Integer> each = widths.isEmpty() ? List.of(base.width()) : widths;
    return MapLeaveOneOut.passes(
        each.stream().flatMap(width -> Collections.nCopies(scales(), width).stream()).toList());
  }

  /**
   * Returns the widest map at each length scale.
   *
   * @param median the median distance, where it is needed
   */
  List<MapSpec> widest(OptionalDouble median) {
    if (!base.kind().hasLengthScale()) {
      return List.of(base);
    }
    if (!needsMedian()) {
      return lengthScales.stream().map(base::withLengthScale).toList();
    }
    double middle = median.orElseThrow();
    Vec grid = automatic == Automatic.ONE ? Vec.of(middle) : LengthScale.grid(middle);
    return Arrays.stream(grid.toArray()).mapToObj(base::withLengthScale).toList();
  }
}

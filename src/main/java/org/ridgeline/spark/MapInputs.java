package org.ridgeline.spark;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.ridgeline.features.InputScaling;
import org.ridgeline.linalg.Matrix;

/**
 * What a feature map must know of the inputs of all rows; no label has a part in it.
 *
 * @param scaling what happens to the inputs before the map
 * @param median the median distance between scaled rows of a sample, where it was asked for
 * @param centers d x m in the units of the data, one center a column, where they were asked for;
 *     fewer than asked for when there are fewer different rows
 * @param rows how many valid rows were read; 0 when nothing had to be read
 * @param warnings one sentence for everything that is odd
 */
public record MapInputs(
    InputScaling scaling,
    OptionalDouble median,
    Optional<Matrix> centers,
    long rows,
    List<String> warnings) {
  /** Copies the list. */
  public MapInputs {
    warnings = List.copyOf(warnings);
  }
}

package org.ridgeline.features;

/** The units of a map, ready for use: immutable and shared by the tasks of a process. */
sealed interface Units permits WaveUnits, NeuronUnits, GradientUnits, NystromUnits {
  /** Applies the units to rows of scaled inputs; has scratch of its own, for one thread. */
  interface Applier {
    /**
     * Writes the features of each row.
     *
     * @param rows at most the number the applier was made for
     * @param x rows of coordinates, one after the other
     * @param z the features of row r start at {@code at + r * stride}
     */
    void apply(int rows, double[] x, double[] z, int at, int stride);
  }

  /** The number of values that a row needs between the weights and the features. */
  int scratchPerRow();

  /** Returns an applier to blocks of at most so many rows. */
  Applier applier(int mostRows);

  /** Returns the units that this describes. */
  static Units of(MapDescription description) {
    MapSpec spec = description.spec();
    return switch (spec.kind().layout()) {
      case PAIRS, OFFSETS -> WaveUnits.of(spec, description.weights(), description.offsets());
      case NEURONS -> new NeuronUnits(spec.kind(), description.weights());
      case GRADIENTS -> new GradientUnits(description.weights(), description.offsets().toArray());
      case CENTERS -> NystromUnits.of(spec, description.weights(), description.jitter());
    };
  }
}

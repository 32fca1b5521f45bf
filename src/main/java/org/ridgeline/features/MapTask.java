package org.ridgeline.features;

import org.ridgeline.base.Check;

/** A feature map in one thread: holds scratch memory and counts clipped values. */
public final class MapTask {
  private static final int SCRATCH = 1 << 15; // doubles: 256 kB, inside the second-level cache
  private static final int MOST_ROWS = 256;
  private static final int LEAST_ROWS = 8;

  private final InputScaling scaling;
  private final int inputs;
  private final int coordinates;
  private final int outputs;
  private final int chunk;
  private final double[] scaled;
  private final Units.Applier applier;
  private long clipped;

  MapTask(MapDescription map, Units units) {
    this.scaling = map.scaling();
    this.inputs = scaling.inputs();
    this.coordinates = map.spec().coordinates(inputs);
    this.outputs = map.spec().outputs(inputs);
    int fitting = SCRATCH / Math.max(1, units.scratchPerRow());
    this.chunk = Math.max(LEAST_ROWS, Math.min(MOST_ROWS, fitting));
    this.scaled = new double[chunk * coordinates];
    for (int r = 0; r < chunk; r++) {
      scaled[r * coordinates + coordinates - 1] = 1; // the bias, where there is one
    }
    this.applier = units.applier(chunk);
  }

  /**
   * Writes the features of {@code rows} rows: row r of x starts at {@code r * xStride}, row r of z
   * at {@code r * zStride}, and what follows its D features is left alone.
   *
   * <p>Cost for a row: {@code 2 d m} flops and D cosines (about 1 ns each); Nystrom {@code 3 d m +
   * m^2} flops and m exponentials. A row of x with a NaN gives a row of NaN; step neurons give 0.
   */
  public void apply(int rows, double[] x, int xStride, double[] z, int zStride) {
    Check.that(
        xStride >= inputs && x.length >= (rows - 1L) * xStride + inputs,
        "Cannot map %d rows of %d inputs: got %d values with stride %d",
        rows,
        inputs,
        x.length,
        xStride);
    Check.that(
        zStride >= outputs && z.length >= (rows - 1L) * zStride + outputs,
        "Cannot map %d rows to %d features: got room for %d values with stride %d",
        rows,
        outputs,
        z.length,
        zStride);
    for (int first = 0; first < rows; first += chunk) {
      int n = Math.min(chunk, rows - first);
      for (int r = 0; r < n; r++) {
        clipped += scaling.apply(x, (first + r) * xStride, scaled, r * coordinates);
      }
      applier.apply(n, scaled, z, first * zStride, zStride);
    }
  }

  /** Returns the number of input values clipped so far. */
  public long clipped() {
    return clipped;
  }
}

package org.ridgeline.features;

import java.io.Serializable;
import org.ridgeline.linalg.Matrix;

/**
 * A feature map {@code z(x)} on blocks of rows: D features of d inputs with {@code E z(x)'z(y) =
 * k(x, y)}.
 *
 * <p>Features of a unit stay together: {@code sqrt(2/D) [cos w_j'x/l, sin w_j'x/l]} for pairs;
 * {@code sqrt(2/D) cos(w_j'x/l + b_j)} with offsets; {@code sqrt(2/D) 1{w_j'x > 0} (w_j'x)^q} for
 * arc-cosine maps of order q; {@code [max(w_j'x, 0), a_j 1{w_j'x > 0} x] / sqrt(m)} for the tangent
 * kernel; {@code L^-1 k_m(x)} for Nystrom.
 *
 * <p>A value that crosses executors: only its {@link MapDescription} is shipped, weights are drawn
 * once per copy, at first use. Threads may share it; each has a {@link MapTask} of its own.
 */
public final class FeatureMap implements Serializable {
  private static final long serialVersionUID = 1L;

  private final MapDescription description;
  private final int inputs;
  private final int outputs;
  private transient volatile Units units;

  private FeatureMap(MapDescription description) {
    this.description = description;
    this.inputs = description.scaling().inputs();
    this.outputs = description.spec().outputs(inputs);
  }

  /** Returns the map that this describes. */
  public static FeatureMap of(MapDescription description) {
    return new FeatureMap(description);
  }

  /** Returns a map with weights drawn from the seed. */
  public static FeatureMap random(MapSpec spec, InputScaling scaling) {
    return of(MapDescription.drawn(spec, scaling));
  }

  /**
   * Returns the Nystrom map of these centers, with jitter where their kernel matrix needs it.
   *
   * @param centers d x m: one center a column, in the units of the data
   * @throws org.ridgeline.base.SingularException when the kernel matrix cannot be factorized
   */
  public static FeatureMap nystrom(MapSpec spec, InputScaling scaling, Matrix centers) {
    Matrix scaled = centers.copy();
    MapDescription.nystrom(spec, scaling, scaled, 0); // checks the shapes
    for (int j = 0; j < centers.columns(); j++) {
      scaling.apply(centers.data(), j * centers.rows(), scaled.data(), j * centers.rows());
    }
    NystromUnits units = NystromUnits.withJitterWhereNeeded(spec, scaled);
    FeatureMap map = of(MapDescription.nystrom(spec, scaling, scaled, units.jitter()));
    map.units = units;
    return map;
  }

  /** d, the number of inputs. */
  public int inputs() {
    return inputs;
  }

  /** D, the number of features. */
  public int outputs() {
    return outputs;
  }

  /** Returns what defines the map. */
  public MapDescription description() {
    return description;
  }

  /** Returns what one thread needs to apply the map to blocks. */
  public MapTask newTask() {
    return new MapTask(description, units());
  }

  private Units units() {
    Units known = units;
    if (known == null) {
      synchronized (this) {
        known = units;
        if (known == null) {
          known = Units.of(description);
          units = known;
        }
      }
    }
    return known;
  }
}

/**
 * Feature maps: {@code z(x)} with {@code E z(x)'z(y) = k(x, y)}, so that ridge regression on z is
 * kernel ridge regression with the same lambda, whatever the width.
 *
 * <p>Notation: d inputs, D features (the width), m units (frequencies, neurons or centers), w the
 * weights of a unit, l the length scale, {@code r = |x - y| / l}. Random weights are a pure
 * function of (seed, unit, component): they are not shipped but drawn again wherever they are
 * needed, and the map of a smaller width is the leading columns of a larger one up to one common
 * factor.
 *
 * <pre>{@code
 * MapSpec spec = MapSpec.of(MapKind.RFF, 1024).withLengthScale(2.5).withSeed(7);
 * FeatureMap map = FeatureMap.random(spec, InputScaling.none(20));   // 20 inputs
 * double[] z = new double[256 * map.outputs()];
 * map.newTask().apply(256, x, 20, z, map.outputs());                 // 256 rows of x
 * }</pre>
 */
package org.ridgeline.features;

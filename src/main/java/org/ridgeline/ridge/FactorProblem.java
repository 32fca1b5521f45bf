package org.ridgeline.ridge;

import org.ridgeline.linalg.Matrix;

/**
 * A ridge problem as least squares, {@code |B - A v|^2 + lambda |v|^2}, from a factor of the rows:
 * as many rows as the factor has, and {@code A'A = G}, {@code A'B = C}.
 *
 * @param inputs A, r x order
 * @param targets B, r x m
 */
record FactorProblem(Matrix inputs, Matrix targets) {}

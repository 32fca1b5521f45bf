package org.ridgeline.ridge;

import org.ridgeline.linalg.Vec;

/**
 * Forms of some vectors v in the inverse of a penalized system {@code A = G + lambda I}: variances,
 * up to the residual variance.
 *
 * @param posterior {@code v'A^-1 v}: of {@code v'b} given the data; infinite where the data say
 *     nothing and lambda = 0
 * @param sampling {@code v'A^-1 G A^-1 v}: of {@code v'b} over samples
 */
public record QuadraticForms(Vec posterior, Vec sampling) {}

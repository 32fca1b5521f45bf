/**
 * The uncertainty of a ridge model's coefficients: two kinds, never mixed.
 *
 * <p>Also what differs between two sets of rows, A and B: means, errors of one model, fits.
 *
 * <p>Notation: {@code A = G + lambda I} in standardized columns, s_j their scales, s2 a residual
 * variance, {@code xbar} the weighted means of the inputs, W the sum of weights.
 *
 * <pre>{@code
 * CoefficientErrors errors = CoefficientErrors.of(system, problem, path, 7);
 * double sd = errors.posteriorSd().get(3);                        // given the data and the prior
 * double se = errors.standardError().get(3);                      // over samples of the label
 * }</pre>
 */
package org.ridgeline.infer;

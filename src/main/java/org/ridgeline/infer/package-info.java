/**
 * How sure a ridge model is of its coefficients: two kinds of uncertainty, never mixed.
 *
 * <p>Notation: {@code A = G + lambda I} in standardised columns, s_j their scales, s2 a residual
 * variance, {@code xbar} the weighted means of the inputs, W the sum of weights.
 *
 * <pre>{@code
 * CoefficientErrors errors = CoefficientErrors.of(system, problem, path, 7);
 * double sd = errors.posteriorSd().get(3);                        // given the data and the prior
 * double se = errors.standardError().get(3);                      // over samples of the label
 * }</pre>
 */
package org.ridgeline.infer;

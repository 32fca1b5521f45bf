package org.ridgeline.ridge;

import org.ridgeline.linalg.Vec;

/**
 * Traces of the hat matrix {@code H = Z (G + lambda I)^-1 Z'} at each lambda, without the target.
 *
 * @param df {@code tr H = sum_j e_j / (e_j + lambda)}, the degrees of freedom of the slopes; the
 *     intercept adds 1
 * @param residualDf {@code n - i - df}, i = 1 with an intercept, computed so that it keeps its
 *     digits where the model nearly interpolates; 0 where nothing is left
 * @param df2 {@code tr HH' = sum_j e_j^2 / (e_j + lambda)^2}
 * @param logDeterminant {@code ln det (I + G / lambda)}; infinite at lambda = 0
 */
public record Traces(Vec df, Vec residualDf, Vec df2, Vec logDeterminant) {}

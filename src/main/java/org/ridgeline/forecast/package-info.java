/**
 * Learning curves from the moments of folds: the errors observed at fewer rows, and those foretold
 * at more, by deterministic equivalents (the limit that ridge regression of many rows and columns
 * obeys; Bach, SIAM J. Math. Data Sci. 2024; Hastie, Montanari, Rosset and Tibshirani, Ann. Stat.
 * 2022). No row is read again.
 *
 * <p>Notation: n rows of a training set, {@code nu = n - i} with i = 1 for an intercept, df1 and
 * df2 the degrees of freedom of first and second order, kappa the renormalized penalty, M the error
 * without limit to the rows; primes are of the rows foretold.
 *
 * <pre>{@code
 * LearningForecast forecast = LearningForecast.of(folds, RidgeSpec.standard(), lambdas).get(0);
 * double now = forecast.now().mse();
 * double twice = forecast.at(2 * rows).mse();
 * double floor = forecast.at(Double.POSITIVE_INFINITY).mse();
 * }</pre>
 */
package org.ridgeline.forecast;

package org.ridgeline.forecast;

/**
 * The error foretold at some number of rows, with the lambda that is best there.
 *
 * @param rows n'; infinite for no limit
 * @param mse the mean squared error
 * @param level its band
 * @param ratio {@code mse} over that of the rows that there are
 * @param gain the band of the ratio, narrower because both errors share most of their uncertainty
 * @param atMost whether it is an upper bound: smaller lambdas may be better, but the folds are too
 *     small to say so
 */
public record Foretold(
    double rows, double mse, Band level, double ratio, Band gain, boolean atMost) {}

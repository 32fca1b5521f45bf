package org.ridgeline.spark;

/**
 * How well a model predicts one target.
 *
 * @param target its name
 * @param n the number of rows
 * @param mse {@code sum w e^2 / W}
 * @param rmse its square root
 * @param mae {@code sum w |e| / W}
 * @param r2 {@code 1 - sum w e^2 / sum w (y - mean)^2}; NaN when the label is constant
 */
public record TargetMetrics(
    String target, long n, double mse, double rmse, double mae, double r2) {}

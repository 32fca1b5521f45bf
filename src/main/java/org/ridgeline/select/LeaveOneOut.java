package org.ridgeline.select;

import org.ridgeline.linalg.Vec;

/**
 * Exact leave-one-out errors and leverages of one target, with the means and scales of all rows:
 * element l belongs to lambda l.
 *
 * @param meanSquare {@code sum w e^2 / W}, e the error of the model fitted without the row; NaN
 *     where a row determines its own fit
 * @param maxLeverage the largest {@code h_i}
 * @param highLeverage how many rows have {@code h_i > 2 (tr H + i) / n}
 */
public record LeaveOneOut(Vec meanSquare, Vec maxLeverage, Vec highLeverage) {}

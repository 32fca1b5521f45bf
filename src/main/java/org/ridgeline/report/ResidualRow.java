package org.ridgeline.report;

/**
 * A row of {@code residuals.csv}: how one model does on one row of a sample.
 *
 * @param target the label's column
 * @param fold the label of the row's fold; empty without folds
 * @param observed the label
 * @param fitted the prediction of the model of all rows
 * @param heldOutResidual observed minus the prediction of the model that did not see the row's
 *     fold, or without folds the row; NaN where it is undefined
 * @param leverage how far the label moves its own fitted value; NaN where it is undefined
 * @param weight of the row
 */
public record ResidualRow(
    String target,
    String fold,
    double observed,
    double fitted,
    double heldOutResidual,
    double leverage,
    double weight) {}

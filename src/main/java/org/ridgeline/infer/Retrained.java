package org.ridgeline.infer;

import org.ridgeline.linalg.Vec;

/**
 * What a model trained anew would do on rows of B, each held out from its training and from the
 * choice of its lambda.
 *
 * @param mse its mean squared error
 * @param gain by how much the error of the old model on the same rows is larger, fold by fold
 * @param lambdas chosen without each fold, sum convention
 */
public record Retrained(FoldMean mse, FoldMean gain, Vec lambdas) {}

/**
 * Choosing lambda: the grid, the splits and their held-out errors, the criteria and the rule that
 * chooses; and with a feature map, choosing its width and length scale in the same way.
 *
 * <p>Notation: k folds, L lambdas, {@code fold_f(lambda)} the weighted mean squared error of
 * held-out fold f, {@code cv_mse} their mean, {@code cv_se} their standard deviation (divisor k -
 * 1) over {@code sqrt k}.
 *
 * <pre>{@code
 * TuningSpec spec = new TuningSpec(RidgeSpec.standard(), LambdaRequest.automatic(), Rule.CV_MIN);
 * FoldExecutor executor = FoldExecutor.inParallel(2);
 * TuningResult tuned = Tuning.run(moments, Splits.kFold(5), spec, executor);
 * double lambda = tuned.target(0).lambda();
 * }</pre>
 */
package org.ridgeline.select;

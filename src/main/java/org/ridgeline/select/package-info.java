/**
 * Choosing lambda: the grid, the errors of the folds, the criteria and the rule that chooses; and
 * with a feature map, choosing its width and length scale in the same way.
 *
 * <p>Notation: k folds, L lambdas, {@code fold_f(lambda)} the weighted mean squared error of
 * held-out fold f, {@code cv_mse} their mean, {@code cv_se} their standard deviation (divisor k -
 * 1) over {@code sqrt k}.
 *
 * <pre>{@code
 * TuningSpec spec = TuningSpec.of(RidgeSpec.standard(), LambdaRequest.automatic(), Rule.CV_MIN);
 * TuningResult tuned = Tuning.run(moments, spec, FoldExecutor.inParallel(2));
 * Selection selection = tuned.target(0).selection();
 * double lambda = selection.lambda();
 * }</pre>
 */
package org.ridgeline.select;

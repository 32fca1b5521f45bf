/**
 * Ridge regression and random features as stages of Spark ML pipelines: thin adapters over the same
 * core as the command line, which read the rows as often and give the same numbers.
 *
 * <p>Notation: d features, m targets, D mapped features, k folds, W the sum of weights; lambda is
 * in the sum convention, {@code regParam} in that of Spark's {@code LinearRegression}.
 *
 * <pre>{@code
 * RidgeRegressionCV ridge = new RidgeRegressionCV().setLabelCol("price").setNumFolds(10);
 * Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {assembler, ridge});
 * PipelineModel model = pipeline.fit(rows);                    // reads the rows once
 * RidgeRegressionModel fitted = (RidgeRegressionModel) model.stages()[1];
 * fitted.summary().path().show();
 * }</pre>
 */
package org.ridgeline.ml;

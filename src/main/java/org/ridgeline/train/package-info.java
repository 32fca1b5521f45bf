/**
 * Training as one Java call: read, sum, solve, choose, refine, estimate errors. The commands and
 * the Spark ML stages are its callers.
 *
 * <p>Notation: a {@code Spec} says what to do, already checked; a {@code Journal} keeps times,
 * warnings and progress.
 *
 * <pre>{@code
 * TrainSpec spec = TrainSpec.tune("price");
 * TrainingResult result = Trainer.of(spec).train(rows);
 * double lambda = result.target(0).lambda();
 * Dataset<Row> scored = result.predict(newRows);
 * }</pre>
 */
package org.ridgeline.train;

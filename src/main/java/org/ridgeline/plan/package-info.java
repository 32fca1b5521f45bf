/**
 * Bytes, passes and seconds of a run from its size alone. Nothing is read, and no session is
 * needed.
 *
 * <p>Notation: a run has n rows, d inputs, m targets, k folds; p = d + m, or D + m with a feature
 * map of D outputs.
 *
 * <pre>{@code
 * Workload work = new Workload(OptionalLong.of(1_000_000), 100, 1, 5, 100, 8);
 * RunPlan plan = Planner.plan(work, Machine.driver(), 1);
 * Planner.require(plan);
 * }</pre>
 */
package org.ridgeline.plan;

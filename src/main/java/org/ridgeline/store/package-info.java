/**
 * Run directories and stored moments on the file systems that Hadoop knows. Knows Hadoop, not
 * Spark.
 *
 * <p>Notation: a run DIR is made in its hidden <em>sibling</em> and committed from there.
 *
 * <pre>{@code
 * RunDirectory run = RunDirectory.open("runs/today", RunIfExists.FAIL, hadoop, clock);
 * run.write("report.json", bytes);
 * run.commit(0, Optional.empty());
 * }</pre>
 */
package org.ridgeline.store;

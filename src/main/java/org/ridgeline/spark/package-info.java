/**
 * Everything that touches Spark: rows become blocks, blocks become folded moments, and what comes
 * back is handed to the pure packages. Also the native libraries of every JVM of an application,
 * see {@link org.ridgeline.natives.NativeLibraries}.
 *
 * <p>The data side reads like this; the moments of every fold come back from one Spark job:
 *
 * <pre>{@code
 * PassMeter meter = PassMeter.on(session);
 * Dataset<Row> rows = DataSource.read(session, ReadSpec.of("diamonds.csv"), meter);
 * ColumnRoles columns = ColumnRoles.of("log_price").withFolds(FoldRule.hashed(5, 0));
 * Design design = Designs.of(rows, columns, meter);
 * FoldedMoments folds = MomentsJob.of(design, OnInvalid.ERROR).run(rows, meter).moments();
 * }</pre>
 *
 * <pre>{@code
 * NativeState blas = NativeLibraries.install(); // RidgelinePlugin does this on driver and executors
 * if (blas.kind() != NativeState.Kind.LOADED) {
 *   System.err.println(blas.detail());
 * }
 * }</pre>
 */
package org.ridgeline.spark;

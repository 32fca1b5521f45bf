/**
 * Everything that touches Spark: rows become blocks, blocks become folded moments, and what comes
 * back is handed to the pure packages. Also the native libraries of every JVM of an application,
 * see {@link org.ridgeline.spark.NativeLibraries}.
 *
 * <pre>{@code
 * NativeState blas = NativeLibraries.install(); // RidgelinePlugin does this on driver and executors
 * if (blas.kind() != NativeState.Kind.LOADED) {
 *   System.err.println(blas.detail());
 * }
 * }</pre>
 */
package org.ridgeline.spark;

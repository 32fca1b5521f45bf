/**
 * The native BLAS and LAPACK of the application jar: unpacking, loading, and a report of what runs
 * in this JVM and how fast.
 *
 * <p>Notation: flops of a rank-m update of order p count {@code p^2 m}.
 *
 * <pre>{@code
 * NativeState state = NativeLibraries.install(); // before the first call of BLAS
 * BlasProbe probe = BlasProbe.run("driver");
 * double gigaflops = probe.syrkGigaflops();
 * }</pre>
 */
package org.ridgeline.natives;

/**
 * Ridge regression from moments: penalty, intercept, standardization, and the solution for every
 * lambda.
 *
 * <p>One objective throughout, in the sum convention: {@code sum_i w_i (y_i - a - x_i'b)^2 + lambda
 * sum_j (s_j b_j)^2}, the intercept a never penalized, s_j the scale of column j. In standardized
 * columns {@code z = (x - mean) / s} it reads {@code (G + lambda I) b_z = c} with {@code G = Z'WZ}
 * and {@code c = Z'Wy}. Other notation: d inputs, m targets, e_j eigenvalues of G, V its
 * eigenvectors, {@code u = V'c}, {@code q = y'Wy} centered, RSS weighted residual sum of squares.
 *
 * <pre>{@code
 * RidgeProblem problem = RidgeProblem.of(moments, RidgeSpec.standard());
 * RidgeSystem system = SolverTable.pathSolver(problem, 3, 0.1);
 * RidgePath path = system.paths(List.of(Vec.of(0.1, 1, 10))).get(0);
 * double slope = path.coefficients().matrix().get(0, 2);   // first input, lambda = 10
 * }</pre>
 */
package org.ridgeline.ridge;

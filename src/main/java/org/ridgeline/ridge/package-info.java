/**
 * Ridge regression from moments: penalty, intercept, standardisation, and the solution for every
 * lambda.
 *
 * <p>One objective throughout, in the sum convention: {@code sum_i w_i (y_i - a - x_i'b)^2 + lambda
 * sum_j (s_j b_j)^2}, the intercept a never penalised, s_j the scale of column j. In standardised
 * columns {@code z = (x - mean) / s} it reads {@code (G + lambda I) b_z = c} with {@code G = Z'WZ}
 * and {@code c = Z'Wy}. Other notation: d inputs, m targets, e_j eigenvalues of G, V its
 * eigenvectors, {@code u = V'c}, {@code q = y'Wy} centred, RSS weighted residual sum of squares.
 *
 * <pre>{@code
 * RidgeProblem problem = RidgeProblem.of(moments, RidgeSpec.standard());
 * RidgeSystem system = SolverTable.solver(problem, SolverKind.AUTO, 3);
 * RidgePath path = system.paths(List.of(Vec.of(0.1, 1, 10))).get(0);
 * double slope = path.coefficients().matrix().get(0, 2);   // first input, lambda = 10
 * }</pre>
 */
package org.ridgeline.ridge;

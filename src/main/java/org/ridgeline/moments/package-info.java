/**
 * The moments of {@code [X | Y]}: count, weight, means and centered scatter matrix. They are all
 * that ridge regression needs to know of the rows, and they merge.
 *
 * <p>Notation: d inputs and m targets stand side by side in {@code p = d + m} columns; w weight, W
 * sum of weights, {@code S = sum_i w_i (v_i - mean)(v_i - mean)'} the scatter of the rows v.
 *
 * <pre>{@code
 * RowBlock block = new RowBlock(256, 3);                    // two inputs, one target
 * block.append(new double[] {1, 2, 3}, 1.0);
 * MomentsAccumulator sum = new MomentsAccumulator(2, 1);
 * sum.addInPlace(block);
 * Moments moments = sum.snapshot();
 * }</pre>
 */
package org.ridgeline.moments;

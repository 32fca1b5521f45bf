/**
 * The values that travel with moments and models: which columns the numbers of a row were, how rows
 * were dealt into folds, which feature maps were applied.
 *
 * <p>Notation: d features are made of <em>input columns</em>; a column gives one feature, or
 * several when it is an array, a vector or a category.
 *
 * <pre>{@code
 * MomentsSet both = new MomentsPair("merge", "mon", monday, "tue", tuesday).plus();
 * MomentsSet other = StoredColumns.choose(both, List.of("visits"), List.of("!price*"));
 * }</pre>
 */
package org.ridgeline.dataset;

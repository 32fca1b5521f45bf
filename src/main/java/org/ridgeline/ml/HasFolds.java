package org.ridgeline.ml;

import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;

/**
 * How rows are dealt into folds.
 *
 * @param <S> the stage
 */
public interface HasFolds<S> extends HasFurtherPasses<S> {
  /** k, the number of folds, at least 2; without meaning when {@link #foldCol} is set. */
  default IntParam numFolds() {
    return new IntParam(this, "numFolds", "the number of folds (>= 2)", ParamValidators.gtEq(2));
  }

  /** The value of {@link #numFolds}, by default 5. */
  default int getNumFolds() {
    return (int) getOrDefault(numFolds());
  }

  /** Sets {@link #numFolds}. */
  default S setNumFolds(int value) {
    set(numFolds(), value);
    return self();
  }

  /** Returns a column whose distinct values, ascending, are the folds. */
  default Param<String> foldCol() {
    return new Param<>(this, "foldCol", "the column whose distinct values are the folds");
  }

  /** The value of {@link #foldCol}; empty when it is not set. */
  default String getFoldCol() {
    return isDefined(foldCol()) ? getOrDefault(foldCol()) : "";
  }

  /** Sets {@link #foldCol}. */
  default S setFoldCol(String value) {
    set(foldCol(), value);
    return self();
  }

  /** Returns a column of ids or groups: rows of one value share a fold, by a hash of it. */
  default Param<String> groupCol() {
    return new Param<>(this, "groupCol", "the column whose equal values share a fold");
  }

  /** The value of {@link #groupCol}; empty when it is not set. */
  default String getGroupCol() {
    return isDefined(groupCol()) ? getOrDefault(groupCol()) : "";
  }

  /** Sets {@link #groupCol}. */
  default S setGroupCol(String value) {
    set(groupCol(), value);
    return self();
  }

  /** Returns the key of the hash that deals rows into folds. */
  default LongParam seed() {
    return new LongParam(this, "seed", "the key of the hash that deals rows into folds");
  }

  /** The value of {@link #seed}, by default 0. */
  default long getSeed() {
    return (long) getOrDefault(seed());
  }

  /** Sets {@link #seed}. */
  default S setSeed(long value) {
    set(seed(), value);
    return self();
  }
}

package org.ridgeline.ml;

import org.apache.spark.ml.param.BooleanParam;
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

  /**
   * Returns how folds validate: {@code kfold}, {@code forward}, {@code purged}, {@code repeated}.
   */
  default Param<String> cv() {
    return new Param<>(
        this,
        "cv",
        "how folds validate: kfold, forward (blocks of foldCol in order, those before train), purged"
            + " (without neighbors) or repeated (fine folds dealt several times)");
  }

  /** The value of {@link #cv}, by default {@code kfold}. */
  default String getCv() {
    return getOrDefault(cv());
  }

  /** Sets {@link #cv}. */
  default S setCv(String value) {
    set(cv(), value);
    return self();
  }

  /**
   * Returns how many blocks are left out: {@code forward}, before the one scored; {@code purged},
   * on either side.
   */
  default IntParam gap() {
    return new IntParam(
        this,
        "gap",
        "blocks left out before the one scored (forward) or on either side (purged), >= 0",
        ParamValidators.gtEq(0));
  }

  /** The value of {@link #gap}, by default 0, with {@code purged} 1. */
  default int getGap() {
    return isDefined(gap()) ? (int) getOrDefault(gap()) : "purged".equals(getCv()) ? 1 : 0;
  }

  /** Sets {@link #gap}. */
  default S setGap(int value) {
    set(gap(), value);
    return self();
  }

  /** Returns how many blocks train with {@code forward}; 0: all before. */
  default IntParam window() {
    return new IntParam(
        this, "window", "blocks that train with forward; 0: all before", ParamValidators.gtEq(0));
  }

  /** The value of {@link #window}, by default 0. */
  default int getWindow() {
    return (int) getOrDefault(window());
  }

  /** Sets {@link #window}. */
  default S setWindow(int value) {
    set(window(), value);
    return self();
  }

  /** Returns how often {@code repeated} deals the fine folds. */
  default IntParam repeats() {
    return new IntParam(
        this, "repeats", "how often repeated deals the folds (>= 1)", ParamValidators.gtEq(1));
  }

  /** The value of {@link #repeats}, by default 10. */
  default int getRepeats() {
    return (int) getOrDefault(repeats());
  }

  /** Sets {@link #repeats}. */
  default S setRepeats(int value) {
    set(repeats(), value);
    return self();
  }

  /** Returns whether the error of the tuned model is measured, too. */
  default BooleanParam nested() {
    return new BooleanParam(
        this,
        "nested",
        "whether to measure the error of the tuned model, lambda chosen without the rows scored");
  }

  /** The value of {@link #nested}, by default false. */
  default boolean getNested() {
    return (boolean) getOrDefault(nested());
  }

  /** Sets {@link #nested}. */
  default S setNested(boolean value) {
    set(nested(), value);
    return self();
  }
}

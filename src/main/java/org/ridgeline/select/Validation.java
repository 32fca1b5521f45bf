package org.ridgeline.select;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.ridgeline.base.Check;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.Moments;

/**
 * How errors on rows held out are measured.
 *
 * @param rule which blocks train and which are held out
 * @param tuned whether the error of the tuned model is measured as well, lambda chosen anew without
 *     the rows of every split
 */
public record Validation(SplitRule rule, Tuned tuned) {
  /** What is measured. */
  public enum Tuned {
    /** The errors of every lambda, of which the smallest is a little too small. */
    NO,
    /** The error of the choice among them, too: nested validation. */
    YES
  }

  /** Returns k-fold cross-validation. */
  public static Validation kFold() {
    return new Validation(new SplitRule.KFold(), Tuned.NO);
  }

  /** Returns this with the error of the tuned model. */
  public Validation nested() {
    return new Validation(rule, Tuned.YES);
  }

  /** Whether the error of the tuned model is measured. */
  public boolean isNested() {
    return tuned == Tuned.YES;
  }

  /** Whether this is k-fold cross-validation, each fold held out once. */
  public boolean isKFold() {
    return rule.kind() == SplitRule.Kind.KFOLD;
  }

  /** Returns how many splits are solved with so many blocks, at most. */
  public int solves(int blocks) {
    int k = rule instanceof SplitRule.Repeated repeated ? repeated.folds() : blocks;
    long rounds = rule instanceof SplitRule.Repeated repeated ? repeated.repeats() : 1;
    boolean pairs = isNested() && rule.kind() != SplitRule.Kind.FORWARD;
    long all = rounds * (k + (pairs ? k * (k - 1L) / 2 : 0));
    return (int) Math.min(Integer.MAX_VALUE, all);
  }

  /** Returns the blocks as folds: fine ones in the groups of their first round. */
  public FoldedMoments folds(FoldedMoments blocks) {
    if (!(rule instanceof SplitRule.Repeated repeated)) {
      return blocks;
    }
    Splits splits = splits(blocks);
    List<String> labels = new ArrayList<>();
    List<Moments> folds = new ArrayList<>();
    for (int f = 0; f < repeated.folds(); f++) {
      labels.add(Integer.toString(f));
      folds.add(blocks.merged(splits.get(f).heldOut()));
    }
    return FoldedMoments.of(labels, folds);
  }

  /** Returns the splits of these blocks: none where there is only one. */
  public Splits splits(FoldedMoments blocks) {
    boolean one = blocks.folds() == 1;
    Check.that(
        !one || (isKFold() && !isNested()),
        "Cannot validate: there is one block of rows, which leaves none to train on");
    if (rule instanceof SplitRule.Repeated repeated) { // fine blocks of few rows may be empty
      return repeated.splits(
          IntStream.range(0, blocks.folds()).filter(b -> blocks.fold(b).weightSum() > 0).toArray());
    }
    return one ? Splits.none() : rule.splits(blocks.folds());
  }
}

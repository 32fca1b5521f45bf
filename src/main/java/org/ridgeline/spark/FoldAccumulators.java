package org.ridgeline.spark;

import java.util.ArrayList;
import java.util.List;
import org.ridgeline.moments.Moments;
import org.ridgeline.moments.MomentsAccumulator;
import org.ridgeline.moments.RowBlock;

/** The moments of every fold of the rows that one task sees. */
final class FoldAccumulators {
  private final int inputs;
  private final int targets;
  private final int most;
  private final List<RowBlock> blocks = new ArrayList<>();
  private final List<MomentsAccumulator> sums = new ArrayList<>();
  private final boolean factored;
  private boolean overflown;

  /** Creates accumulators for up to {@code most} folds, made when their first row comes. */
  FoldAccumulators(int inputs, int targets, int most) {
    this(inputs, targets, most, false);
  }

  private FoldAccumulators(int inputs, int targets, int most, boolean factored) {
    this.factored = factored;
    this.inputs = inputs;
    this.targets = targets;
    this.most = most;
  }

  /** Accumulators that keep the triangular factors of the rows, too. */
  static FoldAccumulators withFactors(int inputs, int targets, int most) {
    return new FoldAccumulators(inputs, targets, most, true);
  }

  /** Adds the rows of {@code chunk}. */
  void add(RowChunk chunk) {
    int p = chunk.width();
    for (int r = 0; r < chunk.rows(); r++) {
      int fold = chunk.fold(r);
      if (fold >= blocks.size()) {
        grow(fold, p);
      }
      if (fold < most) {
        RowBlock block = blocks.get(fold);
        block.append(chunk.values(), r * p, chunk.weight(r));
        if (block.isFull()) {
          sums.get(fold).addInPlace(block);
        }
      }
    }
  }

  private void grow(int fold, int p) {
    overflown |= fold >= most;
    while (blocks.size() <= fold && blocks.size() < most) {
      blocks.add(new RowBlock(RowBlock.rowsFor(p), p));
      sums.add(
          factored
              ? MomentsAccumulator.withFactor(inputs, targets)
              : new MomentsAccumulator(inputs, targets));
    }
  }

  /** Whether rows came for more folds than there is room for; these rows are not in the sums. */
  boolean isOverflown() {
    return overflown;
  }

  /** The number of folds. */
  int size() {
    return blocks.size();
  }

  /** The moments of fold {@code f}; its accumulator is given up. */
  Moments take(int f) {
    MomentsAccumulator sum = sums.get(f);
    sum.addInPlace(blocks.get(f));
    sums.set(f, null);
    blocks.set(f, null);
    return sum.snapshot();
  }
}

package org.ridgeline.spark;

import java.util.ArrayList;
import java.util.List;
import org.ridgeline.moments.Moments;
import org.ridgeline.moments.RowBlock;
import org.ridgeline.moments.RowSums;

/** The moments of every fold of the rows that one task sees, under each feature map. */
final class FoldAccumulators {
  private final Summands summands;
  private final BlockAdder adder;
  private final int most;
  private final List<RowBlock> blocks = new ArrayList<>();
  private final List<List<RowSums>> sums = new ArrayList<>();
  private boolean overflown;

  /** Creates accumulators for up to {@code most} folds, made when their first row comes. */
  FoldAccumulators(Summands summands, int most) {
    this.summands = summands;
    this.adder = summands.newAdder();
    this.most = most;
  }

  /** Adds the rows of {@code chunk}. */
  void add(RowChunk chunk) {
    for (int r = 0; r < chunk.rows(); r++) {
      int fold = chunk.fold(r);
      if (fold >= blocks.size()) {
        grow(fold);
      }
      if (fold < most) {
        RowBlock block = blocks.get(fold);
        chunk.appendTo(block, r);
        if (block.isFull()) {
          adder.addInPlace(block, sums.get(fold));
        }
      }
    }
  }

  private void grow(int fold) {
    overflown |= fold >= most;
    while (blocks.size() <= fold && blocks.size() < most) {
      blocks.add(summands.newBlock());
      sums.add(adder.newSums());
    }
  }

  /** Adds the rows that wait for a block to fill. */
  void flush() {
    for (int f = 0; f < blocks.size(); f++) {
      adder.addInPlace(blocks.get(f), sums.get(f));
    }
  }

  /** Whether rows came for more folds than there is room for; these rows are not in the sums. */
  boolean isOverflown() {
    return overflown;
  }

  /** How many values of map inputs were clipped. */
  long clipped() {
    return adder.clipped();
  }

  /** The number of folds. */
  int folds() {
    return sums.size();
  }

  /** The number of sums of each fold. */
  int sums() {
    return sums.isEmpty() ? 0 : sums.get(0).size();
  }

  /** The moments of fold {@code f} under map {@code i}; the accumulator is given up. */
  Moments take(int f, int i) {
    return sums.get(f).set(i, null).snapshot();
  }
}

package org.ridgeline.select;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.ridgeline.base.Check;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.Moments;

/**
 * Which blocks of rows train and which are held out; blocks of neither kind are left out.
 *
 * <p>The training moments are a merge, never a subtraction: of the blocks before the first one held
 * out in ascending order, of the later ones in descending order, then of both. So they do not
 * depend on where they are computed, nor on what is shared with other splits.
 */
public final class Split implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int[] training; // ascending
  private final int[] heldOut; // ascending

  private Split(int[] training, int[] heldOut) {
    this.training = training;
    this.heldOut = heldOut;
  }

  /**
   * Returns a split.
   *
   * @param training the numbers of the blocks that train, in any order
   * @param heldOut the numbers of the blocks that are held out, in any order
   * @throws IllegalArgumentException when either is empty, or a number is negative or occurs twice
   */
  public static Split of(int[] training, int[] heldOut) {
    Check.that(
        training.length > 0 && heldOut.length > 0,
        "Cannot split blocks: %d train and %d are held out, both need at least 1",
        training.length,
        heldOut.length);
    int[] all = IntStream.concat(IntStream.of(training), IntStream.of(heldOut)).sorted().toArray();
    Check.that(all[0] >= 0, "Cannot split blocks: there is no block %d", all[0]);
    for (int i = 1; i < all.length; i++) {
      Check.that(all[i] > all[i - 1], "Cannot split blocks: block %d occurs twice", all[i]);
    }
    return new Split(
        IntStream.of(training).sorted().toArray(), IntStream.of(heldOut).sorted().toArray());
  }

  /** Returns the numbers of the blocks that train, ascending. */
  public int[] training() {
    return training.clone();
  }

  /** Returns the numbers of the blocks that are held out, ascending. */
  public int[] heldOut() {
    return heldOut.clone();
  }

  /** Returns the moments of the rows that train. */
  public Moments training(FoldedMoments blocks) {
    Moments moments = blocks.merged(before());
    moments.merge(blocks.merged(after()));
    return moments;
  }

  /** Returns the moments of the rows that are held out: shared, not to be merged into. */
  public Moments heldOut(FoldedMoments blocks) {
    return heldOut.length == 1 ? blocks.fold(heldOut[0]) : blocks.merged(heldOut);
  }

  /** The blocks that train before the first one held out, in the order in which they merge. */
  int[] before() {
    return Arrays.stream(training).filter(b -> b < heldOut[0]).toArray();
  }

  /** The other blocks that train, in the order in which they merge. */
  int[] after() {
    int[] later = Arrays.stream(training).filter(b -> b > heldOut[0]).toArray();
    int last = later.length - 1;
    return IntStream.rangeClosed(0, last).map(i -> later[last - i]).toArray();
  }

  /** The highest number of a block. */
  int last() {
    return Math.max(training[training.length - 1], heldOut[heldOut.length - 1]);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Split split
        && Arrays.equals(training, split.training)
        && Arrays.equals(heldOut, split.heldOut);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(training) + Arrays.hashCode(heldOut);
  }

  @Override
  public String toString() {
    return Arrays.toString(training) + " train, " + Arrays.toString(heldOut) + " held out";
  }
}

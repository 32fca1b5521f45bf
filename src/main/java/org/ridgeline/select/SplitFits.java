package org.ridgeline.select;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ridgeline.linalg.Vec;

/**
 * The models and errors of every split.
 *
 * @param splits the splits
 * @param fits one fit for each
 */
public record SplitFits(Splits splits, List<FoldFit> fits) {
  private static final SplitFits NONE = new SplitFits(Splits.none(), List.of());

  /** Copies the list. */
  public SplitFits {
    fits = List.copyOf(fits);
  }

  /** Returns those of no splits. */
  public static SplitFits none() {
    return NONE;
  }

  /** Whether nothing was held out. */
  public boolean isEmpty() {
    return fits.isEmpty();
  }

  /** Returns the position of the first split that holds a block out, if one does. */
  public Optional<Integer> of(int block) {
    return IntStream.range(0, fits.size())
        .filter(i -> IntStream.of(splits.get(i).heldOut()).anyMatch(b -> b == block))
        .boxed()
        .findFirst();
  }

  /** Returns the first fit without a block, if one holds it out. */
  public Optional<FoldFit> without(int block) {
    return of(block).map(fits::get);
  }

  /**
   * Gathers the scores of target {@code t}.
   *
   * @param blocks how many blocks there are
   */
  public FoldScores scores(int t, int blocks) {
    Tally tally = new Tally(blocks);
    for (int i = 0; i < fits.size(); i++) {
      tally.add(t, i, new int[0]);
    }
    return tally.scores();
  }

  /**
   * Gathers the scores of target {@code t} in some splits, on blocks other than these.
   *
   * @return empty where fewer than two blocks are scored
   */
  Optional<FoldScores> scores(int t, int blocks, List<Integer> some, int[] except) {
    Tally tally = new Tally(blocks);
    some.forEach(i -> tally.add(t, i, except));
    return tally.scored() >= 2 ? Optional.of(tally.scores()) : Optional.empty();
  }

  /** Sums of what several splits say of a block. */
  private final class Tally {
    private final double[] weights;
    private final List<Vec> sums;

    Tally(int blocks) {
      weights = new double[blocks];
      Vec none = fits.get(0).sumSquares(0, 0).map(s -> 0);
      sums = new ArrayList<>(Collections.nCopies(blocks, none));
    }

    void add(int t, int i, int[] except) {
      int[] heldOut = splits.get(i).heldOut();
      for (int at = 0; at < heldOut.length; at++) {
        int block = heldOut[at];
        if (IntStream.of(except).noneMatch(b -> b == block)) {
          double[] sum = sums.get(block).toArray();
          Vec squares = fits.get(i).sumSquares(t, at);
          Arrays.setAll(sum, l -> sum[l] + squares.get(l));
          sums.set(block, Vec.owning(sum));
          weights[block] += fits.get(i).weight(at);
        }
      }
    }

    int scored() {
      return (int) Arrays.stream(weights).filter(w -> w > 0).count();
    }

    FoldScores scores() {
      return FoldScores.of(sums, weights);
    }
  }
}

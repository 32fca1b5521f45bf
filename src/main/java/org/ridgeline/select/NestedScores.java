package org.ridgeline.select;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;

/**
 * The errors of the tuned model of one target: in every split, those of the lambda that the other
 * rows alone choose.
 *
 * @param choices one for each split; empty where too little is left to choose by
 * @param blocks how many blocks there are
 */
public record NestedScores(List<Optional<Choice>> choices, int blocks) {
  /** Copies the list. */
  public NestedScores {
    choices = List.copyOf(choices);
  }

  /**
   * What one split chose.
   *
   * @param lambda the chosen lambda
   * @param inner the smallest mean error on the rows that chose it
   * @param heldOut the blocks that the split holds out
   * @param sumSquares of each of them, the weighted sum of squared errors
   * @param weights of each of them, the sum of weights
   */
  public record Choice(
      double lambda, double inner, List<Integer> heldOut, Vec sumSquares, Vec weights) {
    /** Copies the list. */
    public Choice {
      heldOut = List.copyOf(heldOut);
    }
  }

  /**
   * Chooses in every split.
   *
   * @param outer the fits of the splits
   * @param inner the fits of the splits that choose
   * @param ofSplit for each split, the positions of those that choose for it
   * @param tuned the target: its rule chooses among the lambdas that it shows
   */
  static NestedScores of(
      SplitFits outer, SplitFits inner, List<List<Integer>> ofSplit, int t, TargetTuning tuned) {
    int blocks = tuned.scores().orElseThrow().folds();
    List<Optional<Choice>> choices = new ArrayList<>();
    for (int s = 0; s < ofSplit.size(); s++) {
      int[] heldOut = outer.splits().get(s).heldOut();
      FoldFit fit = outer.fits().get(s);
      choices.add(
          inner
              .scores(t, blocks, ofSplit.get(s), heldOut)
              .flatMap(scores -> choice(scores, tuned, fit, t, heldOut)));
    }
    return new NestedScores(choices, blocks);
  }

  private static Optional<Choice> choice(
      FoldScores inner, TargetTuning tuned, FoldFit fit, int t, int[] heldOut) {
    Selection selection =
        Selector.within(tuned.selection().rule(), Optional.of(inner), Vec.of(), tuned.grid());
    OptionalInt minimum = selection.minimum();
    if (minimum.isEmpty()) {
      return Optional.empty();
    }
    int l = selection.chosen();
    double[] squares = new double[heldOut.length];
    double[] weights = new double[heldOut.length];
    List<Integer> blocks = new ArrayList<>();
    for (int i = 0; i < heldOut.length; i++) {
      squares[i] = fit.sumSquares(t, i).get(l);
      weights[i] = fit.weight(i);
      blocks.add(heldOut[i]);
    }
    return Optional.of(
        new Choice(
            tuned.grid().lambdas().get(l),
            inner.mean(minimum.getAsInt()),
            blocks,
            Vec.owning(squares),
            Vec.owning(weights)));
  }

  /** Returns, for every split, the choice of the smaller inner error: of this among equal ones. */
  NestedScores or(NestedScores other) {
    List<Optional<Choice>> better = new ArrayList<>();
    for (int s = 0; s < choices.size(); s++) {
      Optional<Choice> mine = choices.get(s);
      Optional<Choice> others = other.choices.get(s);
      boolean loses =
          mine.isEmpty() || (others.isPresent() && others.get().inner() < mine.get().inner());
      better.add(loses ? others : mine);
    }
    return new NestedScores(better, blocks);
  }

  /**
   * Returns the errors as the scores of a grid of one lambda.
   *
   * @return empty where fewer than two blocks have one
   */
  public Optional<FoldScores> scores() {
    double[] sums = new double[blocks];
    double[] weights = new double[blocks];
    int scored = 0;
    for (Optional<Choice> choice : choices) {
      for (int i = 0; choice.isPresent() && i < choice.get().heldOut().size(); i++) {
        int block = choice.get().heldOut().get(i);
        scored += weights[block] == 0 && choice.get().weights().get(i) > 0 ? 1 : 0;
        sums[block] += choice.get().sumSquares().get(i);
        weights[block] += choice.get().weights().get(i);
      }
    }
    return scored < 2
        ? Optional.empty()
        : Optional.of(new FoldScores(Matrix.owning(1, blocks, sums), Vec.owning(weights)));
  }
}

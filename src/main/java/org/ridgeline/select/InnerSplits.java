package org.ridgeline.select;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The splits by which lambda is chosen without the rows that a split holds out, for every split of
 * a rule: nested validation (Stone 1974; Varma, Simon 2006).
 *
 * @param splits what is solved; empty: the splits of the rule themselves serve
 * @param ofSplit for each split of the rule, the positions of those that choose lambda for it. Of
 *     what they hold out, the blocks that the split itself holds out do not count
 */
public record InnerSplits(Splits splits, List<List<Integer>> ofSplit) {
  /** Copies the list. */
  public InnerSplits {
    ofSplit = ofSplit.stream().map(List::copyOf).toList();
  }

  /**
   * Pairs: what trains in two splits trains, what either holds out is held out. One pair serves
   * both: k (k - 1) / 2 of them for k folds.
   *
   * @param k only splits among k consecutive ones, which are one round of folds, make pairs
   */
  static InnerSplits pairs(Splits splits, int k) {
    List<Split> pairs = new ArrayList<>();
    List<List<Integer>> ofSplit = new ArrayList<>();
    splits.forEach(split -> ofSplit.add(new ArrayList<>()));
    for (int i = 0; i < splits.size(); i++) {
      int round = i / k;
      for (int j = i + 1; j < Math.min(splits.size(), (round + 1) * k); j++) {
        if (splits.get(i).isPair(splits.get(j))) {
          ofSplit.get(i).add(pairs.size());
          ofSplit.get(j).add(pairs.size());
          pairs.add(splits.get(i).and(splits.get(j)));
        }
      }
    }
    return new InnerSplits(Splits.of(pairs), ofSplit);
  }

  /**
   * Forward: the splits that hold out what is known when the block held out is to be predicted,
   * which have been solved.
   *
   * @param gap how many blocks just before it are not known
   */
  static InnerSplits earlier(Splits splits, int gap) {
    List<List<Integer>> ofSplit = new ArrayList<>();
    for (Split split : splits) {
      int known = split.heldOut()[0] - gap;
      ofSplit.add(
          IntStream.range(0, splits.size())
              .filter(i -> splits.get(i).heldOut()[0] < known)
              .boxed()
              .toList());
    }
    return new InnerSplits(Splits.none(), ofSplit);
  }
}

package org.ridgeline.infer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.Moments;
import org.ridgeline.ridge.RidgeSpec;

/**
 * Two sets of rows of the same columns, A and B, and what least squares makes of each, of their
 * folds and of both together. Cost: {@code 2 k + 1} fits of each, {@code d^3} flops a fit.
 */
public final class TwoSamples {
  private final Moments totalA;
  private final Moments totalB;
  private final FoldFits a;
  private final FoldFits b;
  private final Finding<LeastSquares> both;

  private TwoSamples(FoldedMoments inA, FoldedMoments inB, RidgeSpec model) {
    this.totalA = inA.total();
    this.totalB = inB.total();
    this.a = FoldFits.of("A", inA, model);
    this.b = FoldFits.of("B", inB, model);
    Moments rows = totalA.copy();
    rows.merge(totalB);
    this.both = LeastSquares.of("A and B together", rows, model);
  }

  /**
   * Fits to each and to both.
   *
   * @param a the moments of A, in folds that have weight
   * @param b those of B
   * @param model whose intercept and meaning of weights the fits have; its penalty has no part
   */
  public static TwoSamples of(FoldedMoments a, FoldedMoments b, RidgeSpec model) {
    List<String> labels = new ArrayList<>();
    List<Moments> folds = new ArrayList<>();
    for (FoldedMoments set : List.of(a, b)) {
      for (int f = 0; f < set.folds(); f++) {
        labels.add(set.label(f));
        folds.add(set.fold(f));
      }
    }
    FoldedMoments aligned = FoldedMoments.of(labels, folds); // in the same units
    return new TwoSamples(
        part(aligned, 0, a.folds()), part(aligned, a.folds(), aligned.folds()), model);
  }

  private static FoldedMoments part(FoldedMoments all, int from, int to) {
    return FoldedMoments.of(
        IntStream.range(from, to).mapToObj(all::label).toList(),
        IntStream.range(from, to).mapToObj(all::fold).toList());
  }

  /** The moments of A. */
  Moments totalA() {
    return totalA;
  }

  /** The moments of B, in the same units. */
  Moments totalB() {
    return totalB;
  }

  /** The fits to A. */
  FoldFits a() {
    return a;
  }

  /** The fits to B. */
  FoldFits b() {
    return b;
  }

  /** The fit to the rows of both. */
  Finding<LeastSquares> both() {
    return both;
  }
}

package org.ridgeline.select;

import org.ridgeline.base.Check;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.LambdaRange;

/**
 * The lambdas of one target, with spare ones at both ends of an automatic grid.
 *
 * <p>An automatic grid has 100 points, equally spaced in log lambda, between which the degrees of
 * freedom fall from nearly their maximum to nearly 0. It carries up to 50 spare points of the same
 * spacing at either end, which are solved in the same go (they cost next to nothing) and shown only
 * when the best lambda would otherwise sit at the edge.
 *
 * @param lambdas all lambdas, spare ones included; ascending when automatic
 * @param from the first that is shown
 * @param to one after the last that is shown
 */
public record LambdaGrid(Vec lambdas, int from, int to) {
  static final int POINTS = 100;
  private static final int SPARE = 50;

  /** The number of spare points that one extension shows. */
  static final int EXTENSION = 10;

  /** Checks the window. */
  public LambdaGrid {
    Check.that(
        0 <= from && from < to && to <= lambdas.size(),
        "Cannot show lambdas %d to %d of %d",
        from,
        to,
        lambdas.size());
  }

  /** A grid that is used exactly as given. */
  public static LambdaGrid given(Vec lambdas) {
    return new LambdaGrid(lambdas, 0, lambdas.size());
  }

  /** The automatic grid for a system with this range. */
  public static LambdaGrid automatic(LambdaRange range) {
    double step = Math.log(range.high() / range.low()) / (POINTS - 1);
    int below = (int) Math.min(SPARE, Math.floor(Math.log(range.low() / range.floor()) / step));
    double[] values = new double[below + POINTS + SPARE];
    for (int i = 0; i < values.length; i++) {
      values[i] = range.low() * Math.exp((i - below) * step);
    }
    values[below + POINTS - 1] = range.high();
    return new LambdaGrid(Vec.owning(values), below, below + POINTS);
  }

  /** Returns the same lambdas showing as many spare points as it takes for {@code best}. */
  LambdaGrid extendedTo(int first, int last) {
    return new LambdaGrid(lambdas, Math.min(from, first), Math.max(to, last));
  }

  /** Returns this grid with one more lambda, shown, on its side of lambda {@code at}. */
  LambdaGrid with(double lambda, int at) {
    if (lambda == lambdas.get(at)) {
      return this;
    }
    boolean ascending =
        at + 1 < lambdas.size()
            ? lambdas.get(at + 1) > lambdas.get(at)
            : at > 0 && lambdas.get(at - 1) < lambdas.get(at);
    int place = lambda > lambdas.get(at) == ascending ? at + 1 : at;
    double[] values = new double[lambdas.size() + 1];
    for (int l = 0; l < values.length; l++) {
      values[l] = l == place ? lambda : lambdas.get(l < place ? l : l - 1);
    }
    return new LambdaGrid(Vec.owning(values), from, to + 1);
  }

  /** Returns the number of lambdas that are shown. */
  public int size() {
    return to - from;
  }

  /**
   * The lambda of the smallest score; among equals the largest lambda; scores of NaN never win, and
   * -1 says that there are no others.
   */
  int best(double[] scores) {
    int best = -1;
    for (int l = from; l < to; l++) {
      if (!Double.isNaN(scores[l])
          && (best < 0
              || scores[l] < scores[best]
              || (scores[l] == scores[best] && lambdas.get(l) > lambdas.get(best)))) {
        best = l;
      }
    }
    return best;
  }
}

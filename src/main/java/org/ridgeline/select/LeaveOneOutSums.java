package org.ridgeline.select;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.RotatedModels;

/** Mergeable sums of squared leave-one-out errors, and the leverages, of all models. */
public final class LeaveOneOutSums implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[] squares;
  private final double[] maxLeverage;
  private final double[] highLeverage;
  private double weightSum;

  /** Creates the sums of no rows. */
  public LeaveOneOutSums(int models) {
    squares = new double[models];
    maxLeverage = new double[models];
    highLeverage = new double[models];
  }

  /**
   * Adds rows; those of weight 0 have no influence and no error.
   *
   * @param values the rows one after the other, each d inputs and m targets
   * @param weights the weight of each row
   */
  public void add(RotatedModels models, double[] values, int rows, IntToDoubleFunction weights) {
    RotatedModels.Scores scores = models.score(values, rows);
    for (int r = 0; r < rows; r++) {
      double weight = weights.applyAsDouble(r);
      weightSum += weight;
      for (int c = 0; c < squares.length && weight > 0; c++) {
        double error = scores.leftOut(c, r, weight);
        double leverage = scores.leverage(c, r, weight);
        squares[c] += weight * error * error;
        maxLeverage[c] = Math.max(maxLeverage[c], leverage);
        boolean isHigh = leverage > 2 * models.hatTrace(c) / models.rows();
        highLeverage[c] += isHigh ? models.rowsOf(weight) : 0;
      }
    }
  }

  /** Adds the sums of later rows. */
  public void merge(LeaveOneOutSums other) {
    weightSum += other.weightSum;
    for (int c = 0; c < squares.length; c++) {
      squares[c] += other.squares[c];
      maxLeverage[c] = Math.max(maxLeverage[c], other.maxLeverage[c]);
      highLeverage[c] += other.highLeverage[c];
    }
  }

  /**
   * The result of each target.
   *
   * @param lambdas one list per target, as the models were made
   */
  public List<LeaveOneOut> results(List<Vec> lambdas) {
    List<LeaveOneOut> results = new ArrayList<>();
    int from = 0;
    for (Vec list : lambdas) {
      int to = from + list.size();
      results.add(
          new LeaveOneOut(
              Vec.of(squares).slice(from, to).map(sum -> sum / weightSum),
              Vec.of(maxLeverage).slice(from, to),
              Vec.of(highLeverage).slice(from, to)));
      from = to;
    }
    return results;
  }
}

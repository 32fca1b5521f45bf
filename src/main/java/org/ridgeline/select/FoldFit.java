package org.ridgeline.select;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.Moments;
import org.ridgeline.ridge.EigenSystem;
import org.ridgeline.ridge.HeldOut;
import org.ridgeline.ridge.NullSpace;
import org.ridgeline.ridge.PathCoefficients;
import org.ridgeline.ridge.RidgeProblem;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.RidgeSystem;
import org.ridgeline.ridge.SolverTable;

/** The models trained on one split, for every target and lambda, and their held-out errors. */
public final class FoldFit implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ArrayList<PathCoefficients> models;
  private final ArrayList<ArrayList<Vec>> sumSquares; // of each target, of each block held out
  private final double[] weights; // of each block held out
  private final int cut;

  private FoldFit(
      ArrayList<PathCoefficients> models,
      ArrayList<ArrayList<Vec>> sumSquares,
      double[] weights,
      int cut) {
    this.models = models;
    this.sumSquares = sumSquares;
    this.weights = weights;
    this.cut = cut;
  }

  /**
   * Fits and scores one split. The columns are standardized anew on the training rows.
   *
   * @param training moments of the rows that train
   * @param heldOut moments of each block that is held out
   * @param spec what to fit
   * @param lambdas one list per target
   */
  public static FoldFit of(
      Moments training, List<Moments> heldOut, RidgeSpec spec, List<Vec> lambdas) {
    RidgeSystem system =
        SolverTable.solver(
            RidgeProblem.of(training, spec), Lambdas.count(lambdas), Lambdas.smallest(lambdas));
    ArrayList<PathCoefficients> models = new ArrayList<>(system.solve(lambdas));
    ArrayList<ArrayList<Vec>> sums = new ArrayList<>();
    models.forEach(target -> sums.add(new ArrayList<>()));
    for (Moments block : heldOut) {
      HeldOut scored = HeldOut.of(spec.intercept(), training, block);
      for (int t = 0; t < models.size(); t++) {
        boolean empty = block.weightSum() == 0;
        sums.get(t).add(empty ? lambdas.get(t).map(l -> 0) : scored.sumSquares(t, models.get(t)));
      }
    }
    double[] weights = heldOut.stream().mapToDouble(Moments::weightSum).toArray();
    int cut =
        system instanceof EigenSystem eigen
            ? eigen.cut(Lambdas.smallest(lambdas)).map(NullSpace::directions).orElse(0)
            : 0;
    return new FoldFit(models, sums, weights, cut);
  }

  /** The models of target {@code t}. */
  public PathCoefficients models(int t) {
    return models.get(t);
  }

  /**
   * Weighted sums of squared errors on the rows of the {@code i}-th block that is held out, one per
   * lambda of target {@code t}.
   */
  public Vec sumSquares(int t, int i) {
    return sumSquares.get(t).get(i);
  }

  /** How many directions of the training rows the model of the smallest lambda leaves out. */
  int cut() {
    return cut;
  }

  /** The sum of weights of the {@code i}-th block that is held out. */
  public double weight(int i) {
    return weights[i];
  }
}

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
  private final ArrayList<Vec> sumSquares;
  private final double weight;
  private final int cut;

  private FoldFit(
      ArrayList<PathCoefficients> models, ArrayList<Vec> sumSquares, double weight, int cut) {
    this.models = models;
    this.sumSquares = sumSquares;
    this.weight = weight;
    this.cut = cut;
  }

  /**
   * Fits and scores one split. The columns are standardized anew on the training rows.
   *
   * @param training moments of the rows that train
   * @param heldOut moments of the rows that are held out
   * @param spec what to fit
   * @param lambdas one list per target
   */
  public static FoldFit of(Moments training, Moments heldOut, RidgeSpec spec, List<Vec> lambdas) {
    RidgeSystem system =
        SolverTable.solver(
            RidgeProblem.of(training, spec), Lambdas.count(lambdas), Lambdas.smallest(lambdas));
    ArrayList<PathCoefficients> models = new ArrayList<>(system.solve(lambdas));
    HeldOut scored = HeldOut.of(spec.intercept(), training, heldOut);
    ArrayList<Vec> sums = new ArrayList<>();
    for (int t = 0; t < models.size(); t++) {
      sums.add(scored.sumSquares(t, models.get(t)));
    }
    int cut =
        system instanceof EigenSystem eigen
            ? eigen.cut(Lambdas.smallest(lambdas)).map(NullSpace::directions).orElse(0)
            : 0;
    return new FoldFit(models, sums, heldOut.weightSum(), cut);
  }

  /** The models of target {@code t}. */
  public PathCoefficients models(int t) {
    return models.get(t);
  }

  /** Weighted sums of squared errors on the held-out rows, one per lambda of target {@code t}. */
  public Vec sumSquares(int t) {
    return sumSquares.get(t);
  }

  /** How many directions of the training rows the model of the smallest lambda leaves out. */
  int cut() {
    return cut;
  }

  /** The sum of weights of the held-out rows. */
  public double weight() {
    return weight;
  }
}

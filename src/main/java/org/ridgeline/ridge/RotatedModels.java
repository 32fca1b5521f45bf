package org.ridgeline.ridge;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.Check;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.Moments;

/**
 * The models of all targets and lambdas in the basis of the eigenvectors, where leaving a row out
 * costs {@code O(d)} for each of them after one rotation {@code t = V'z}.
 *
 * <p>For a row of weight w, with i = 1 for an intercept:
 *
 * <pre>
 * residual  r = y_c - sum_j t_j u_j / (e_j + lambda)
 * form      g = z' A^-1 z = sum_j t_j^2 / (e_j + lambda)
 * leverage  h = w (i / W + g)
 * left out  r / (1 - h)
 * </pre>
 *
 * <p>Where the columns can reproduce any target, r and 1 - h both vanish with lambda. There this
 * class gives them divided by lambda, {@code sum_j t_j u_j / (e_j (e_j + lambda))} and {@code w
 * sum_j t_j^2 / (e_j (e_j + lambda))}, so that their ratio keeps its digits down to lambda = 0.
 *
 * <p>Means and scales stay those of all rows. Models are numbered target by target.
 */
public final class RotatedModels implements Serializable {
  private static final long serialVersionUID = 1L;

  /** 1 - h below this times d has fewer than four digits. */
  private static final double USEFUL = 1e4 * Math.ulp(1.0);

  private final double[] mean;
  private final double[] remainder;
  private final Matrix rotation; // d x r
  private final Matrix filters; // r x models
  private final Matrix inverses; // r x different lists of lambdas, one after the other
  private final int[] inverseOf; // for each model its column there
  private final int[] targetOf;
  private final double[] lambdas;
  private final double[] hatTrace; // df + i
  private final double share; // i / W
  private final double n;
  private final boolean interpolates;

  private RotatedModels(EigenSystem system, RidgeProblem problem, List<Vec> lists) {
    Moments moments = problem.moments();
    boolean centred = problem.spec().intercept() == Intercept.FREE;
    int p = moments.inputs() + moments.targets();
    int models = lists.stream().mapToInt(Vec::size).sum();
    this.mean = new double[p];
    this.remainder = new double[p];
    for (int j = 0; j < p && centred; j++) {
      mean[j] = moments.mean(j);
      remainder[j] = moments.meanRemainder(j);
    }
    this.rotation = rotation(system, problem);
    this.filters = Matrix.zeros(rotation.columns(), models);
    this.inverseOf = new int[models];
    this.targetOf = new int[models];
    this.lambdas = new double[models];
    this.hatTrace = new double[models];
    this.share = centred ? 1 / moments.weightSum() : 0;
    this.n = moments.rows();
    this.interpolates = system.interpolates();
    List<Vec> distinct = new ArrayList<>(lists.stream().distinct().toList());
    int columns = distinct.stream().mapToInt(Vec::size).sum();
    this.inverses = Matrix.zeros(rotation.columns(), columns);
    int model = 0;
    for (int t = 0; t < lists.size(); t++) {
      int before =
          distinct.subList(0, distinct.indexOf(lists.get(t))).stream().mapToInt(Vec::size).sum();
      for (int l = 0; l < lists.get(t).size(); l++, model++) {
        targetOf[model] = t;
        inverseOf[model] = before + l;
        lambdas[model] = lists.get(t).get(l);
        hatTrace[model] = system.degreesOfFreedom(lambdas[model]) + (centred ? 1 : 0);
        fill(system, model);
      }
    }
  }

  static RotatedModels of(EigenSystem system, RidgeProblem problem, List<Vec> lambdas) {
    Check.that(
        problem.spec().penalty().isIdentity(),
        "Cannot leave rows out one by one under a penalty other than that of plain ridge");
    return new RotatedModels(system, problem, lambdas);
  }

  /** {@code V / s}, d x d, so that {@code t = rotation'(x - mean)}. */
  private static Matrix rotation(EigenSystem system, RidgeProblem problem) {
    Matrix rotation = system.vectors().copy();
    Vec scales = problem.scales();
    for (int j = 0; j < problem.inputs(); j++) {
      for (int k = 0; k < rotation.columns(); k++) {
        rotation.set(j, k, problem.isAbsent(j) ? 0 : rotation.get(j, k) / scales.get(j));
      }
    }
    return rotation;
  }

  private void fill(EigenSystem system, int model) {
    double lambda = lambdas[model];
    Vec e = system.values();
    for (int k = system.firstUsed(lambda); k < e.size(); k++) {
      double inverse = 1 / (e.get(k) + lambda) / (interpolates ? e.get(k) : 1);
      inverses.set(k, inverseOf[model], inverse);
      filters.set(k, model, system.projected().get(k, targetOf[model]) * inverse);
    }
  }

  /** d + m. */
  public int width() {
    return mean.length;
  }

  /** How many models there are, all targets together. */
  public int size() {
    return lambdas.length;
  }

  /** n, the rows that they were fitted to. */
  public double rows() {
    return n;
  }

  /** {@code tr H + i} of a model. */
  public double hatTrace(int model) {
    return hatTrace[model];
  }

  /** Some rows under all models. */
  public final class Scores {
    private final Matrix residuals; // models x rows
    private final Matrix forms; // inverses x rows

    private Scores(Matrix residuals, Matrix forms) {
      this.residuals = residuals;
      this.forms = forms;
    }

    /** {@code 1 - h} where h is not too near 1; NaN otherwise. */
    private double left(int model, int row, double weight) {
      double left = 1 - weight * (share + forms.get(inverseOf[model], row));
      return left > USEFUL * mean.length ? left : Double.NaN;
    }

    /** h of a row of this weight. */
    public double leverage(int model, int row, double weight) {
      double form = forms.get(inverseOf[model], row);
      return interpolates ? 1 - lambdas[model] * weight * form : weight * (share + form);
    }

    /** The error at the row of the model fitted without it; NaN where rounding hides it. */
    public double leftOut(int model, int row, double weight) {
      double residual = residuals.get(model, row);
      double left =
          interpolates ? weight * forms.get(inverseOf[model], row) : left(model, row, weight);
      return left == 0 ? Double.NaN : residual / left;
    }
  }

  /**
   * Rotates some rows and scores them: {@code 2 d^2 + 4 d L} flops a row for one target.
   *
   * @param values the rows one after the other, each d inputs and m targets; may be longer
   * @param rows how many
   */
  public Scores score(double[] values, int rows) {
    int p = width();
    int d = rotation.rows();
    Matrix inputs = Matrix.zeros(d, rows);
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < d; j++) {
        inputs.set(j, r, centred(values, r * p, j));
      }
    }
    Matrix rotated = Blas.transposedTimes(rotation, inputs);
    Matrix residuals = Blas.transposedTimes(filters, rotated);
    for (int r = 0; r < rows && !interpolates; r++) {
      for (int c = 0; c < size(); c++) {
        double y = centred(values, r * p, d + targetOf[c]);
        residuals.set(c, r, y - residuals.get(c, r));
      }
    }
    double[] t = rotated.data();
    for (int i = 0; i < t.length; i++) {
      t[i] *= t[i];
    }
    return new Scores(residuals, Blas.transposedTimes(inverses, rotated));
  }

  private double centred(double[] values, int from, int j) {
    return values[from + j] - mean[j] - remainder[j];
  }
}

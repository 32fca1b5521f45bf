package org.ridgeline.ridge;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ridgeline.base.Check;
import org.ridgeline.linalg.Blas;
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
 * <p>Under a penalty other than plain ridge, the same in the coordinates of its standard form:
 * {@code y_c - z'(b0 + N t)} is what is left to explain, and the free directions add their own part
 * to g, the same at every lambda.
 *
 * <p>A weight that counts rows stands for w copies, of which one is left out ({@code min(w, 1)} of
 * a row that is less than one): h is that of one copy.
 *
 * <p>Where the columns can reproduce any target, r and 1 - h both vanish with lambda. There this
 * class gives them divided by lambda, {@code sum_j t_j u_j / (e_j (e_j + lambda))} and {@code w
 * sum_j t_j^2 / (e_j (e_j + lambda))}, so that their ratio keeps its digits down to lambda = 0. (Of
 * several copies, the others hold the fit: 1 - h does not vanish.)
 *
 * <p>Means and scales stay those of all rows. Models are numbered target by target.
 */
public final class RotatedModels implements Serializable {
  private static final long serialVersionUID = 1L;

  /** 1 - h below this times d has fewer than four digits. */
  private static final double USEFUL = 1e4 * Math.ulp(1.0);

  private final double[] perUnit; // one over the unit of each column
  private final double[] mean; // in units
  private final double[] remainder;
  private final Matrix rotation; // d x (r + k), the k columns of the free directions last
  private final Matrix offset; // d x m, what the models share; null: nothing
  private final Matrix filters; // (r + k) x models
  private final Matrix inverses; // (r + k) x different lists of lambdas, one after the other
  private final int[] inverseOf; // for each model its column there
  private final int[] targetOf;
  private final double[] lambdas;
  private final double[] hatTrace; // df + i
  private final double share; // i / W
  private final double n;
  private final boolean interpolates;
  private final boolean copies; // whether weights count rows
  private final int columns; // inputs of the rows, of which the leading ones count
  private final double factor; // by which these are multiplied

  private RotatedModels(EigenSystem system, List<Vec> lists) {
    RidgeProblem problem = system.problem();
    Eigenvalues values = system.values();
    Moments moments = problem.moments();
    boolean centered = problem.spec().intercept() == Intercept.FREE;
    int p = moments.inputs() + moments.targets();
    int models = lists.stream().mapToInt(Vec::size).sum();
    this.perUnit = new double[p];
    Arrays.setAll(perUnit, moments.units()::perUnit);
    this.mean = new double[p];
    this.remainder = new double[p];
    for (int j = 0; j < p && centered; j++) {
      mean[j] = moments.unitMean(j);
      remainder[j] = moments.unitMeanRemainder(j);
    }
    this.rotation = unscaled(problem.coordinates().withFreeDirections(system.vectors()), problem);
    this.offset = problem.coordinates().offset().map(b -> unscaled(b, problem)).orElse(null);
    this.filters = Matrix.zeros(rotation.columns(), models);
    this.inverseOf = new int[models];
    this.targetOf = new int[models];
    this.lambdas = new double[models];
    this.hatTrace = new double[models];
    this.share = centered ? 1 / moments.weightSum() : 0;
    this.n = problem.observations();
    this.interpolates = values.interpolates();
    this.copies = problem.spec().weights() == WeightKind.FREQUENCY;
    this.columns = moments.inputs();
    this.factor = 1;
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
        hatTrace[model] = values.degreesOfFreedom(lambdas[model]) + (centered ? 1 : 0);
        fill(system, model);
      }
    }
  }

  private RotatedModels(RotatedModels models, int columns, double factor) {
    this.perUnit = models.perUnit;
    this.mean = models.mean;
    this.remainder = models.remainder;
    this.rotation = models.rotation;
    this.offset = models.offset;
    this.filters = models.filters;
    this.inverses = models.inverses;
    this.inverseOf = models.inverseOf;
    this.targetOf = models.targetOf;
    this.lambdas = models.lambdas;
    this.hatTrace = models.hatTrace;
    this.share = models.share;
    this.n = models.n;
    this.interpolates = models.interpolates;
    this.copies = models.copies;
    this.columns = columns;
    this.factor = factor;
  }

  /**
   * Returns the models of a system at these lambdas.
   *
   * @param lambdas one list per target
   */
  public static RotatedModels of(EigenSystem system, List<Vec> lambdas) {
    return new RotatedModels(system, lambdas);
  }

  /** Columns of standardized coordinates in those of the units: divided by s, 0 where constant. */
  private static Matrix unscaled(Matrix standardized, RidgeProblem problem) {
    return standardized.map((j, k, b) -> problem.isAbsent(j) ? 0 : b / problem.unitScale(j));
  }

  private void fill(EigenSystem system, int model) {
    double lambda = lambdas[model];
    Eigenvalues e = system.values();
    for (int k = e.firstUsed(lambda); k < e.size(); k++) {
      double inverse = 1 / (e.get(k) + lambda) / (interpolates ? e.get(k) : 1);
      inverses.set(k, inverseOf[model], inverse);
      filters.set(k, model, system.projected().get(k, targetOf[model]) * inverse);
    }
    for (int k = e.size(); k < rotation.columns() && !interpolates; k++) {
      inverses.set(k, inverseOf[model], 1);
    }
  }

  /** Returns these models for wider rows, whose leading inputs times a factor are their own. */
  public RotatedModels leadingOf(int inputs, double times) {
    Check.that(
        inputs >= rotation.rows(),
        "Cannot score models of %d inputs on rows of %d",
        rotation.rows(),
        inputs);
    return new RotatedModels(this, inputs, times);
  }

  /** Returns the number of values of a row: its inputs and m targets. */
  public int width() {
    return columns + mean.length - rotation.rows();
  }

  /** Returns the number of models of all targets. */
  public int size() {
    return lambdas.length;
  }

  /** Returns n, the number of rows that they were fitted to. */
  public double rows() {
    return n;
  }

  /** Returns {@code tr H + i} of a model. */
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

    /** Returns h of a row of this weight, or of the copy that is left out. */
    public double leverage(int model, int row, double weight) {
      double form = forms.get(inverseOf[model], row);
      double out = leftOutOf(weight);
      return interpolates
          ? out / weight * (1 - lambdas[model] * weight * form)
          : out * (share + form);
    }

    /** Returns the error at a row of the model fitted without it; NaN where rounding hides it. */
    public double leftOut(int model, int row, double weight) {
      double residual = residuals.get(model, row);
      double form = forms.get(inverseOf[model], row);
      double out = leftOutOf(weight);
      if (!interpolates) {
        double left = 1 - out * (share + form); // 1 - h, where h is not too near 1
        return left > USEFUL * mean.length ? residual / left : Double.NaN;
      }
      double lambda = lambdas[model];
      double left = out * form; // (1 - h) / lambda, without the copies that stay
      return out < weight
          ? lambda * residual / ((weight - out) / weight + lambda * left)
          : left == 0 ? Double.NaN : residual / left;
    }
  }

  /** Returns the number of rows that a row of this weight counts as. */
  public double rowsOf(double weight) {
    return copies ? weight : 1;
  }

  private double leftOutOf(double weight) {
    return copies ? Math.min(1, weight) : weight;
  }

  /**
   * Rotates some rows and scores them: {@code 2 d^2 + 4 d L} flops a row for one target.
   *
   * @param values the rows one after the other, each {@link #width} values; may be longer
   * @param rows how many
   */
  public Scores score(double[] values, int rows) {
    int p = width();
    int d = rotation.rows();
    Matrix inputs = Matrix.zeros(d, rows);
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < d; j++) {
        double x = factor * values[r * p + j] * perUnit[j];
        inputs.set(j, r, x - mean[j] - remainder[j]);
      }
    }
    Matrix rotated = Blas.transposedTimes(rotation, inputs);
    Matrix residuals = Blas.transposedTimes(filters, rotated);
    Matrix shared = offset == null ? null : Blas.transposedTimes(offset, inputs);
    for (int r = 0; r < rows && !interpolates; r++) {
      for (int c = 0; c < size(); c++) {
        int t = d + targetOf[c];
        double y = values[r * p + columns + targetOf[c]] - mean[t] - remainder[t];
        double left = shared == null ? y : y - shared.get(targetOf[c], r);
        residuals.set(c, r, left - residuals.get(c, r));
      }
    }
    double[] t = rotated.data();
    for (int i = 0; i < t.length; i++) {
      t[i] *= t[i];
    }
    return new Scores(residuals, Blas.transposedTimes(inverses, rotated));
  }
}

package org.ridgeline.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ridgeline.Agreement;
import org.ridgeline.ExactRidge;
import org.ridgeline.Rows;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.LambdaConvention;
import org.ridgeline.ridge.PathCoefficients;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.select.FoldExecutor;
import org.ridgeline.select.LambdaRequest;
import org.ridgeline.select.Rule;
import org.ridgeline.select.TuningSpec;

/** The oracle refits the rows of every training, for every lambda, in 60 digits. */
class RetrainingTest {
  private static final double[] GRID = {0.3, 3, 30};
  private static final int FOLDS = 4;
  private static final RidgeSpec RIDGE = RidgeSpec.standard();
  private static final TuningSpec SPEC =
      new TuningSpec(RIDGE, LambdaRequest.of(LambdaConvention.SUM, GRID), Rule.CV_MIN);

  private final Rows a = Rows.normal(51, 40, 3, 2).withRandomWeights(52);
  private final Rows b =
      Rows.normal(53, 26, 3, 2).mapInput(0, x -> x + 1).mapTargets(y -> 0.8 * y + 1);

  private static List<PathCoefficients> models(Rows rows, double lambda) {
    ExactRidge fit = ExactRidge.fit(rows, RIDGE, lambda);
    List<PathCoefficients> models = new ArrayList<>();
    for (int t = 0; t < rows.targets(); t++) {
      int target = t;
      models.add(
          new PathCoefficients(
              Vec.of(lambda),
              Matrix.zeros(rows.inputs(), 1).map((j, c, zero) -> fit.coefficient(j, target)),
              Vec.of(fit.intercept(t))));
    }
    return models;
  }

  private static Rows both(Rows first, Rows second) {
    int n = first.size() + second.size();
    double[][] x = new double[n][];
    double[][] y = new double[n][];
    double[] w = new double[n];
    for (int k = 0; k < n; k++) {
      Rows from = k < first.size() ? first : second;
      int i = k < first.size() ? k : k - first.size();
      x[k] = IntStream.range(0, from.inputs()).mapToDouble(j -> from.x(i, j)).toArray();
      y[k] = IntStream.range(0, from.targets()).mapToDouble(t -> from.y(i, t)).toArray();
      w[k] = from.w(i);
    }
    return Rows.of(x, y, w);
  }

  private Rows training(boolean together, Rows rows) {
    return together ? both(a, rows) : rows;
  }

  /** The lambda of the smallest mean error on the other folds, of models that saw neither. */
  private double chosen(boolean together, int heldOut, int t) {
    double best = Double.NaN;
    double least = Double.POSITIVE_INFINITY;
    for (double lambda : GRID) {
      double sum = 0;
      for (int f = 0; f < FOLDS; f++) {
        int fold = f;
        if (fold != heldOut) {
          Rows rest = b.where(i -> i % FOLDS != fold && i % FOLDS != heldOut);
          Rows scored = b.where(i -> i % FOLDS == fold);
          sum +=
              ExactRidge.fit(training(together, rest), RIDGE, lambda).sumSquares(scored, t)
                  / weight(scored);
        }
      }
      if (sum < least) {
        least = sum;
        best = lambda;
      }
    }
    return best;
  }

  private static double weight(Rows rows) {
    return IntStream.range(0, rows.size()).mapToDouble(rows::w).sum();
  }

  private void assertOfRows(Retrained found, boolean together, double[] kept, int t) {
    double sum = 0;
    double saved = 0;
    double squares = 0;
    double[] gains = new double[FOLDS];
    for (int f = 0; f < FOLDS; f++) {
      int fold = f;
      Rows heldOut = b.where(i -> i % FOLDS == fold);
      double lambda = chosen(together, fold, t);
      assertEquals(lambda, found.lambdas().get(f), 0.0, "lambda without fold " + f);
      Rows rest = training(together, b.where(i -> i % FOLDS != fold));
      double sse = ExactRidge.fit(rest, RIDGE, lambda).sumSquares(heldOut, t);
      sum += sse;
      saved += kept[f] - sse;
      gains[f] = (kept[f] - sse) / weight(heldOut);
    }
    double w = weight(b);
    for (int f = 0; f < FOLDS; f++) {
      int fold = f;
      double part = weight(b.where(i -> i % FOLDS == fold)) / w;
      squares += Math.pow(part * (gains[f] - saved / w), 2);
    }
    Agreement.assertClose(sum / w, found.mse().value(), 1e-9, "mse");
    Agreement.assertClose(saved / w, found.gain().value(), 1e-9, "gain");
    double error = Math.sqrt(FOLDS / (FOLDS - 1.0) * squares);
    Agreement.assertClose(error, found.gain().standardError(), 1e-8, "its error");
  }

  @Test
  void everyErrorIsOfRowsHeldOut() {
    List<PathCoefficients> old = models(a, 2);
    List<Finding<Retraining>> found =
        Retraining.of(
            a.moments(), b.folded(FOLDS, i -> i % FOLDS), old, SPEC, FoldExecutor.inParallel(1));
    for (int t = 0; t < 2; t++) {
      Retraining retraining = found.get(t).value().orElseThrow();
      ExactRidge model = ExactRidge.fit(a, RIDGE, 2);
      double[] kept = new double[FOLDS];
      for (int f = 0; f < FOLDS; f++) {
        int fold = f;
        kept[f] = model.sumSquares(b.where(i -> i % FOLDS == fold), t);
      }
      Agreement.assertClose(
          model.sumSquares(b, t) / weight(b), retraining.kept().value(), 1e-10, "kept");
      assertOfRows(retraining.together().orElseThrow(), true, kept, t);
      assertOfRows(retraining.alone().orElseThrow(), false, kept, t);
      assertEquals(FOLDS, retraining.folds());
    }
  }

  @Test
  void errorsOnNewRowsAreThoseOfTheRows() {
    PathCoefficients old = models(a, 2).get(1);
    ExactRidge model = ExactRidge.fit(a, RIDGE, 2);
    ModelError found =
        ModelError.onNewRows(
            a.moments(), b.folded(FOLDS, i -> i % FOLDS), RIDGE.intercept(), old, 1);
    double mean = IntStream.range(0, b.size()).mapToDouble(i -> b.y(i, 1)).average().orElseThrow();
    double squares =
        IntStream.range(0, b.size()).mapToDouble(i -> Math.pow(b.y(i, 1) - mean, 2)).sum();
    double bias = 0;
    for (int i = 0; i < b.size(); i++) {
      double error = b.y(i, 1) - model.intercept(1);
      for (int j = 0; j < 3; j++) {
        error -= model.coefficient(j, 1) * b.x(i, j);
      }
      bias += error / b.size();
    }
    double sse = model.sumSquares(b, 1);
    Agreement.assertClose(sse / b.size(), found.mse(), 1e-10, "mse");
    Agreement.assertClose(Math.sqrt(sse / b.size()), found.rmse(), 1e-10, "rmse");
    Agreement.assertClose(1 - sse / squares, found.r2(), 1e-9, "r2");
    Agreement.assertClose(bias, found.bias(), 1e-9, "bias");
    ModelError training = ModelError.training(a.moments(), RIDGE.intercept(), old, 1);
    Agreement.assertClose(model.sumSquares(a, 1) / weight(a), training.mse(), 1e-9, "training");
    assertTrue(training.standardError().isEmpty());
  }

  @Test
  void fewFoldsSayWhyThereIsNothing() {
    List<PathCoefficients> old = models(a, 2);
    FoldExecutor executor = FoldExecutor.inParallel(1);
    assertEquals(
        "B has no folds: its rows cannot be held out",
        Retraining.of(a.moments(), b.folded(1, i -> 0), old, SPEC, executor)
            .get(0)
            .reason()
            .orElseThrow());
    assertEquals(
        "B has 2 folds: at least 3 are needed to hold one out and choose lambda by others",
        Retraining.of(a.moments(), b.folded(2, i -> i % 2), old, SPEC, executor)
            .get(1)
            .reason()
            .orElseThrow());
  }

  private static Retrained retrained(double mse, double gain, double error) {
    return new Retrained(new FoldMean(mse, 0.1), new FoldMean(gain, error), Vec.of(1));
  }

  private static RetrainVerdict verdict(Retrained together, Retrained alone, double leadError) {
    return RetrainVerdict.of(
        5,
        new FoldMean(10, 1),
        Optional.of(together),
        Optional.of(alone),
        Optional.of(new FoldMean(together.mse().value() - alone.mse().value(), leadError)));
  }

  @Test
  void verdictsFollowTheGainAndItsError() {
    RetrainVerdict together = verdict(retrained(8, 2, 0.5), retrained(9, 1, 0.5), 0.2);
    assertEquals(RetrainVerdict.Kind.TOGETHER, together.kind());
    assertEquals(0.2, together.gain(), 1e-15);
    assertEquals(0.2 - 2.1318467863266495 * 0.05, together.low(), 1e-12); // R: qt(0.95, 4)
    assertEquals(
        "Retrain on A and B together: on rows of B held out, the MSE falls by 20.0 % (90 % interval"
            + " 9.3 % to 30.7 %); on B alone it would fall by 10.0 %",
        together.sentence());
    assertEquals(
        RetrainVerdict.Kind.TOGETHER,
        verdict(retrained(8, 2, 0.5), retrained(7.9, 2.1, 0.5), 0.1).kind(),
        "alone is better, but may be so by chance");
    RetrainVerdict alone = verdict(retrained(8, 2, 0.5), retrained(6, 4, 0.5), 0.2);
    assertEquals(RetrainVerdict.Kind.ALONE, alone.kind());
    assertEquals(0.4, alone.gain(), 1e-15);
    assertEquals(
        RetrainVerdict.Kind.UNSURE,
        verdict(retrained(8, 2, 1.5), retrained(9, 1, 0.5), 0.2).kind());
    RetrainVerdict keep = verdict(retrained(9.9, 0.1, 0.01), retrained(12, -2, 0.5), 0.2);
    assertEquals(RetrainVerdict.Kind.KEEP, keep.kind());
    assertEquals(
        "Keep the model: on rows of B held out, the MSE of a model of A and B together falls"
            + " by 1.0 %; on B alone it would rise by 20.0 %",
        keep.sentence());
    assertEquals(
        "Keep the model: on rows of B held out, the MSE of a model of A and B together rises by"
            + " 20.0 %; on B alone it would rise by 30.0 %",
        verdict(retrained(12, -2, 0.5), retrained(13, -3, 0.5), 0.2).sentence());
  }

  @Test
  void noErrorFallsByMoreThanAllOfIt() {
    RetrainVerdict large = verdict(retrained(0.5, 9.5, 1), retrained(0.6, 9.4, 1), 0.2);
    assertEquals(1, large.high());
    assertEquals(
        "Retrain on A and B together: on rows of B held out, the MSE falls by 95.0 % (90 % interval"
            + " 73.7 % to 100.0 %); on B alone it would fall by 94.0 %",
        large.sentence());
  }
}

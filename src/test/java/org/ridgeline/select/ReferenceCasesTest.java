package org.ridgeline.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.ridgeline.Rows;
import org.ridgeline.infer.CoefficientErrors;
import org.ridgeline.infer.Predictive;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.ridge.LambdaConvention;
import org.ridgeline.ridge.PathCoefficients;
import org.ridgeline.ridge.RidgePath;
import org.ridgeline.ridge.SolverKind;

/**
 * Every quantity of every reference case, by every solver. Tolerances are norm-wise relative: 100
 * times what a plain double-precision moments solver with a pivot reaches on the case, which is
 * what the conditioning of its data allows.
 */
class ReferenceCasesTest {
  /** What double precision allows: coefficients, RSS, cross-validation. */
  private record Tolerance(double coefficients, double rss, double cv) {}

  private static final Map<String, Tolerance> TOLERANCES =
      Map.of(
          "p01", new Tolerance(4e-13, 5e-13, 1e-8),
          "p03", new Tolerance(2e-11, 2e-11, 2e-10),
          "p04", new Tolerance(9e-13, 6e-14, 9e-14),
          "p06", new Tolerance(2e-5, 1e-8, 8e-6),
          "p07", new Tolerance(3e-5, 1e-6, 1e-8),
          "p08", new Tolerance(2e-3, 3e-3, 1e-8),
          "p11", new Tolerance(2e-13, 1e-13, 2e-13),
          "p12", new Tolerance(3e-10, 9e-9, 3e-8),
          "p13", new Tolerance(6e-13, 2e-12, 2e-12));

  /** What the rows themselves allow where moments do not. */
  private static final Map<String, Tolerance> ROWS =
      Map.of("p06", new Tolerance(2e-14, 2e-14, 2e-14), "p07", new Tolerance(1e-10, 1e-10, 1e-8));

  @TestFactory
  List<DynamicTest> everyQuantityIsReached() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (ReferenceCase reference : ReferenceCase.all()) {
      if (reference.isRegression()) {
        for (SolverKind solver : SolverKind.values()) {
          tests.add(dynamicTest(reference.name() + " " + solver, () -> check(reference, solver)));
        }
      }
    }
    return tests;
  }

  private static void check(ReferenceCase reference, SolverKind solver) {
    String name = reference.name().substring(0, 3);
    Tolerance tolerance =
        solver == SolverKind.DUAL && ROWS.containsKey(name)
            ? ROWS.get(name)
            : TOLERANCES.getOrDefault(name, new Tolerance(1e-8, 1e-8, 1e-8));
    TuningSpec spec =
        new TuningSpec(
            reference.spec(solver),
            LambdaRequest.of(LambdaConvention.SUM, reference.lambdas()),
            reference.hasFoldErrors() ? Rule.CV_1SE : Rule.GCV);
    TuningResult tuned = Tuning.run(moments(reference, solver), spec, FoldExecutor.inParallel(2));
    JsonNode path = reference.expected().get("path");
    for (int l = 0; l < path.size(); l++) {
      JsonNode step = path.get(l);
      for (int t = 0; t < step.get("targets").size(); t++) {
        String at = reference.name() + " lambda " + step.get("lambda") + " target " + t + ": ";
        TargetTuning target = tuned.target(t);
        checkPath(at, tolerance, step, t, tuned, l);
        if (!reference.weighted() && solver != SolverKind.CHOLESKY) {
          checkInference(at, tolerance, step.get("targets").get(t), t, tuned, l);
          checkPredictive(at, reference, step.get("targets").get(t), t, tuned, l);
        }
        if (reference.hasFoldErrors()) {
          checkFolds(at, tolerance, step.get("targets").get(t), target, l);
        }
      }
    }
    checkChoice(reference, tuned);
  }

  private static FoldedMoments moments(ReferenceCase reference, SolverKind solver) {
    FoldedMoments folds = reference.moments(solver);
    return reference.hasFoldErrors()
        ? folds
        : FoldedMoments.of(List.of("0"), List.of(folds.total()));
  }

  private static void checkPath(
      String at, Tolerance tolerance, JsonNode step, int t, TuningResult tuned, int l) {
    TargetTuning target = tuned.target(t);
    boolean choleskyOnly = tuned.problem().spec().solver() == SolverKind.CHOLESKY;
    JsonNode expected = step.get("targets").get(t);
    RidgePath path = target.path();
    PathCoefficients models = path.coefficients();
    close(at + "df", step.get("df"), path.df().get(l), tolerance.coefficients());
    close(
        at + "coef", expected.get("coef"), j -> models.matrix().get(j, l), tolerance.coefficients);
    close(
        at + "intercept",
        expected.get("intercept"),
        models.intercepts().get(l),
        tolerance.coefficients());
    // Without the null space, RSS is a difference of sums as large as q: it keeps 16 digits of q.
    double cancellation = choleskyOnly ? 1e-15 * path.targetSumSquares() : 0;
    double rss = expected.get("rss").asDouble();
    assertEquals(rss, path.rss().get(l), tolerance.rss() * rss + cancellation, at + "rss");
    if (expected.has("gcv") && cancellation < tolerance.rss() * rss) {
      close(
          at + "gcv",
          expected.get("gcv"),
          target.criteria().gcv().get(l),
          2 * tolerance.rss() + 1e-12);
    }
  }

  /**
   * Criteria and standard errors; tolerance 1e-8, or that of the coefficients where it is larger.
   */
  private static void checkInference(
      String at, Tolerance tolerance, JsonNode expected, int t, TuningResult tuned, int l) {
    RidgePath path = tuned.target(t).path();
    Criteria criteria = tuned.target(t).criteria();
    double tol = Math.max(1e-8, tolerance.coefficients());
    closeIfThere(at + "aic", expected.path("aic"), criteria.aic().get(l), tol);
    closeIfThere(at + "bic", expected.path("bic"), criteria.bic().get(l), tol);
    closeIfThere(
        at + "evidence", expected.path("log_evidence_profile"), criteria.logEvidence().get(l), tol);
    double lambda = path.lambdas().get(l);
    if (lambda > 0 && expected.has("posterior_sd_coef")) {
      CoefficientErrors errors = CoefficientErrors.of(tuned.system(), tuned.problem(), path, l);
      close(at + "posterior", expected.get("posterior_sd_coef"), errors.posteriorSd()::get, tol);
      // The files divide by n - df_total, the product by the unbiased n - 2 tr H + tr HH'.
      double convert =
          Math.sqrt(path.samplingVariance(l) / (path.rss().get(l) / path.residualDf().get(l)));
      close(
          at + "sampling",
          expected.get("sampling_se_coef"),
          j -> errors.standardError().get(j) / convert,
          tol);
    }
  }

  private static void checkPredictive(
      String at, ReferenceCase reference, JsonNode expected, int t, TuningResult tuned, int l) {
    double lambda = tuned.target(t).path().lambdas().get(l);
    SolverKind solver = tuned.problem().spec().solver();
    boolean fromRows = solver == SolverKind.TSQR || solver == SolverKind.DUAL;
    String name = reference.name().substring(0, 3);
    double moments = TOLERANCES.containsKey(name) ? TOLERANCES.get(name).coefficients() : 0;
    double tol = fromRows ? 1e-8 : Math.max(1e-8, moments);
    if (lambda > 0 && expected.has("predictive_sd_first3")) {
      Rows rows = reference.rows();
      Matrix first = Matrix.zeros(rows.inputs(), 3);
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < rows.inputs(); j++) {
          first.set(j, i, rows.x(i, j));
        }
      }
      double[] deviations = Predictive.of(tuned.problem(), t, lambda, 0.9).deviations(first);
      for (int i = 0; i < 3; i++) {
        close(at + "predictive", expected.get("predictive_sd_first3").get(i), deviations[i], tol);
      }
    }
  }

  private static void closeIfThere(String what, JsonNode expected, double actual, double tol) {
    if (expected.isNumber()) {
      close(what, expected, actual, tol);
    }
  }

  private static void checkFolds(
      String at, Tolerance tolerance, JsonNode target, TargetTuning tuned, int l) {
    JsonNode expected =
        target.has("cv_foldScale") ? target.get("cv_foldScale") : target.get("cv_globalScale");
    FoldScores scores = tuned.scores().orElseThrow();
    close(
        at + "fold_sse",
        expected.get("fold_sse"),
        f -> scores.sumSquares().get(l, f),
        tolerance.cv());
    close(at + "fold_weight", expected.get("fold_weight"), f -> scores.weights().get(f), 1e-14);
    close(at + "cv_mean", expected.get("cv_mean"), scores.mean(l), tolerance.cv());
    close(at + "cv_se", expected.get("cv_se"), scores.standardError(l), 10 * tolerance.cv());
    close(at + "pooled", expected.get("cv_mse_pooled"), scores.pooled(l), tolerance.cv());
  }

  private static void checkChoice(ReferenceCase reference, TuningResult tuned) {
    JsonNode selected = reference.expected().path("selected");
    for (int t = 0; reference.hasFoldErrors() && t < selected.size(); t++) {
      JsonNode expected = selected.get(t);
      String kind = expected.has("argmin_cv_foldScale") ? "cv_foldScale" : "cv_globalScale";
      TargetTuning target = tuned.target(t);
      assertEquals(
          expected.get("argmin_" + kind).asDouble(),
          target.grid().lambdas().get(target.selection().minimum().orElseThrow()),
          reference.name() + " cv-min of target " + t);
      assertEquals(
          expected.get("one_se_" + kind).asDouble(),
          target.lambda(),
          reference.name() + " cv-1se of target " + t);
    }
  }

  private static void close(String what, JsonNode expected, double actual, double tolerance) {
    double value = expected.asDouble();
    assertEquals(value, actual, tolerance * Math.max(Math.abs(value), 1e-300), what);
  }

  private static void close(
      String what, JsonNode expected, IntToDoubleFunction actual, double tolerance) {
    double norm = 0;
    double error = 0;
    for (int i : IntStream.range(0, expected.size()).toArray()) {
      norm = Math.max(norm, Math.abs(expected.get(i).asDouble()));
      error = Math.max(error, Math.abs(expected.get(i).asDouble() - actual.applyAsDouble(i)));
    }
    double relative = error / norm;
    assertTrue(relative <= tolerance, what + " relative error " + relative + " > " + tolerance);
  }
}

package org.ridgeline.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ridgeline.Agreement;
import org.ridgeline.ExactRidge;
import org.ridgeline.Rows;
import org.ridgeline.Stored;
import org.ridgeline.base.DataException;
import org.ridgeline.dataset.ColumnRoles;
import org.ridgeline.dataset.InputColumn;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.linalg.Cholesky;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.ridge.LambdaConvention;
import org.ridgeline.ridge.Penalty;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.Scaling;
import org.ridgeline.ridge.SolverKind;
import org.ridgeline.select.LambdaRequest;
import org.ridgeline.select.Rule;

/**
 * A run as the prior of the next, from moments alone. With the scatter G and products c of a batch
 * about its means, and {@code P = G_a + lambda_a S_a^2} of the earlier one, the textbook says
 * {@code (G_b + lambda P) b = c_b + lambda c_a}.
 */
class RunPriorTest {
  private static final double TOLERANCE = 1e-12; // systems of condition below 100
  private static final Rows EARLIER = Rows.normal(31, 25, 3, 1).withRandomWeights(32);
  private static final Rows LATER = Rows.normal(33, 20, 3, 1);

  private static SolveSpec given(double... lambdas) {
    return SolveSpec.of(LambdaRequest.of(LambdaConvention.SUM, lambdas), Rule.GIVEN);
  }

  private static TrainingResult fit(MomentsSet moments, SolveSpec solve) {
    String[] labels = moments.columns().labels().toArray(String[]::new);
    return Trainer.of(TrainSpec.of(ColumnRoles.of(labels), solve)).solve(moments);
  }

  private static StoredRun run(TrainingResult fit) {
    return new StoredRun("earlier", fit.model(), fit.resolved(), fit.moments());
  }

  private static SolveSpec about(StoredRun run, double lambda) {
    return given(lambda).with(new PenaltySpec(Map.of(), Optional.of(run)));
  }

  /** The rows with these features, {@code x0} being 0. */
  private static MomentsSet stored(Rows rows, int... features) {
    MomentsSet.Columns all = Stored.columns(rows);
    List<InputColumn> inputs =
        IntStream.of(features).mapToObj(j -> InputColumn.number("x" + j)).toList();
    return Stored.with(
        Stored.of(rows),
        new MomentsSet.Columns(
            all.labels(), inputs, all.weight(), all.weightKind(), all.intercept()));
  }

  private static Rows centered(Rows rows) {
    Rows centered = rows;
    for (int j = 0; j < rows.inputs(); j++) {
      double mean = rows.moments().mean(j);
      centered = centered.mapInput(j, x -> x - mean);
    }
    double mean = rows.moments().mean(rows.inputs());
    return centered.mapTargets(y -> y - mean);
  }

  private static Rows both(Rows a, Rows b) {
    int n = a.size() + b.size();
    double[][] x = new double[n][a.inputs()];
    double[][] y = new double[n][a.targets()];
    double[] w = new double[n];
    for (int i = 0; i < n; i++) {
      Rows from = i < a.size() ? a : b;
      int at = i < a.size() ? i : i - a.size();
      w[i] = from.w(at);
      for (int j = 0; j < a.inputs(); j++) {
        x[i][j] = from.x(at, j);
      }
      for (int t = 0; t < a.targets(); t++) {
        y[i][t] = from.y(at, t);
      }
    }
    return Rows.of(x, y, w);
  }

  /** About equal means there is only one way to count the rows of both batches. */
  @ParameterizedTest
  @ValueSource(strings = {"auto", "cholesky", "eigen"})
  void atLambdaOneTheFitIsThatToTheRowsOfBoth(String solver) {
    RidgeSpec plain =
        RidgeSpec.standard()
            .with(Scaling.NONE)
            .with(SolverKind.valueOf(solver.toUpperCase(Locale.ROOT)));
    Rows early = centered(EARLIER);
    Rows late = centered(LATER);
    StoredRun run = run(fit(Stored.of(early), given(0.7).with(plain)));
    TrainingResult chained = fit(Stored.of(late), about(run, 1).with(plain));
    ExactRidge expected = ExactRidge.fit(both(early, late), plain, 0.7);
    assertCoefficients(
        IntStream.range(0, 3).mapToDouble(j -> expected.coefficient(j, 0)).toArray(), chained, 0);
    assertEquals(0, chained.target(0).intercept(), 1e-14);
  }

  private static void assertCoefficients(double[] expected, TrainingResult found, int t) {
    double[] slopes = found.target(t).coefficients().toArray();
    Agreement.assertVectors(expected, slopes, TOLERANCE, "coefficients");
  }

  private static Matrix precision(Rows rows, double lambda) {
    Matrix p = rows.moments().scatter().toFull(0, rows.inputs());
    for (int j = 0; j < rows.inputs(); j++) {
      for (int k = j; k < rows.inputs(); k++) {
        p.set(j, k, rows.moments().scatter().get(k, j)); // whichever triangle is filled
        p.set(k, j, rows.moments().scatter().get(k, j));
      }
      double variance = rows.moments().scatter().get(j, j) / rows.moments().weightSum();
      p.set(j, j, p.get(j, j) + lambda * variance);
    }
    return p;
  }

  private static double product(Rows rows, int j, int t) {
    return rows.moments().scatter().get(rows.inputs() + t, j);
  }

  private static double[] solve(Matrix a, double... right) {
    return Cholesky.ofInPlace(a.copy()).orElseThrow().solve(Matrix.column(right)).data();
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 0.5, 3})
  void earlierRowsCountByLambdaEachBatchAboutItsOwnMeans(double lambda) {
    Rows early = EARLIER.withTarget(IntStream.range(0, 25).mapToDouble(Math::cos).toArray());
    Rows late = LATER.withTarget(IntStream.range(0, 20).mapToDouble(Math::sin).toArray());
    StoredRun run = run(fit(Stored.of(early), given(0.7)));
    TrainingResult chained = fit(Stored.of(late), about(run, lambda));
    Matrix p = precision(early, 0.7);
    Matrix system = precision(late, 0);
    for (int i = 0; i < 9; i++) {
      system.data()[i] += lambda * p.data()[i];
    }
    for (int t = 0; t < 2; t++) {
      double[] right = new double[3];
      double intercept = late.moments().mean(3 + t);
      for (int j = 0; j < 3; j++) {
        right[j] = product(late, j, t) + lambda * product(early, j, t);
      }
      double[] expected = solve(system, right);
      for (int j = 0; j < 3; j++) {
        intercept -= late.moments().mean(j) * expected[j];
      }
      assertCoefficients(expected, chained, t);
      Agreement.assertClose(intercept, chained.target(t).intercept(), TOLERANCE, "intercept");
    }
  }

  /** A new feature has the penalty of its own; the order of columns is that of the later run. */
  @Test
  void featuresAreMatchedByNameAndNewOnesArePenalizedAlone() {
    StoredRun run = run(fit(stored(EARLIER.selectInputs(0, 2), 0, 2), given(0.7)));
    Rows late = LATER.selectInputs(2, 1, 0);
    TrainingResult chained = fit(stored(late, 2, 1, 0), about(run, 2));
    Matrix p = precision(EARLIER.selectInputs(2, 0), 0.7);
    Matrix system = precision(late, 0);
    int[] known = {0, 2};
    double[] right = {product(late, 0, 0), product(late, 1, 0), product(late, 2, 0)};
    for (int j = 0; j < 2; j++) {
      right[known[j]] += 2 * product(EARLIER.selectInputs(2, 0), j, 0);
      for (int k = 0; k < 2; k++) {
        system.set(known[j], known[k], system.get(known[j], known[k]) + 2 * p.get(j, k));
      }
    }
    system.set(1, 1, system.get(1, 1) + 2 * late.moments().scatter().get(1, 1) / 20);
    assertCoefficients(solve(system, right), chained, 0);
  }

  /** What is known of x0 and x2 without x1: the inverse of their block of the inverse. */
  @Test
  void featuresThatAreGoneAreIntegratedOutAndNamedOnce() {
    StoredRun run = run(fit(Stored.of(EARLIER), given(0.7)));
    Rows late = LATER.selectInputs(0, 2);
    List<String> warned = new ArrayList<>();
    Journal journal =
        Journal.with(
            new Journal.Listener() {
              @Override
              public void warn(String sentence) {
                warned.add(sentence);
              }
            });
    TrainSpec spec = TrainSpec.of(ColumnRoles.of("y0"), about(run, 1));
    TrainingResult chained = Trainer.of(spec).with(journal).solve(stored(late, 0, 2));
    Matrix covariance =
        Cholesky.ofInPlace(precision(EARLIER, 0.7)).orElseThrow().solve(Matrix.identity(3));
    Matrix block =
        Matrix.owning(
            2,
            2,
            new double[] {
              covariance.get(0, 0), covariance.get(2, 0), covariance.get(2, 0), covariance.get(2, 2)
            });
    Matrix marginal = Cholesky.ofInPlace(block).orElseThrow().solve(Matrix.identity(2));
    double[] b = run.model().model().coefficients().columnCopy(0);
    Matrix system = precision(late, 0);
    double[] right = new double[2];
    for (int j = 0; j < 2; j++) {
      right[j] = product(late, j, 0) + marginal.get(j, 0) * b[0] + marginal.get(j, 1) * b[2];
    }
    for (int i = 0; i < 4; i++) {
      system.data()[i] += marginal.data()[i];
    }
    assertCoefficients(solve(system, right), chained, 0);
    assertEquals(
        List.of(
            "The prior earlier has features that this run does not have: \"x1\"; what it says of the"
                + " others is kept",
            "Not used as features: note (string); for text use categorical, or name what to use in"
                + " features"),
        warned);
    assertEquals(warned, chained.warnings());
  }

  /** Three batches in a row are one, about equal means. */
  @Test
  void priorsChain() {
    RidgeSpec plain = RidgeSpec.standard().with(Scaling.NONE);
    Rows a = centered(EARLIER);
    Rows b = centered(LATER);
    Rows c = centered(Rows.normal(34, 15, 3, 1));
    StoredRun first = run(fit(Stored.of(a), given(0.7).with(plain)));
    StoredRun second = run(fit(Stored.of(b), about(first, 1).with(plain)));
    TrainingResult third = fit(Stored.of(c), about(second, 1).with(plain));
    ExactRidge expected = ExactRidge.fit(both(both(a, b), c), plain, 0.7);
    assertCoefficients(
        IntStream.range(0, 3).mapToDouble(j -> expected.coefficient(j, 0)).toArray(), third, 0);
  }

  @Test
  void factorsByNameMultiplyThePrior() {
    StoredRun run = run(fit(Stored.of(EARLIER), given(0.7)));
    SolveSpec free = given(1).with(new PenaltySpec(Map.of("x*", 0.0), Optional.of(run)));
    ExactRidge unpenalized = ExactRidge.fit(LATER, RidgeSpec.standard(), 0);
    assertCoefficients(
        IntStream.range(0, 3).mapToDouble(j -> unpenalized.coefficient(j, 0)).toArray(),
        fit(Stored.of(LATER), free),
        0);
  }

  private static String refusal(StoredRun run, MomentsSet moments) {
    return assertThrows(DataException.class, () -> fit(moments, about(run, 1))).getMessage();
  }

  @Test
  void runsThatDoNotFitAreNamed() {
    StoredRun run = run(fit(Stored.of(EARLIER), given(0.7)));
    assertEquals(
        "cannot use the prior: this run has none of the features of earlier, which are \"x0\","
            + " \"x1\", \"x2\"",
        refusal(run, stored(LATER, 3, 4, 5)));
    Rows two = EARLIER.withTarget(IntStream.range(0, 25).mapToDouble(Math::cos).toArray());
    StoredRun ofTwo = run(fit(Stored.of(two), given(0.7)));
    MomentsSet other = Stored.of(LATER);
    MomentsSet.Columns columns = other.columns();
    MomentsSet u =
        Stored.with(
            other,
            new MomentsSet.Columns(
                List.of("u"),
                columns.inputs(),
                columns.weight(),
                columns.weightKind(),
                columns.intercept()));
    assertEquals(
        "cannot use the prior: the model of earlier does not predict \"u\" but \"y0\", \"y1\"",
        refusal(ofTwo, u));
    assertEquals(3, fit(u, about(run, 1)).target(0).coefficients().size(), "single targets");
    SolveSpec each = SolveSpec.of(LambdaRequest.of(LambdaConvention.SUM, 1e-9, 1e9), Rule.GCV);
    Rows noise = EARLIER.withTarget(IntStream.range(0, 25).mapToDouble(i -> i % 2).toArray());
    StoredRun own = run(fit(Stored.of(noise), each));
    MomentsSet later =
        Stored.of(LATER.withTarget(IntStream.range(0, 20).mapToDouble(i -> i % 3).toArray()));
    assertEquals(
        "cannot use the prior: the targets of earlier have lambdas of their own, so that each has"
            + " another precision; train one label at a time",
        refusal(own, later));
  }

  @Test
  void runsWhoseFilesDoNotBelongTogetherAreRefused() {
    TrainingResult fit = fit(Stored.of(EARLIER), given(0.7));
    String said =
        assertThrows(
                DataException.class,
                () -> new StoredRun("d", fit.model(), fit.resolved(), stored(EARLIER, 0, 1, 3)))
            .getMessage();
    assertEquals("The moments in d are of other columns than its model: solve them again", said);
  }

  @Test
  void theResolvedPenaltyIsThatOfTheFeatures() {
    StoredRun run = run(fit(Stored.of(EARLIER), given(0.7)));
    Penalty.Parts parts = fit(Stored.of(LATER), about(run, 1)).resolved().ridge().penalty().parts();
    assertEquals(List.of(true, true, true), parts.original());
    assertEquals(run.model().model().coefficients(), parts.priorMean().orElseThrow());
    Matrix root = parts.operator().orElseThrow();
    Matrix p = precision(EARLIER, 0.7);
    for (int j = 0; j < 3; j++) {
      for (int k = 0; k < 3; k++) {
        double sum = 0;
        for (int i = 0; i < root.rows(); i++) {
          sum += root.get(i, j) * root.get(i, k);
        }
        assertEquals(p.get(j, k), sum, 1e-13 * p.get(j, j));
      }
    }
  }
}

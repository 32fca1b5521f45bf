package org.ridgeline.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ridgeline.Agreement;
import org.ridgeline.ExactRidge;
import org.ridgeline.Rows;
import org.ridgeline.Stored;
import org.ridgeline.base.DataException;
import org.ridgeline.dataset.ColumnRoles;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.dataset.OnInvalid;
import org.ridgeline.features.MapKind;
import org.ridgeline.features.MapSpec;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.Retention;
import org.ridgeline.plan.Workload;
import org.ridgeline.ridge.Intercept;
import org.ridgeline.ridge.Penalty;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.Scaling;
import org.ridgeline.ridge.SolverKind;
import org.ridgeline.select.LambdaRequest;
import org.ridgeline.select.Rule;

/** What decides a fit, and the penalties by name in it. */
class TrainSpecTest {
  private static final SolveSpec GIVEN = Tables.solve(Rule.GIVEN, 2);

  @Test
  void tuneIsFiveFoldsOfTheContentAndAnAutomaticGrid() {
    TrainSpec spec = TrainSpec.tune("a", "b");
    assertEquals(List.of("a", "b"), spec.columns().labels());
    assertEquals(FoldRule.hashed(5, 0), spec.columns().folds());
    assertEquals(List.of(), spec.columns().features());
    assertEquals(Optional.empty(), spec.columns().weight());
    assertEquals(OnInvalid.ERROR, spec.onInvalid());
    assertEquals(Rule.CV_MIN, spec.solve().tuning().rule());
    assertEquals(LambdaRequest.automatic(), spec.solve().tuning().lambdas());
    assertEquals(RidgeSpec.standard(), spec.solve().tuning().ridge());
    assertEquals(1, spec.passes());
  }

  @Test
  void fitHasNoFoldsAndGeneralizedCrossValidation() {
    TrainSpec spec = TrainSpec.fit("a");
    assertEquals(FoldRule.single(), spec.columns().folds());
    assertEquals(Rule.GCV, spec.solve().tuning().rule());
    assertEquals(1, spec.passes());
  }

  @Test
  void everyFurtherPassIsCounted() {
    SolveSpec loo = Tables.solve(Rule.LOO, 1);
    TrainSpec fit = TrainSpec.fit("a");
    assertEquals(2, fit.with(loo).passes());
    assertEquals(3, fit.with(loo.with(SolveSpec.Residuals.EXACT)).passes());
    assertEquals(5, fit.with(loo.with(SolveSpec.Residuals.EXACT).withRefinements(2)).passes());
    MapSearch map = MapSearch.of(MapSpec.of(MapKind.RFF, 8).withLengthScale(1));
    int settings = map.settings();
    assertTrue(settings > 1, "a grid about the median");
    assertEquals(
        1 + settings + 1,
        fit.with(map).with(loo.with(SolveSpec.Residuals.EXACT)).passes(),
        "small maps are left out together");
  }

  @Test
  void theInterceptOfTheColumnsIsThatOfTheModel() {
    RidgeSpec none = RidgeSpec.standard().with(Intercept.NONE);
    assertEquals(Intercept.NONE, TrainSpec.fit("a").with(GIVEN.with(none)).columns().intercept());
    ColumnRoles columns = ColumnRoles.of("a").withIntercept(Intercept.NONE);
    assertEquals(Intercept.FREE, TrainSpec.of(columns, GIVEN).columns().intercept());
  }

  @Test
  void whatIsRetainedFollowsTheSolver() {
    Workload work = new Workload(OptionalLong.empty(), 2000, 1, 5, 100, 4);
    for (SolverKind solver : SolverKind.values()) {
      Retention expected =
          solver == SolverKind.TSQR
              ? Retention.FACTOR
              : solver == SolverKind.DUAL ? Retention.ROWS : Retention.SCATTER;
      assertEquals(expected, GIVEN.with(RidgeSpec.standard().with(solver)).retention(work));
    }
  }

  @Test
  void rowsKnownToBeFewBesideTheirColumnsAreKept() {
    Workload work = new Workload(OptionalLong.empty(), 2000, 1, 5, 100, 4);
    assertEquals(1000, GIVEN.countedRows(work));
    assertEquals(Retention.ROWS, GIVEN.retention(work.withRows(1000)));
    assertEquals(Retention.SCATTER, GIVEN.retention(work.withRows(1001)));
    assertEquals(0, GIVEN.countedRows(work.withMaps(1, 4096)));
    Workload narrow = new Workload(OptionalLong.of(10), 999, 1, 5, 100, 4);
    assertEquals(0, GIVEN.countedRows(narrow));
    assertEquals(Retention.SCATTER, GIVEN.retention(narrow));
    Workload huge = new Workload(OptionalLong.empty(), 1_000_000, 1, 5, 100, 4);
    assertEquals(10_000, GIVEN.countedRows(huge));
    SolveSpec penalized = GIVEN.with(RidgeSpec.standard().with(Penalty.factors(new double[2000])));
    assertEquals(0, penalized.countedRows(work));
  }

  @Test
  void aPenaltyIsPlannedByItsMatrix() {
    RidgeSpec standard = RidgeSpec.standard();
    assertEquals(Workload.Form.RIDGE, GIVEN.form());
    assertEquals(Workload.Form.COLUMNS, GIVEN.with(standard.with(Penalty.factors(1, 2))).form());
    assertEquals(Workload.Form.MATRIX, GIVEN.with(standard.with(Penalty.differences(1, 2))).form());
    PenaltySpec byName = PenaltySpec.of(List.of("x*=0"), Optional.empty());
    assertEquals(Workload.Form.COLUMNS, GIVEN.with(byName).form());
  }

  private static String refusal(org.junit.jupiter.api.function.Executable body) {
    return assertThrows(IllegalArgumentException.class, body).getMessage();
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    assertEquals(
        "Cannot choose lambda by cv-1se without folds",
        refusal(() -> TrainSpec.fit("a").with(Tables.solve(Rule.CV_1SE, 1, 2))));
    assertEquals(
        "Cannot refine -1 times: the number must be >= 0",
        refusal(() -> GIVEN.withRefinements(-1)));
    assertEquals(
        "Cannot use a penalty by names with a penalty by positions: give one of them",
        refusal(
            () ->
                GIVEN
                    .with(new PenaltySpec(Map.of("a", 2.0), Optional.empty()))
                    .with(RidgeSpec.standard().with(Penalty.factors(1, 2)))));
  }

  private static TrainingResult solve(Rows rows, SolveSpec solve) {
    return Trainer.of(TrainSpec.of(ColumnRoles.of("y0"), solve)).solve(Stored.of(rows));
  }

  /** A factor f is a column divided by the square root of f. */
  @Test
  void penaltiesByPositionCount() {
    Rows rows = Rows.normal(95, 30, 2, 1);
    RidgeSpec plain = RidgeSpec.standard().with(Scaling.NONE);
    ExactRidge halved = ExactRidge.fit(rows.mapInput(1, x -> x / 2), plain, 2);
    double[] expected = {halved.coefficient(0, 0), halved.coefficient(1, 0) / 2};
    RidgeSpec four = plain.with(Penalty.factors(1, 4));
    TrainingResult byPosition = solve(rows, GIVEN.with(four));
    PenaltySpec named = new PenaltySpec(Map.of("x1", 4.0), Optional.empty());
    TrainingResult byName = solve(rows, GIVEN.with(plain).with(named));
    for (TrainingResult result : List.of(byPosition, byName)) {
      double[] slopes = result.target(0).coefficients().toArray();
      Agreement.assertVectors(expected, slopes, 1e-13, "slopes");
      assertEquals(four, result.resolved().ridge());
    }
  }

  private static Optional<Vec> factors(String... pairs) {
    MomentsSet.Columns columns = Stored.columns(Rows.normal(96, 2, 4, 1));
    return PenaltySpec.of(Arrays.asList(pairs), Optional.empty())
        .resolve(columns, Journal.silent())
        .parts()
        .factors();
  }

  @Test
  void theLastGlobThatMatchesCounts() {
    assertEquals(Vec.of(3, 0, 3, 0.5), factors("x*=3", "x1=0", " x3 = 0.5").orElseThrow());
    assertEquals(Vec.of(3, 3, 3, 3), factors("x1=0", "x*=3").orElseThrow());
    assertEquals(Optional.empty(), factors());
    assertEquals(Optional.empty(), factors("x*=1"));
  }

  @ParameterizedTest
  @CsvSource({
    "x1, it must be GLOB=FACTOR",
    "=2, it must be GLOB=FACTOR",
    "x1=, the factor must be a number >= 0",
    "x1=-1, the factor must be a number >= 0",
    "x1=NaN, the factor must be a number >= 0",
    "x1=Infinity, the factor must be a number >= 0",
    "x1=two, the factor must be a number >= 0"
  })
  void penaltiesThatCannotBeReadAreNamed(String pair, String rule) {
    String said = refusal(() -> PenaltySpec.of(List.of(pair), Optional.empty()));
    assertTrue(said.startsWith("Cannot read the penalty "), said);
    assertTrue(said.contains(pair) && said.endsWith(": " + rule), said);
  }

  @Test
  void globsThatMatchNothingNameTheNearestFeature() {
    assertEquals(
        "\"x9\" matches no usable column; correct penalty: did you mean \"x0\"?",
        assertThrows(DataException.class, () -> factors("x9=2")).getMessage());
  }

  @Test
  void namesWithEqualsSignsAreSplitAtTheLast() {
    PenaltySpec spec = PenaltySpec.of(List.of("city=*=2"), Optional.empty());
    assertEquals(Map.of("city=*", 2.0), spec.factors());
  }
}

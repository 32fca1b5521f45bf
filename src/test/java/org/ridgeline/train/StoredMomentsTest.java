package org.ridgeline.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.ridgeline.Rows;
import org.ridgeline.Stored;
import org.ridgeline.dataset.ColumnRoles;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.dataset.StoredColumns;
import org.ridgeline.features.MapKind;
import org.ridgeline.features.MapSpec;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.Scaling;
import org.ridgeline.ridge.SolverKind;
import org.ridgeline.ridge.WeightKind;
import org.ridgeline.select.Rule;

/** Moments are solved to the bits of the training that brought them. */
@Tag("spark")
class StoredMomentsTest {
  private static final Rows ROWS = Rows.normal(51, 40, 3, 2).withRandomWeights(52);

  private static TrainSpec tune() {
    ColumnRoles columns = Tables.columns(ROWS).withFolds(FoldRule.hashed(4, 9));
    return TrainSpec.tune("y0", "y1").with(columns);
  }

  private static void assertSameBits(TrainingResult expected, TrainingResult found) {
    assertEquals(expected.model(), found.model());
    for (int t = 0; t < 2; t++) {
      assertEquals(expected.target(t).path().rss(), found.target(t).path().rss());
      assertEquals(expected.target(t).path().df(), found.target(t).path().df());
      assertEquals(expected.target(t).scores(), found.target(t).scores());
      assertEquals(expected.target(t).selection(), found.target(t).selection());
      assertEquals(
          expected.errors().inference().get(t).orElseThrow().posteriorVariance(),
          found.errors().inference().get(t).orElseThrow().posteriorVariance());
    }
    assertEquals(List.of(), found.errors().residuals(), "there are no rows");
  }

  @Test
  void solvingGivesTheBitsOfTraining() {
    TrainingResult trained = Trainer.of(tune()).train(Tables.of(ROWS));
    assertSameBits(trained, Trainer.of(tune()).solve(trained.moments()));
  }

  @Test
  void mapsAreSolvedToTheBitsOfTrainingToo() {
    MapSearch map = MapSearch.of(MapSpec.of(MapKind.RFF, 8)).withWidths(List.of(4, 8));
    TrainingResult trained = Trainer.of(tune().with(map)).train(Tables.of(ROWS));
    assertSameBits(trained, Trainer.of(tune().with(map)).solve(trained.moments()));
    assertSameBits(trained, Trainer.of(tune()).solve(trained.moments())); // the maps are stored
  }

  @Test
  void anotherRuleAndOtherColumnsNeedNoRows() {
    TrainingResult trained = Trainer.of(tune()).train(Tables.of(ROWS));
    TrainSpec fit = TrainSpec.of(ColumnRoles.of("x1"), Tables.solve(Rule.GCV, 0.1, 1, 10));
    MomentsSet other =
        StoredColumns.choose(trained.moments(), List.of("x1"), List.of("x0", "x2", "y1"));
    TrainingResult solved = Trainer.of(fit).solve(other);
    ColumnRoles columns =
        ColumnRoles.of("x1").withFeatures(List.of("x0", "x2", "y1")).withWeight("w");
    double[] expected =
        Trainer.of(fit.with(columns)).train(Tables.of(ROWS)).target(0).coefficients().toArray();
    assertEquals(List.of("x0", "x2", "y1"), solved.model().model().features());
    assertArrayEquals(expected, solved.target(0).coefficients().toArray(), 1e-12);
  }

  @Test
  void whatNeedsTheRowsIsRefused() {
    MomentsSet stored = Stored.hashed(ROWS, 4);
    String refused =
        "Cannot solve stored moments by leave-one-out, exact residuals or refinements: they read the"
            + " rows";
    SolveSpec plain = Tables.solve(Rule.CV_MIN, 1, 2);
    for (SolveSpec solve :
        List.of(
            Tables.solve(Rule.LOO, 1),
            plain.with(SolveSpec.Residuals.EXACT),
            plain.withRefinements(1))) {
      assertEquals(refused, refusal(tune().with(solve), stored));
    }
    assertEquals(
        "Cannot solve stored moments by the dual: they do not keep the rows",
        refusal(tune().with(plain.with(RidgeSpec.standard().with(SolverKind.DUAL))), stored));
  }

  private static String refusal(TrainSpec spec, MomentsSet moments) {
    return assertThrows(IllegalArgumentException.class, () -> Trainer.of(spec).solve(moments))
        .getMessage();
  }

  @Test
  void otherLabelsThanTheStoredOnesAreRefused() {
    assertEquals(
        "Cannot solve stored moments for \"price\": their labels are \"y0\", \"y1\"; choose among"
            + " their columns first",
        refusal(TrainSpec.fit("price"), Stored.of(ROWS)));
  }

  @Test
  void rulesThatNeedFoldsAreRefusedWithoutThem() {
    String said = refusal(TrainSpec.tune("y0", "y1"), Stored.of(ROWS));
    assertTrue(said.contains("fold"), said);
  }

  /** n is the sum of frequencies, and the rows' number where weights are precisions. */
  @Test
  void weightsCountAsTheMomentsSay() {
    double[] counts = new double[40];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = 1 + i % 3;
    }
    MomentsSet precise = Stored.of(ROWS.withWeights(counts));
    MomentsSet.Columns columns = precise.columns();
    MomentsSet frequent =
        Stored.with(
            precise,
            new MomentsSet.Columns(
                columns.labels(),
                columns.inputs(),
                Optional.of("w"),
                WeightKind.FREQUENCY,
                columns.intercept()));
    TrainSpec spec = TrainSpec.of(ColumnRoles.of("y0", "y1"), Tables.solve(Rule.GCV, 1));
    TrainingResult asRows = Trainer.of(spec).solve(precise);
    TrainingResult asCounts = Trainer.of(spec).solve(frequent);
    assertEquals(WeightKind.FREQUENCY, asCounts.resolved().ridge().weights());
    double df = asRows.target(0).path().df().get(0);
    assertEquals(40 - 1 - df, asRows.target(0).path().residualDf().get(0), 1e-9);
    double sum = precise.moments().total().weightSum();
    assertEquals(sum - 1 - df, asCounts.target(0).path().residualDf().get(0), 1e-9);
  }

  @Test
  void rowsGiveFurtherPassesWithoutBeingSummedAgain() {
    Dataset<Row> table = Tables.of(ROWS);
    MomentsSet stored = Trainer.of(tune()).train(table).moments();
    TrainSpec loo = tune().with(Tables.solve(Rule.LOO, 0.1, 1));
    try (var meter = Journal.silent().meter(table.sparkSession())) {
      TrainingRows rows = TrainingRows.of(loo, () -> table, meter, Journal.silent());
      TrainingResult result = Trainer.of(loo).solve(stored, rows);
      assertTrue(result.target(0).leaveOneOut().isPresent());
      assertEquals(1, meter.dataPasses());
      assertEquals(List.of(), result.errors().residuals(), "no pass has taken a sample");
    }
  }

  @Test
  void mappedFeaturesAreNotScaled() {
    TrainSpec spec = tune().with(MapSearch.of(MapSpec.of(MapKind.RFF, 8)));
    assertEquals(Scaling.MAPPED, spec.solve().tuning().ridge().scaling());
    assertEquals(Scaling.POPULATION, tune().solve().tuning().ridge().scaling());
  }
}

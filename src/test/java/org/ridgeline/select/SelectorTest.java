package org.ridgeline.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.ridgeline.Rows;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.LambdaRange;
import org.ridgeline.ridge.RidgePath;
import org.ridgeline.ridge.RidgeProblem;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.RidgeSystem;
import org.ridgeline.ridge.SolverTable;

class SelectorTest {
  /** Two folds of weight 1 with errors {@code mean +- sd}: the standard error is sd. */
  private static FoldScores scores(double sd, double... means) {
    Vec first = Vec.owning(Arrays.stream(means).map(m -> m - sd).toArray());
    Vec second = Vec.owning(Arrays.stream(means).map(m -> m + sd).toArray());
    return FoldScores.of(List.of(first, second), new double[] {1, 1});
  }

  private static Selector.Result select(Rule rule, LambdaGrid grid, FoldScores scores) {
    return new Selector(rule, Optional.of(scores), Vec.of()).select(grid);
  }

  @Test
  void theSmallestMeanWinsWhateverTheOrder() {
    LambdaGrid grid = LambdaGrid.given(Vec.of(10, 0.1, 1, 100));
    Selection selection = select(Rule.CV_MIN, grid, scores(0, 3, 4, 2, 5)).selection();
    assertEquals(2, selection.chosen());
    assertFalse(selection.atEdge());
  }

  @Test
  void amongEqualsTheLargestLambdaWins() {
    LambdaGrid grid = LambdaGrid.given(Vec.of(10, 0.1, 100, 1));
    assertEquals(0, select(Rule.CV_MIN, grid, scores(0, 2, 2, 3, 2)).selection().chosen());
  }

  @Test
  void oneStandardErrorTakesTheLargestLambdaWithinIt() {
    LambdaGrid grid = LambdaGrid.given(Vec.of(0.1, 1, 10, 100, 1000));
    // standard error of folds m - 1 and m + 1: sqrt (2 / (2 - 1) / 2) = 1; the limit is reached
    Selection selection = select(Rule.CV_1SE, grid, scores(1, 4, 3, 3.5, 4, 4.5)).selection();
    assertEquals(1, selection.minimum().getAsInt());
    assertEquals(3, selection.oneStandardError().getAsInt());
    assertEquals(3, selection.chosen());
    assertFalse(selection.atEdge());
  }

  @Test
  void withoutSpreadOneStandardErrorIsTheMinimum() {
    LambdaGrid grid = LambdaGrid.given(Vec.of(0.1, 1, 10));
    assertEquals(1, select(Rule.CV_1SE, grid, scores(0, 4, 3, 3.5)).selection().chosen());
  }

  @Test
  void aMinimumAtTheEdgeOfAGivenGridIsSaid() {
    LambdaGrid grid = LambdaGrid.given(Vec.of(0.1, 1, 10));
    assertTrue(select(Rule.CV_MIN, grid, scores(0, 2, 3, 4)).selection().atEdge());
    assertTrue(select(Rule.CV_MIN, grid, scores(0, 4, 3, 2)).selection().atEdge());
    // the chosen lambda is at the edge, the minimum is not
    assertFalse(select(Rule.CV_1SE, grid, scores(1, 4, 2, 2.5)).selection().atEdge());
    LambdaGrid two = LambdaGrid.given(Vec.of(0.1, 1));
    assertFalse(select(Rule.CV_MIN, two, scores(0, 2, 3)).selection().atEdge());
  }

  @Test
  void undefinedScoresNeverWin() {
    LambdaGrid grid = LambdaGrid.given(Vec.of(0.1, 1, 10));
    Selector selector = new Selector(Rule.GCV, Optional.empty(), Vec.of(Double.NaN, 3, Double.NaN));
    assertEquals(1, selector.select(grid).selection().chosen());
    Selector none =
        new Selector(Rule.GCV, Optional.empty(), Vec.of(Double.NaN, Double.NaN, Double.NaN));
    assertEquals(1, none.select(grid).selection().chosen()); // the middle stands in
  }

  private static Selector.Result automatic(DoubleUnaryOperator error) {
    LambdaGrid grid = LambdaGrid.automatic(new LambdaRange(1e-9, 1e-2, 1e2));
    double[] means = Arrays.stream(grid.lambdas().toArray()).map(error).toArray();
    return select(Rule.CV_MIN, grid, scores(0, means));
  }

  @Test
  void theGridExtendsItselfToAnOptimumBeyondItsEdge() {
    Selector.Result inside = automatic(l -> Math.abs(Math.log(l)));
    assertEquals(100, inside.grid().size());
    Selector.Result above = automatic(l -> Math.abs(Math.log(l / 300)));
    assertEquals(120, above.grid().size());
    assertFalse(above.selection().atEdge());
    assertEquals(300, lambda(above), 30);
    Selector.Result below = automatic(l -> Math.abs(Math.log(l / 5e-3)));
    assertEquals(110, below.grid().size());
    assertFalse(below.selection().atEdge());
    assertEquals(5e-3, lambda(below), 5e-4);
  }

  @Test
  void anOptimumBeyondEveryExtensionIsSaid() {
    Selector.Result above = automatic(l -> 1 / l);
    assertEquals(150, above.grid().size());
    assertTrue(above.selection().atEdge());
    Selector.Result below = automatic(l -> l);
    assertEquals(150, below.grid().size());
    assertTrue(below.selection().atEdge());
  }

  private static double lambda(Selector.Result result) {
    return result.grid().lambdas().get(result.selection().chosen());
  }

  @Test
  void anAutomaticGridSpansTheDegreesOfFreedom() {
    Rows rows = Rows.normal(221, 50, 6, 1);
    RidgeProblem problem = RidgeProblem.of(rows.moments(), RidgeSpec.standard());
    RidgeSystem system = SolverTable.solver(problem, 100, Double.MAX_VALUE);
    LambdaGrid grid = LambdaGrid.automatic(system.range());
    assertEquals(100, grid.size());
    assertEquals(200, grid.lambdas().size());
    RidgePath path = system.paths(List.of(grid.lambdas())).get(0);
    assertEquals(6 - 0.05, path.df().get(grid.from()), 0.01);
    assertEquals(0.05, path.df().get(grid.to() - 1), 0.01);
    double step = grid.lambdas().get(1) / grid.lambdas().get(0);
    for (int l = 1; l < 200; l++) {
      assertEquals(step, grid.lambdas().get(l) / grid.lambdas().get(l - 1), 1e-9 * step);
    }
  }

  @Test
  void noSparePointLiesBelowTheFloor() {
    LambdaGrid grid = LambdaGrid.automatic(new LambdaRange(1e-3, 1e-2, 1e2));
    assertTrue(grid.from() > 0 && grid.from() < 50);
    assertTrue(grid.lambdas().get(0) >= 1e-3);
    assertEquals(0, LambdaGrid.automatic(new LambdaRange(1e-2, 1e-2, 1e2)).from());
  }

  @Test
  void nonsenseIsRefused() {
    assertEquals(
        "Cannot show lambdas 2 to 2 of 3", refusal(() -> new LambdaGrid(Vec.of(1, 2, 3), 2, 2)));
    assertEquals(
        "Cannot make a lambda range: 0 < floor <= low < high is needed, got 2.0, 1.0, 3.0",
        refusal(() -> new LambdaRange(2, 1, 3)));
    assertEquals(
        "Cannot score 1 folds with 1 positive weights: at least 2 folds are needed",
        refusal(() -> FoldScores.of(List.of(Vec.of(1)), new double[] {1})));
  }

  private static String refusal(Runnable action) {
    return assertThrows(IllegalArgumentException.class, action::run).getMessage();
  }
}

package org.ridgeline.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.Moments;
import org.ridgeline.ridge.EigenSystem;
import org.ridgeline.ridge.RidgeProblem;

class RareRowTest {
  /** By adding the row: the sum of squares of n rows grows by (10 b s)^2. */
  @Test
  void isTheSquareOfTheErrorOfOneRowAmongN() throws IOException {
    ForecastCase of = ForecastCase.all().get(0);
    Moments all = of.moments().total();
    Matrix b =
        EigenSystem.of(RidgeProblem.of(all, of.spec()))
            .solve(List.of(Vec.of(of.forecast().bestLambda())))
            .get(0)
            .matrix();
    double most = 0;
    int worst = 0;
    for (int j = 0; j < all.inputs(); j++) {
      double sd = Math.sqrt(all.squares(j) / all.weightSum());
      double error = Math.pow(10 * sd * b.get(j, 0), 2);
      worst = error > most ? j : worst;
      most = Math.max(most, error);
    }
    RareRow found = RareRow.of(of.forecast(), b, all, names(all)).orElseThrow();
    double sum = all.rows() * of.forecast().now().mse();
    assertEquals((sum + most) / sum - 1, found.share(), 1e-12);
    assertEquals("x" + worst, found.column());
    Map<Integer, String> others = names(all);
    others.remove(worst);
    assertTrue(RareRow.of(of.forecast(), b, all, others).orElseThrow().share() < found.share());
  }

  private static Map<Integer, String> names(Moments all) {
    Map<Integer, String> names = new TreeMap<>();
    for (int j = 0; j < all.inputs(); j++) {
      names.put(j, "x" + j);
    }
    return names;
  }

  @Test
  void isNothingWithoutAMeasuredColumn() throws IOException {
    ForecastCase of = ForecastCase.all().get(0);
    Moments all = of.moments().total();
    assertEquals(
        Optional.empty(), RareRow.of(of.forecast(), Matrix.zeros(all.inputs(), 1), all, Map.of()));
  }
}

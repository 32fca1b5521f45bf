package org.ridgeline.ridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ridgeline.Rows;
import org.ridgeline.base.SingularException;
import org.ridgeline.linalg.Vec;

class CholeskySystemTest extends RidgeSystemContract {
  @Override
  RidgeSystem system(RidgeProblem problem) {
    return CholeskySystem.of(problem);
  }

  @Test
  void itIsCholesky() {
    assertEquals(SolverKind.CHOLESKY, system(Rows.normal(1, 9, 2, 1), plain()).kind());
  }

  @Test
  void unscaledColumnsOfSixteenDecadesEqualTheTextbook() {
    Rows rows =
        Rows.normal(91, 25, 5, 1)
            .mapInput(0, v -> 1e-8 * v)
            .mapInput(1, v -> 1e8 * v)
            .mapInput(3, v -> 1e4 * v)
            .mapInput(4, v -> 1e-4 * v);
    check(rows, plain(), 0, 1e-14, 1, 1e10);
    check(rows.withRandomWeights(92), spec(Intercept.NONE, Scaling.NONE), 0, 1e-14, 1, 1e10);
  }

  @Test
  void collinearColumnsAreRefusedNamingALambdaThatWorks() {
    Rows rows = Rows.normal(93, 30, 3, 1).selectInputs(0, 1, 2, 1);
    RidgeSystem system = system(rows, RidgeSpec.standard());
    SingularException refusal =
        assertThrows(SingularException.class, () -> system.solve(List.of(Vec.of(0))));
    String start =
        "Cannot solve at lambda = 0.0 to useful digits by Cholesky: the columns are nearly"
            + " collinear; use lambda >= ";
    assertTrue(refusal.getMessage().startsWith(start), refusal.getMessage());
    String rest = refusal.getMessage().substring(start.length());
    double works = Double.parseDouble(rest.substring(0, rest.indexOf(',')));
    check(works, system);
    check(system.range().floor(), system);
  }

  private static void check(double lambda, RidgeSystem system) {
    double[] b = system.solve(List.of(Vec.of(lambda))).get(0).matrix().columnCopy(0);
    assertEquals(b[1], b[3], 2e-3 * Math.abs(b[1]), "three digits");
  }
}

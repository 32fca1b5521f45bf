package org.ridgeline.select;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.ridgeline.Rows;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.Intercept;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.Scaling;
import org.ridgeline.ridge.SolverKind;

/** An automatic grid must be solvable on any data, in every fold, and give numbers everywhere. */
class TuningFuzzTest {
  private static final int PROBLEMS = 500;

  @Test
  void anAutomaticGridIsNeverRefused() {
    for (long seed = 1; seed <= PROBLEMS; seed++) {
      Random random = new Random(seed);
      Rows rows = rows(random, seed);
      int k = 2 + random.nextInt(4);
      RidgeSpec spec = spec(random);
      int[] folds = random.ints(rows.size(), 0, k).toArray();
      for (int f = 0; f < k; f++) {
        folds[f] = f; // no fold may be empty
      }
      String what =
          "seed %d: n %d d %d k %d %s".formatted(seed, rows.size(), rows.inputs(), k, spec);
      try {
        check(rows, k, i -> folds[i], spec, what);
      } catch (RuntimeException refused) {
        throw new AssertionError(what + ": " + refused.getMessage(), refused);
      }
    }
  }

  private static RidgeSpec spec(Random random) {
    SolverKind[] solvers = {
      SolverKind.AUTO, SolverKind.AUTO, SolverKind.EIGEN, SolverKind.CHOLESKY
    };
    return new RidgeSpec(
        random.nextBoolean() ? Intercept.NONE : Intercept.FREE,
        random.nextBoolean() ? Scaling.NONE : Scaling.POPULATION,
        solvers[random.nextInt(4)]);
  }

  /** Small rows with everything that makes a system singular or badly scaled. */
  private static Rows rows(Random random, long seed) {
    int n = 5 + random.nextInt(25);
    int d = 1 + random.nextInt(12);
    Rows rows = Rows.normal(seed, n, d, 1 + random.nextInt(2));
    for (int j = 0; j < d; j++) {
      double unit = Math.pow(10, random.nextInt(17) - 8);
      double offset = random.nextBoolean() ? 0 : Math.pow(10, random.nextInt(9));
      int kind = random.nextInt(6);
      int lonely = random.nextInt(n);
      double only = rows.x(lonely, j);
      rows =
          switch (kind) {
            case 0 -> rows.mapInput(j, v -> unit * v);
            case 1 -> rows.mapInput(j, v -> unit * (offset + v));
            case 2 -> rows.mapInput(j, v -> offset); // constant
            case 3 -> rows.mapInput(j, v -> v == only ? unit : 0); // constant outside one fold
            case 4 -> rows.mapInput(j, v -> Math.rint(v)); // few values
            default -> rows;
          };
    }
    if (random.nextBoolean()) {
      int from = random.nextInt(d);
      int to = random.nextInt(d);
      int[] inputs = new int[d];
      for (int j = 0; j < d; j++) {
        inputs[j] = j == to ? from : j; // a duplicate
      }
      rows = rows.selectInputs(inputs);
      double odd = rows.x(random.nextInt(n), to);
      if (random.nextBoolean()) {
        rows = rows.mapInput(to, v -> v == odd ? v + 1 : v); // collinear in all folds but one
      }
    }
    return random.nextBoolean() ? rows.withRandomWeights(seed) : rows;
  }

  private static void check(Rows rows, int k, IntUnaryOperator folds, RidgeSpec spec, String what) {
    TuningSpec tuning = new TuningSpec(spec, LambdaRequest.automatic(), Rule.CV_1SE);
    TuningResult tuned = Tuning.run(rows.folded(k, folds), tuning, FoldExecutor.inParallel(1));
    for (TargetTuning target : tuned.targets()) {
      finite(target.grid().lambdas(), what + " lambda");
      finite(target.path().df(), what + " df");
      finite(target.path().residualDf(), what + " residual df");
      finite(target.path().rss(), what + " rss");
      finite(target.path().coefficients().intercepts(), what + " intercept");
      finite(Vec.of(target.path().coefficients().matrix().data()), what + " coefficient");
      finite(Vec.of(target.scores().orElseThrow().sumSquares().data()), what + " fold error");
      for (int l = 0; l < target.grid().lambdas().size(); l++) {
        boolean undefined = target.path().residualDf().get(l) == 0 || target.path().isLost(l);
        assertTrue(
            undefined || Double.isFinite(target.criteria().gcv().get(l)), what + " gcv " + l);
      }
    }
  }

  private static void finite(Vec values, String what) {
    for (double value : values.toArray()) {
      assertTrue(Double.isFinite(value), what + " is " + value);
    }
  }
}

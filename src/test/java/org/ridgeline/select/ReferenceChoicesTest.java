package org.ridgeline.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.ridge.SolverKind;

/**
 * Leave-one-out errors and refined lambdas of the reference cases. The files' optima are themselves
 * good to about 1e-6 relative.
 */
class ReferenceChoicesTest {
  private static final double OPTIMUM = 1e-6;

  /** 100 times what a plain double-precision solver reaches, where it is more than 1e-8. */
  private static final Map<String, Double> LOO =
      Map.of("p06", 2e-5, "p07", 1e-4, "p08", 8e-4, "p12", 1e-8);

  @TestFactory
  List<DynamicTest> leaveOneOutErrorsAreReached() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (ReferenceCase reference : ReferenceCase.all()) {
      if (reference.isPlainRidge()) {
        tests.add(dynamicTest(reference.name(), () -> checkLoo(reference)));
      }
    }
    return tests;
  }

  private static void checkLoo(ReferenceCase reference) {
    JsonNode path = reference.expected().get("path");
    int targets = path.get(0).get("targets").size();
    Vec lambdas = Vec.of(reference.lambdas());
    List<LeaveOneOut> results =
        LeaveOneOutByBlocks.of(
            reference.rows(),
            reference.spec(SolverKind.EIGEN),
            Collections.nCopies(targets, lambdas));
    double tolerance = LOO.getOrDefault(reference.name().substring(0, 3), 1e-8);
    for (int l = 0; l < lambdas.size(); l++) {
      JsonNode step = path.get(l);
      for (int t = 0; t < targets; t++) {
        String at = reference.name() + " lambda " + lambdas.get(l) + " target " + t;
        JsonNode expected = step.get("targets").get(t).path("loo_mse");
        if (expected.isNumber()) {
          double value = expected.asDouble();
          assertEquals(value, results.get(t).meanSquare().get(l), tolerance * value, at);
        }
        if (step.path("leverage_max").isNumber()) {
          assertEquals(
              step.get("leverage_max").asDouble(), results.get(t).maxLeverage().get(l), 1e-6, at);
        }
      }
    }
  }

  @TestFactory
  List<DynamicTest> refinedLambdasAreTheContinuousOptima() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (ReferenceCase reference : ReferenceCase.all()) {
      JsonNode optima = reference.expected().at("/continuous_optima/per_target");
      for (int t = 0; t < optima.size(); t++) {
        int target = t;
        check(tests, reference, t, Rule.GCV, optima.get(target).path("gcv_min"));
        check(
            tests,
            reference,
            t,
            Rule.EVIDENCE,
            optima.get(target).path("evidence_max_N_is_n_minus_intercept"));
      }
    }
    return tests;
  }

  private static void check(
      List<DynamicTest> tests, ReferenceCase reference, int target, Rule rule, JsonNode expected) {
    if (!expected.path("lambda").isNumber()) {
      return;
    }
    String name = reference.name() + " " + rule.label() + " of target " + target;
    tests.add(
        dynamicTest(
            name,
            () -> {
              FoldedMoments all =
                  FoldedMoments.of(
                      List.of("0"), List.of(reference.moments(SolverKind.EIGEN).total()));
              TuningSpec spec =
                  new TuningSpec(
                      reference.spec(SolverKind.EIGEN),
                      LambdaRequest.automatic(),
                      rule,
                      TuningSpec.Search.REFINED);
              TargetTuning tuned = Tuning.run(all, spec, FoldExecutor.inParallel(1)).target(target);
              double lambda = expected.get("lambda").asDouble();
              assertEquals(lambda, tuned.lambda(), OPTIMUM * lambda, name);
              int chosen = tuned.selection().chosen();
              double value = expected.get("value").asDouble();
              double actual =
                  rule == Rule.GCV
                      ? tuned.criteria().gcv().get(chosen)
                      : tuned.criteria().logEvidence().get(chosen);
              assertEquals(value, actual, 1e-9 * Math.abs(value), name);
            }));
  }
}

package org.ridgeline.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final double NONE = Double.POSITIVE_INFINITY;

  @Test
  void helpsWhereTheWholeBandIsAGain() {
    assertEquals(
        new Verdict(
            Verdict.Kind.HELP,
            "More rows will help: 10 times as many lower the MSE by about 20 % (90 % band 10 % to"
                + " 29 %)."),
        verdict(0.8, 0.71, 0.9, 0.75, false));
  }

  @Test
  void mayHelpWhereTheBandHasNoGain() {
    assertEquals(Verdict.Kind.MAY_HELP, verdict(0.95, 0.85, 1.02, 0.9, false).kind());
  }

  @Test
  void hardlyHelpsBelowTwoPercent() {
    assertEquals(
        new Verdict(
            Verdict.Kind.HARDLY_HELP,
            "More rows hardly help: 10 times as many lower the MSE by about 2 %."),
        verdict(0.985, 0.95, 1.03, 0.97, false));
  }

  @Test
  void isAtTheFloorWhereNoNumberHelps() {
    Verdict floor = verdict(0.995, 0.95, 1.03, 0.99, false);
    assertEquals(Verdict.Kind.FLOOR, floor.kind());
    assertTrue(floor.sentence().startsWith("More rows do not help"), floor.sentence());
  }

  @Test
  void anUpperBoundThatShowsAGainIsOne() {
    assertEquals(
        "More rows will help: 10 times as many lower the MSE by at least 15 %, how much more cannot"
            + " be seen from so few rows.",
        verdict(0.75, 0, 0.85, 0.7, true).sentence());
  }

  @Test
  void anUpperBoundWithoutAGainSaysNothing() {
    assertEquals(Verdict.Kind.UNKNOWN, verdict(0.95, 0, 1.1, 0.9, true).kind());
  }

  @Test
  void isRoughWhereCrossValidationContradictsTheory() {
    Verdict rough =
        Verdict.of(foretold(0.8, 0.7, 0.9, false), foretold(0.7, 0.6, 0.8, false), 0.11);
    assertTrue(rough.sentence().contains(" Treat this as rough: "), rough.sentence());
  }

  private static Verdict verdict(
      double ratio, double low, double high, double limit, boolean atMost) {
    return Verdict.of(foretold(ratio, low, high, atMost), foretold(limit, low, high, atMost), 0.05);
  }

  private static Foretold foretold(double ratio, double low, double high, boolean atMost) {
    return new Foretold(NONE, ratio, new Band(low, high), ratio, new Band(low, high), atMost);
  }
}

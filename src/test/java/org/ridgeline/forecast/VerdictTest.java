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
            "More rows will help: 10 times as many lower the mean squared error by about 20 % (90 %"
                + " band 9.0 % to 29 %)."),
        verdict(0.8, 0.71, 0.91, 0.75, false));
  }

  @Test
  void cannotTellWhereTheBandHasNoGainAndOneWorthHaving() {
    assertEquals(
        new Verdict(
            Verdict.Kind.CANNOT_TELL,
            "Cannot tell whether more rows help: 10 times as many may lower the mean squared error"
                + " by 15 % or not at all (90 % band)."),
        verdict(0.95, 0.85, 1.02, 0.9, false));
  }

  @Test
  void hardlyHelpsWhereTheBandExcludesAGainWorthHaving() {
    assertEquals(
        new Verdict(
            Verdict.Kind.HARDLY_HELP,
            "More rows of the same kind hardly help: 10 times as many lower the mean squared error"
                + " by about 1.5 %, by no more than 5.0 % (90 % band)."),
        verdict(0.985, 0.95, 1.03, 0.97, false));
  }

  @Test
  void isAtTheFloorWhereNoNumberHelps() {
    assertEquals(
        new Verdict(
            Verdict.Kind.FLOOR,
            "More rows of the same kind do not help: without limit to them the mean squared error"
                + " is lower by about 1.0 %, by no more than 5.0 % (90 % band). Other or more"
                + " features are needed."),
        verdict(0.995, 0.95, 1.03, 0.99, false));
  }

  @Test
  void isNotAtTheFloorByItsMiddleAlone() {
    assertEquals(Verdict.Kind.CANNOT_TELL, verdict(0.995, 0.89, 1.12, 0.99, false).kind());
  }

  @Test
  void hardlyHelpsOnlyWhereLittleIsForetold() {
    assertEquals(Verdict.Kind.CANNOT_TELL, verdict(0.975, 0.92, 1.03, 0.97, false).kind());
  }

  @Test
  void anUpperBoundThatShowsAGainIsOne() {
    assertEquals(
        "More rows will help: 10 times as many lower the mean squared error by at least 15 %, how"
            + " much more cannot be told from these rows.",
        verdict(0.75, 0, 0.85, 0.7, true).sentence());
  }

  @Test
  void anUpperBoundWithoutAGainSaysNothing() {
    assertEquals(
        new Verdict(
            Verdict.Kind.CANNOT_TELL,
            "Cannot tell whether more rows help: the forecast is an upper bound only, since smaller"
                + " lambdas than these rows can judge may be better."),
        verdict(0.99, 0, 1.1, 0.99, true));
  }

  @Test
  void anUpperBoundOfTheLimitIsNoFloor() {
    Foretold ahead = foretold(0.99, 0.95, 1.03, false);
    Verdict found = Verdict.of(ahead, foretold(0.99, 0, 1.03, true), 0, 0);
    assertEquals(Verdict.Kind.HARDLY_HELP, found.kind());
  }

  @Test
  void isRoughWhereCrossValidationContradictsTheory() {
    Verdict rough =
        Verdict.of(foretold(0.8, 0.7, 0.9, false), foretold(0.7, 0.6, 0.8, false), 0.11, 0);
    assertEquals(Verdict.Kind.HELP, rough.kind());
    assertTrue(rough.sentence().contains(" Treat this as rough: "), rough.sentence());
  }

  @Test
  void isAtNoFloorWhereCrossValidationContradictsTheory() {
    Foretold little = foretold(0.995, 0.95, 1.03, false);
    assertEquals(Verdict.Kind.CANNOT_TELL, Verdict.of(little, little, -0.11, 0).kind());
  }

  @Test
  void isAtNoFloorThatARareRowWouldRaise() {
    Foretold little = foretold(0.995, 0.95, 1.03, false);
    assertEquals(
        new Verdict(
            Verdict.Kind.CANNOT_TELL,
            "Cannot tell whether more rows help: 10 times as many of the same kind lower the mean"
                + " squared error by about 0.5 %, but if one new row in as many as these had a"
                + " value wrong by 10 standard deviations, that would add 12 %, and no such row may"
                + " have been seen yet."),
        Verdict.of(little, little, 0.05, 0.12));
  }

  @Test
  void aHugeShareIsSaidInWords() {
    Foretold little = foretold(0.995, 0.95, 1.03, false);
    String sentence = Verdict.of(little, little, 0.05, 6265).sentence();
    assertTrue(sentence.contains("that would add many times that error, and no"), sentence);
  }

  @Test
  void aRareRowLeavesRowsThatHelp() {
    Foretold much = foretold(0.8, 0.7, 0.9, false);
    assertEquals(Verdict.Kind.HELP, Verdict.of(much, much, 0, 7).kind());
  }

  private static Verdict verdict(
      double ratio, double low, double high, double limit, boolean atMost) {
    return Verdict.of(
        foretold(ratio, low, high, atMost), foretold(limit, low, high, atMost), 0.05, 0.1);
  }

  private static Foretold foretold(double ratio, double low, double high, boolean atMost) {
    return new Foretold(NONE, ratio, new Band(low, high), ratio, new Band(low, high), atMost);
  }
}

package org.ridgeline.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ridgeline.forecast.TargetForecast.Bottleneck;

class BottleneckTest {
  @Test
  void isOfRowsWhereTheirWholeBandBringsMore() {
    assertEquals(Bottleneck.ROWS, of(Verdict.Kind.HELP, 0.9, 0.5, 0.8));
  }

  @Test
  void isOfFeaturesWhereTheirLeastIsMoreThanTheMostOfRows() {
    assertEquals(Bottleneck.FEATURES, of(Verdict.Kind.HARDLY_HELP, 0.8, 0.9, 1.02));
  }

  @Test
  void isUnclearWhereTheBandOfTheRowsHasBoth() {
    assertEquals(Bottleneck.UNCLEAR, of(Verdict.Kind.HELP, 0.9, 0.7, 0.95));
  }

  @Test
  void isUnclearWhereItCannotBeToldWhetherRowsHelp() {
    assertEquals(Bottleneck.UNCLEAR, of(Verdict.Kind.CANNOT_TELL, 0.99, 0.8, 0.98));
  }

  private static Bottleneck of(Verdict.Kind kind, double features, double low, double high) {
    Band band = new Band(low, high);
    Foretold floor = new Foretold(Double.POSITIVE_INFINITY, low, band, low, band, false);
    WiderMaps.Point wider = new WiderMaps.Point(Double.POSITIVE_INFINITY, features, features);
    return new TargetForecast(
            "y",
            floor,
            List.of(floor),
            List.of(),
            new SameLambda(1, List.of(), List.of(), false),
            Optional.empty(),
            Optional.of(new WiderMaps(10, 0.5, List.of(wider))),
            new TargetForecast.Facts(
                1, 1, 0, 0, Optional.empty(), Optional.empty(), Optional.empty()),
            new Verdict(kind, ""))
        .bottleneck();
  }
}

package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What does not go with a way of validating. */
@Tag("spark")
class ValidationRefusalsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--cv forward|Cannot use --cv forward without --fold-col: it needs blocks of rows in order,"
            + " which are the values of that column, ascending",
        "--cv purged --group-col Year|Cannot use --cv purged without --fold-col: it needs blocks of"
            + " rows in order, which are the values of that column, ascending",
        "--gap 1|Cannot use --gap with --cv kfold: it is for --cv forward or --cv purged",
        "--cv purged --fold-col Year --window 2|Cannot use --window with --cv purged: it is for --cv"
            + " forward",
        "--cv forward --fold-col Year --repeats 3|Cannot use --repeats with --cv forward: it is for"
            + " --cv repeated",
        "--nested --select gcv|Cannot use --nested with the choice by gcv: it measures a choice of"
            + " lambda by folds; use --select cv-min or cv-1se",
        "--nested --lambda 3|Cannot use --nested with --lambda or --df: one lambda leaves nothing to"
            + " choose; give --lambdas",
        "--forecast --target-rmse banana|Cannot read --target-rmse: 'banana' is not a number",
        "--forecast --target-rmse -1|Cannot read --target-rmse '-1': it must be a positive number",
        "--cv repeated --exact-residuals|Cannot measure exact residuals of repeated or nested"
            + " validation: the pass scores every row by one model of all lambdas",
        "--cv forward --fold-col Year --gap 14|Cannot validate forward: 16 blocks in order have one"
            + " with a block before a gap of 14 to train on, and at least 2 must be scored; a gap of 13 at most is possible, with a"
            + " window of 1 or none",
        "--cv forward --fold-col Year --window 0|Cannot read --window '0': it must be a whole number of"
            + " at least 1"
      })
  void whatDoesNotGoTogetherIsRefused(String words) {
    String[] parts = words.split("\\|");
    List<String> all =
        new ArrayList<>(
            List.of("tune", "--input", CliRun.SAMPLES.resolve("longley.csv").toString()));
    all.addAll(List.of("--label", "Employed"));
    all.addAll(List.of(parts[0].split(" ")));
    CliRun done = CliRun.of(all.toArray(String[]::new));
    assertEquals(2, done.code(), done.err());
    assertEquals(parts[1], done.error());
  }
}

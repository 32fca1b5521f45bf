package org.ridgeline.cli;

import java.util.List;
import java.util.OptionalInt;
import org.ridgeline.base.Check;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.select.Rule;
import org.ridgeline.select.SplitRule;
import org.ridgeline.select.Validation;

/** The options that say which rows are held out, as a {@link Validation}. */
final class ValidationOptions {
  /** More than a run can have blocks, and small enough to multiply. */
  private static final int MOST = 100_000;

  private static final List<Setting> ALL =
      List.of(Setting.CV, Setting.GAP, Setting.WINDOW, Setting.REPEATS, Setting.NESTED);

  private ValidationOptions() {}

  /** Whether any of these options was given. */
  static boolean areGiven(Settings settings) {
    return ALL.stream().anyMatch(settings::isGiven);
  }

  /** Whether blocks of rows are dealt into folds in several ways. */
  static boolean areRepeated(Settings settings) {
    return kind(settings) == SplitRule.Kind.REPEATED;
  }

  /**
   * Returns how to validate rows that are read.
   *
   * @param rule how lambda is chosen
   */
  static Validation of(Settings settings, Rule rule) {
    Check.that(
        kind(settings) == SplitRule.Kind.KFOLD
            || areRepeated(settings)
            || settings.text(Setting.FOLD_COL).isPresent(),
        "Cannot use --cv %s without --fold-col: it needs blocks of rows in order, which are the"
            + " values of that column, ascending",
        settings.required(Setting.CV));
    return of(settings, rule, settings.whole(Setting.SEED, Long.MIN_VALUE));
  }

  /** Returns how to validate rows whose moments were stored by this rule. */
  static Validation ofStored(Settings settings, Rule rule, FoldRule stored) {
    SplitRule.Kind kind = kind(settings);
    Check.that(
        kind == SplitRule.Kind.REPEATED || !settings.isGiven(Setting.FOLDS),
        "Cannot use --folds with stored moments: their folds were made when the rows were read;"
            + " only --cv repeated deals them anew");
    Check.that(
        kind == SplitRule.Kind.KFOLD
            || kind == SplitRule.Kind.REPEATED
            || stored.kind() == FoldRule.Kind.COLUMN,
        "Cannot use --cv %s with these moments: it needs blocks of rows in order, and their folds are"
            + " not the values of a column; write them with --fold-col",
        settings.required(Setting.CV));
    return of(settings, rule, stored.seed());
  }

  private static Validation of(Settings settings, Rule rule, long seed) {
    SplitRule.Kind kind = kind(settings);
    boolean ordered = kind == SplitRule.Kind.FORWARD || kind == SplitRule.Kind.PURGED;
    requireOnly(settings, Setting.GAP, ordered, "forward or --cv purged");
    requireOnly(settings, Setting.WINDOW, kind == SplitRule.Kind.FORWARD, "forward");
    requireOnly(settings, Setting.REPEATS, kind == SplitRule.Kind.REPEATED, "repeated");
    SplitRule splits =
        switch (kind) {
          case KFOLD -> new SplitRule.KFold();
          case FORWARD -> new SplitRule.Forward(gap(settings, 0), window(settings));
          case PURGED -> new SplitRule.Purged(gap(settings, 1));
          case REPEATED ->
              new SplitRule.Repeated(
                  size(settings, Setting.REPEATS, 1), size(settings, Setting.FOLDS, 2), seed);
        };
    Validation validation = new Validation(splits, Validation.Tuned.NO);
    if (!settings.isSet(Setting.NESTED)) {
      return validation;
    }
    Check.that(
        rule != Rule.GIVEN,
        "Cannot use --nested with --lambda or --df: one lambda leaves nothing to choose; give"
            + " --lambdas");
    Check.that(
        rule.needsFolds(),
        "Cannot use --nested with the choice by %s: it measures a choice of lambda by folds; use"
            + " --select cv-min or cv-1se",
        rule.label());
    return validation.nested();
  }

  private static SplitRule.Kind kind(Settings settings) {
    return settings.choice(Setting.CV, SplitRule.Kind.class);
  }

  private static void requireOnly(Settings settings, Setting setting, boolean fits, String kinds) {
    Check.that(
        fits || !settings.isGiven(setting),
        "Cannot use %s with --cv %s: it is for --cv %s",
        setting.flag(),
        settings.required(Setting.CV),
        kinds);
  }

  private static int gap(Settings settings, int preset) {
    return settings.isGiven(Setting.GAP) ? size(settings, Setting.GAP, 0) : preset;
  }

  private static OptionalInt window(Settings settings) {
    return settings.isGiven(Setting.WINDOW)
        ? OptionalInt.of(size(settings, Setting.WINDOW, 1))
        : OptionalInt.empty();
  }

  private static int size(Settings settings, Setting setting, int least) {
    return (int) Math.min(MOST, settings.whole(setting, least));
  }
}

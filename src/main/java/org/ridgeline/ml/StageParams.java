package org.ridgeline.ml;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.ridgeline.base.Check;
import org.ridgeline.base.Words;
import org.ridgeline.dataset.ColumnRoles;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.ridge.Intercept;
import org.ridgeline.ridge.LambdaConvention;
import org.ridgeline.select.LambdaRequest;
import org.ridgeline.select.Rule;
import org.ridgeline.select.SplitRule;
import org.ridgeline.select.Validation;

/** Parameters of stages as the checked values that the core works with. */
final class StageParams {
  private StageParams() {}

  /** Sets the defaults that estimators and models share. */
  static void setDefaults(HasPenalty<?> stage) {
    stage.setDefault(stage.featuresCol(), "features");
    stage.setDefault(stage.labelCol(), "label");
    stage.setDefault(stage.predictionCol(), "prediction");
    stage.setDefault(stage.fitIntercept(), true);
    stage.setDefault(stage.standardization(), true);
  }

  /** Sets the defaults of estimators. */
  static void setDefaults(HasFurtherPasses<?> stage) {
    setDefaults((HasPenalty<?>) stage);
    stage.setDefault(stage.penalty(), new String[0]);
    stage.setDefault(stage.prior(), "");
    stage.setDefault(stage.exactResiduals(), false);
    stage.setDefault(stage.refinements(), 0);
  }

  /** Returns which column is what. */
  static ColumnRoles columns(HasPenalty<?> stage, FoldRule folds) {
    return new ColumnRoles(
        List.of(stage.getLabelCol()),
        List.of(stage.getFeaturesCol()),
        List.of(),
        weight(stage),
        folds,
        stage.getFitIntercept() ? Intercept.FREE : Intercept.NONE);
  }

  /** Returns the weight column, if there is one. */
  static Optional<String> weight(HasColumns<?> stage) {
    return Optional.of(stage.getWeightCol()).filter(name -> !name.isEmpty());
  }

  /** Returns the rule of a stage. */
  static Rule rule(HasSelection<?> stage) {
    return Rule.valueOf(stage.getSelect().toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** Returns the lambdas to choose from. */
  static LambdaRequest lambdas(HasSelection<?> stage) {
    return stage.isDefined(stage.lambdas())
        ? LambdaRequest.of(LambdaConvention.SUM, stage.getLambdas())
        : LambdaRequest.automatic();
  }

  /**
   * Returns the folds that the parameters of a stage state; without a column, by the rows' content.
   */
  static FoldRule folds(HasFolds<?> stage) {
    String fold = stage.getFoldCol();
    String group = stage.getGroupCol();
    Check.that(
        fold.isEmpty() || group.isEmpty(),
        "Cannot make folds: foldCol '%s' gives them, so groupCol '%s' has no place",
        fold,
        group);
    if (!fold.isEmpty()) {
      return FoldRule.byColumn(fold);
    }
    boolean repeated = kind(stage) == SplitRule.Kind.REPEATED;
    int folds =
        repeated ? Math.multiplyExact(SplitRule.FINE, stage.getNumFolds()) : stage.getNumFolds();
    return group.isEmpty()
        ? FoldRule.hashed(folds, stage.getSeed())
        : FoldRule.hashedBy(group, folds, stage.getSeed());
  }

  /** Returns which rows are held out. */
  static Validation validation(HasFolds<?> stage) {
    SplitRule.Kind kind = kind(stage);
    boolean ordered = kind == SplitRule.Kind.FORWARD || kind == SplitRule.Kind.PURGED;
    Check.that(
        !ordered || !stage.getFoldCol().isEmpty(),
        "Cannot validate with cv '%s': it needs blocks of rows in order, the values of foldCol",
        stage.getCv());
    Check.that(
        ordered || stage.getGap() == 0,
        "Cannot use gap with cv '%s': it has no gap",
        stage.getCv());
    Check.that(
        kind == SplitRule.Kind.FORWARD || stage.getWindow() == 0,
        "Cannot use window with cv '%s': it has no window",
        stage.getCv());
    int window = stage.getWindow();
    SplitRule rule =
        switch (kind) {
          case KFOLD -> new SplitRule.KFold();
          case FORWARD ->
              new SplitRule.Forward(
                  stage.getGap(), window == 0 ? OptionalInt.empty() : OptionalInt.of(window));
          case PURGED -> new SplitRule.Purged(stage.getGap());
          case REPEATED ->
              new SplitRule.Repeated(stage.getRepeats(), stage.getNumFolds(), stage.getSeed());
        };
    Validation validation = new Validation(rule, Validation.Tuned.NO);
    return stage.getNested() ? validation.nested() : validation;
  }

  private static SplitRule.Kind kind(HasFolds<?> stage) {
    return Words.find(SplitRule.Kind.class, stage.getCv())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot validate with cv '"
                        + stage.getCv()
                        + "': it is none of "
                        + String.join(", ", Words.all(SplitRule.Kind.class))));
  }
}

package org.ridgeline.ml;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ridgeline.base.Check;
import org.ridgeline.dataset.ColumnRoles;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.ridge.Intercept;
import org.ridgeline.ridge.LambdaConvention;
import org.ridgeline.select.LambdaRequest;
import org.ridgeline.select.Rule;

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
    return group.isEmpty()
        ? FoldRule.hashed(stage.getNumFolds(), stage.getSeed())
        : FoldRule.hashedBy(group, stage.getNumFolds(), stage.getSeed());
  }
}

package org.ridgeline.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ridgeline.dataset.FittedModel;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.infer.ChowTest;
import org.ridgeline.infer.ColumnShift;
import org.ridgeline.infer.Finding;
import org.ridgeline.infer.ModelError;
import org.ridgeline.infer.MovedCoefficient;
import org.ridgeline.infer.Retraining;
import org.ridgeline.infer.TargetComparison;
import org.ridgeline.infer.TwoSamples;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.Moments;
import org.ridgeline.report.MeanPredictor;
import org.ridgeline.ridge.PathCoefficients;
import org.ridgeline.ridge.RidgeModel;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.SolverKind;
import org.ridgeline.ridge.WeightKind;
import org.ridgeline.select.FoldExecutor;
import org.ridgeline.select.LambdaRequest;
import org.ridgeline.select.Rule;
import org.ridgeline.select.SplitFits;
import org.ridgeline.select.Splits;
import org.ridgeline.select.TuningSpec;
import org.ridgeline.spark.Solving;

/**
 * How a finished run does on new rows, and what has changed between its rows and these, from the
 * moments of both: nothing is read. Of several feature maps each target has the one that it chose.
 */
public final class RunComparison {
  private final StoredRun a;
  private final StoredRun b; // the new moments under the model of A
  private final FoldExecutor executor;

  private RunComparison(StoredRun a, StoredRun b) {
    this.a = a;
    this.b = b;
    this.executor = Solving.executor(Optional.empty(), b.moments());
  }

  /**
   * Compares.
   *
   * @param run the run, A
   * @param name what the new rows are called in messages
   * @param rows their moments, B, of the same columns in the same order
   * @return the findings for each target
   */
  public static List<TargetComparison> of(StoredRun run, String name, MomentsSet rows) {
    ColumnRange.require(rows, run.ridge());
    StoredRun fresh = new StoredRun(name, run.model(), run.spec(), rows);
    return new RunComparison(run, fresh).targets();
  }

  private List<TargetComparison> targets() {
    List<String> names = a.model().model().targets();
    Map<Object, List<Integer>> byMap = new LinkedHashMap<>();
    for (int t = 0; t < names.size(); t++) {
      Object map = a.model().maps().isEmpty() ? "none" : a.model().maps().get(t).spec();
      byMap.computeIfAbsent(map, key -> new ArrayList<>()).add(t);
    }
    TargetComparison[] found = new TargetComparison[names.size()];
    byMap.values().forEach(group -> new SharedFeatures(group.get(0)).compare(group, found));
    return List.of(found);
  }

  /** The moments of targets that share their features. */
  private final class SharedFeatures {
    private final FoldedMoments old;
    private final FoldedMoments fresh;
    private final Moments total;
    private final TwoSamples samples;
    private final List<PathCoefficients> models;

    SharedFeatures(int target) {
      this.old = a.moments(target);
      this.fresh = b.moments(target).populated(Retraining.MOST_FOLDS);
      this.total = old.total();
      this.samples = TwoSamples.of(old.populated(Retraining.MOST_FOLDS), fresh, a.ridge());
      this.models = models(total.inputs());
    }

    void compare(List<Integer> group, TargetComparison[] found) {
      List<Finding<Retraining>> retrained =
          Retraining.of(total, fresh, models, retraining(), executor);
      List<ModelError> own = ownErrors();
      for (int t : group) {
        RidgeModel model = a.model().model();
        found[t] =
            new TargetComparison(
                model.targets().get(t),
                model.lambdas().get(t),
                columns(t),
                shifts(t),
                own.get(t),
                ModelError.onNewRows(total, fresh, a.ridge().intercept(), models.get(t), t),
                ChowTest.of(samples, t),
                MovedCoefficient.of(samples, t),
                retrained.get(t));
      }
    }

    private List<String> columns(int t) {
      List<String> names =
          new ArrayList<>(
              a.model().maps().isEmpty()
                  ? a.moments().columns().features()
                  : FittedModel.mappedNames(total.inputs()));
      names.add(a.model().model().targets().get(t));
      return names;
    }

    private List<ColumnShift> shifts(int t) {
      MomentsSet.Columns columns = a.moments().columns();
      boolean counted = columns.weight().isEmpty() || columns.weightKind() == WeightKind.FREQUENCY;
      List<ColumnShift> shifts = new ArrayList<>();
      for (int j = 0; j <= total.inputs(); j++) {
        int at = j < total.inputs() ? j : j + t;
        shifts.add(
            counted ? ColumnShift.ofCounted(samples, at) : ColumnShift.ofWeighted(samples, at));
      }
      return shifts;
    }

    /** The error on A: on rows held out as the run held them out, each model at its lambda. */
    private List<ModelError> ownErrors() {
      Splits splits = a.spec().tuning().validation().splits(old);
      List<Vec> lambdas = models.stream().map(PathCoefficients::lambdas).toList();
      SplitFits fits = executor.solve(old, splits, a.ridge(), lambdas);
      List<ModelError> errors = new ArrayList<>();
      for (int t = 0; t < models.size(); t++) {
        errors.add(
            fits.isEmpty()
                ? ModelError.training(total, a.ridge().intercept(), models.get(t), t)
                : ModelError.crossValidated(
                    fits.scores(t, old.folds()), MeanPredictor.cvMse(old, splits, t)));
      }
      return errors;
    }
  }

  /** Returns the model of each target, alone, on its first {@code inputs} features. */
  private List<PathCoefficients> models(int inputs) {
    RidgeModel model = a.model().model();
    List<PathCoefficients> models = new ArrayList<>();
    for (int t = 0; t < model.targets().size(); t++) {
      int target = t;
      models.add(
          new PathCoefficients(
              Vec.of(model.lambdas().get(t)),
              Matrix.zeros(inputs, 1).map((j, c, zero) -> model.coefficients().get(j, target)),
              Vec.of(model.intercepts().get(t))));
    }
    return models;
  }

  /**
   * How to train again: as the run was, by the lambdas that it had to choose from, or an automatic
   * grid where it had one or a single lambda.
   */
  private TuningSpec retraining() {
    RidgeSpec ridge = a.ridge();
    boolean needsRows = ridge.solver() == SolverKind.TSQR || ridge.solver() == SolverKind.DUAL;
    LambdaRequest asked = a.spec().tuning().lambdas();
    boolean grid = asked.values().isPresent() && asked.values().get().size() > 1;
    Rule rule = a.spec().rule();
    return new TuningSpec(
        needsRows ? ridge.with(SolverKind.AUTO) : ridge,
        grid ? asked : LambdaRequest.automatic(),
        rule.needsFolds() ? rule : Rule.CV_MIN);
  }
}

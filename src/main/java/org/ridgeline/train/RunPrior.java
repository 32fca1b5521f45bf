package org.ridgeline.train;

import java.util.List;
import java.util.stream.IntStream;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Names;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.ridge.Penalty;
import org.ridgeline.ridge.Precision;
import org.ridgeline.ridge.RidgeModel;
import org.ridgeline.ridge.RidgeProblem;

/**
 * The posterior of an earlier run as the prior of the next: its coefficients b0 and the precision
 * {@code P = S (G + lambda R) S} of its rows and its penalty, in original units. A fit with {@code
 * lambda (b - b0)'P (b - b0)} at lambda = 1 is the fit to the rows of both runs, each about their
 * own means; at 1/2 the earlier rows count half.
 */
final class RunPrior {
  private final StoredRun run;
  private final RidgeModel model;
  private final MomentsSet.Columns columns;

  private RunPrior(StoredRun run, MomentsSet.Columns columns) {
    this.run = run;
    this.model = run.model().model();
    this.columns = columns;
  }

  /**
   * Returns {@code penalty} about the model of a run, with its precision for the features that both
   * have.
   *
   * @throws DataException when the run has no moments, or its features and targets do not fit
   */
  static Penalty on(Penalty penalty, StoredRun run, MomentsSet.Columns columns, Journal journal) {
    RunPrior prior = new RunPrior(run, columns);
    return prior.on(penalty, journal);
  }

  private Penalty on(Penalty penalty, Journal journal) {
    if (!run.model().maps().isEmpty()) {
      throw new DataException(
          "cannot use "
              + run.directory()
              + " as the prior: it is a run with a feature map, whose features no other run has; give a linear one");
    }
    List<String> features = columns.features();
    int[] inputs =
        IntStream.range(0, features.size())
            .filter(j -> model.features().contains(features.get(j)))
            .toArray();
    if (inputs.length == 0) {
      throw new DataException(
          "cannot use the prior: this run has none of the features of "
              + run.directory()
              + ", which are "
              + Names.listed(model.features(), 10));
    }
    warnOfLeftOut(journal);
    int[] earlier =
        IntStream.of(inputs).map(j -> model.features().indexOf(features.get(j))).toArray();
    RidgeProblem problem = RidgeProblem.of(run.moments(0).total(), run.ridge());
    ColumnRange.requirePrecision(problem, model.features());
    Matrix precision = Precision.marginal(problem.precision(lambda()), earlier);
    return penalty
        .withPriorMean(mean(inputs, earlier))
        .withPriorPrecision(precision, inputs, features.size());
  }

  private void warnOfLeftOut(Journal journal) {
    List<String> leftOut =
        model.features().stream().filter(name -> !columns.features().contains(name)).toList();
    if (!leftOut.isEmpty()) {
      journal.warn(
          "The prior "
              + run.directory()
              + " has features that this run does not have: "
              + Names.listed(leftOut, 10)
              + "; what it says of the others is kept");
    }
  }

  /** Returns the lambda of the earlier model, which all its targets must share. */
  private double lambda() {
    double lambda = model.lambdas().get(target(0));
    for (int t = 1; t < columns.labels().size(); t++) {
      if (model.lambdas().get(target(t)) != lambda) {
        throw new DataException(
            "cannot use the prior: the targets of "
                + run.directory()
                + " have lambdas of their own, so that each has another precision; train one label"
                + " at a time");
      }
    }
    return lambda;
  }

  private Matrix mean(int[] inputs, int[] earlier) {
    Matrix mean = Matrix.zeros(columns.features().size(), columns.labels().size());
    for (int t = 0; t < columns.labels().size(); t++) {
      for (int i = 0; i < inputs.length; i++) {
        mean.set(inputs[i], t, model.coefficients().get(earlier[i], target(t)));
      }
    }
    return mean;
  }

  /** Returns the earlier target of the same name; of single targets, the other one. */
  private int target(int t) {
    String name = columns.labels().get(t);
    int at = model.targets().indexOf(name);
    if (at < 0 && model.targets().size() == 1 && columns.labels().size() == 1) {
      return 0;
    }
    if (at < 0) {
      throw new DataException(
          "cannot use the prior: the model of "
              + run.directory()
              + " does not predict "
              + Names.quoted(name)
              + " but "
              + Names.listed(model.targets(), 10));
    }
    return at;
  }
}

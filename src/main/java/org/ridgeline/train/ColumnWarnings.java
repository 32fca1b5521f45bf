package org.ridgeline.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ridgeline.base.Explanation;
import org.ridgeline.base.Names;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;
import org.ridgeline.base.Words;
import org.ridgeline.moments.Moments;
import org.ridgeline.report.PlainTable;
import org.ridgeline.ridge.ColumnDiagnosis;
import org.ridgeline.ridge.Dependence;
import org.ridgeline.ridge.NullSpace;
import org.ridgeline.ridge.RidgeProblem;
import org.ridgeline.ridge.SolverKind;
import org.ridgeline.select.SolverReport;
import org.ridgeline.select.TuningResult;
import org.ridgeline.train.WarningList.Concern;

/** Warnings of columns that are constant, or that depend on each other. */
final class ColumnWarnings {
  private static final int SHOWN = 10;
  private static final int TERMS = 4;
  private static final double POOR_CONDITION = 1e-10; // leaves six digits

  private final TrainingResult training;
  private final WarningList warnings;

  private ColumnWarnings(TrainingResult training, WarningList warnings) {
    this.training = training;
    this.warnings = warnings;
  }

  static void warn(TrainingResult training, WarningList warnings) {
    new ColumnWarnings(training, warnings).warn();
  }

  private void warn() {
    Optional<NullSpace> cut = training.solved(0).cut();
    for (int t = 1; cut.isEmpty() && t < training.targetNames().size(); t++) {
      cut = training.solved(t).cut();
    }
    cut.ifPresent(this::warnOfCut);
    warnOfFolds();
    training.tuning().ifPresent(this::warnOfConstants);
    if (training.map().isEmpty() && cut.isEmpty()) {
      warnOfDuplicates();
    }
    warnOfCondition();
  }

  /** The smallest lambda has more than one solution, or none that the sums could distinguish. */
  private void warnOfCut(NullSpace cut) {
    if (cut.dependences().isEmpty()) {
      warnings.add(Concern.DIGITS, undetermined(cut));
      return;
    }
    String text =
        "Dependent columns, with coefficients of minimum norm at the smallest lambda: "
            + dependences(cut);
    warnings.add(
        Concern.DIGITS,
        readsRows()
            ? Explanation.of(text)
            : Explanation.of(
                text + " (exact to the rounding of the sums)",
                Remedy.of(
                    "if they are not, %s distinguishes them",
                    Option.SOLVER.to(Words.of(SolverKind.TSQR)))));
  }

  private static Explanation undetermined(NullSpace cut) {
    int more = cut.directions() - cut.byCount();
    String directions = more + (more == 1 ? " direction" : " directions");
    if (cut.byCount() == 0) {
      return Explanation.of(
          "At the smallest lambda the fit is that of minimum norm without "
              + directions
              + " of the features, which rounding hides",
          Remedy.of("larger lambdas need no such cut (%s)", Option.LAMBDAS));
    }
    return Explanation.of(
        "More features than rows: at the smallest lambda the fit is that of minimum norm"
            + (more > 0 ? ", without " + directions + " more, which rounding hides" : ""));
  }

  private String dependences(NullSpace cut) {
    List<String> texts = cut.dependences().stream().map(this::text).toList();
    return Names.listed(texts, SHOWN);
  }

  /** Returns {@code r = p + q}, or the columns alone where there are many. */
  private String text(Dependence dependence) {
    String left = name(dependence.column());
    List<Integer> others = dependence.others();
    if (others.size() > TERMS) {
      return left
          + " of "
          + others.stream().limit(TERMS).map(this::name).collect(Collectors.joining(", "))
          + " and "
          + (others.size() - TERMS)
          + " more";
    }
    List<String> terms = new ArrayList<>();
    if (dependence.constant() != 0 || others.isEmpty()) {
      terms.add(PlainTable.shortest(dependence.constant()));
    }
    for (int k = 0; k < others.size(); k++) {
      double factor = dependence.factors().get(k);
      String sign = factor < 0 ? "- " : terms.isEmpty() ? "" : "+ ";
      double size = Math.abs(factor);
      terms.add(sign + (size == 1 ? "" : PlainTable.shortest(size) + " ") + name(others.get(k)));
    }
    return left + " = " + String.join(" ", terms);
  }

  private String name(int j) {
    return training.map().isPresent() ? "z" + j : training.featureNames().get(j);
  }

  /** Fewer rows train a fold's model than all the data, and may depend where all do not. */
  private void warnOfFolds() {
    int folds = training.splits().size();
    long cut =
        training.solved().stream().map(SolverReport::foldsCut).mapToInt(List::size).max().orElse(0);
    if (cut > 0) {
      warnings.add(
          Concern.DIGITS,
          Explanation.of(
              "In the training rows of "
                  + cut
                  + " of "
                  + folds
                  + " folds more columns depend on each other than in all rows: at the smallest"
                  + " lambda their models are those of minimum norm",
              Remedy.of("larger lambdas have one solution (%s)", Option.LAMBDAS)));
    }
  }

  /** Without an intercept a constant column has a coefficient like any other. */
  private void warnOfConstants(TuningResult tuned) {
    RidgeProblem problem = tuned.problem();
    List<String> names = new ArrayList<>();
    for (int j = 0; j < problem.inputs(); j++) {
      if (problem.isAbsent(j)) {
        names.add(name(j));
      }
    }
    if (!names.isEmpty()) {
      warnings.add(Concern.DATA, "Constant columns, coefficient 0: " + Names.listed(names, SHOWN));
    }
  }

  private void warnOfDuplicates() {
    Moments total = training.moments().moments().total();
    List<String> names =
        ColumnDiagnosis.of(total).duplicates().stream()
            .map(pair -> name(pair.later()) + " = " + name(pair.first()))
            .toList();
    if (!names.isEmpty()) {
      warnings.add(
          Concern.DATA,
          readsRows()
              ? Explanation.of("Nearly duplicate columns: " + Names.listed(names, SHOWN))
              : Explanation.of(
                  "Duplicate columns, which share their coefficient: " + Names.listed(names, SHOWN),
                  Remedy.of(
                      "if they differ after the sixth digit, %s distinguishes them",
                      Option.SOLVER.to(Words.of(SolverKind.TSQR)))));
    }
  }

  /** Whether the solver used a factor of the rows, which keeps all their digits. */
  private boolean readsRows() {
    SolverKind solver = training.solved(0).solver();
    return solver == SolverKind.TSQR || solver == SolverKind.DUAL;
  }

  /** Warns of coefficients with few digits because the system is ill-conditioned. */
  private void warnOfCondition() {
    double rcond = training.worstCondition();
    if (!readsRows() && rcond < POOR_CONDITION) {
      warnings.add(
          Concern.DIGITS,
          Explanation.of(
              String.format(
                  Locale.ROOT,
                  "The columns are nearly collinear (rcond %.1e): coefficients and their errors have"
                      + " about %d digits",
                  rcond,
                  Math.max(0, Math.round(-Math.log10(Math.ulp(1.0) / rcond)))),
              Remedy.of(
                  "%s or %s gives more",
                  Option.SOLVER.to(Words.of(SolverKind.TSQR)), Option.REFINEMENTS.to(1))));
    }
  }
}

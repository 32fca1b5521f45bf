package org.ridgeline.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ridgeline.base.Secrets;
import org.ridgeline.infer.ChowTest;
import org.ridgeline.infer.ColumnShift;
import org.ridgeline.infer.Finding;
import org.ridgeline.infer.FoldMean;
import org.ridgeline.infer.ModelError;
import org.ridgeline.infer.MovedCoefficient;
import org.ridgeline.infer.Retrained;
import org.ridgeline.infer.Retraining;
import org.ridgeline.infer.TargetComparison;

/** A comparison as lines for a terminal: the largest shifts and changes first, and only these. */
public final class ComparisonText {
  private static final int SHOWN = 10;

  /** Below this p-value two samples are said to differ. */
  private static final double LEVEL = 0.05;

  private final StringBuilder text = new StringBuilder();

  private ComparisonText() {}

  /** Returns the text. */
  public static String of(ComparisonReport report) {
    ComparisonText text = new ComparisonText();
    boolean several = report.targets().size() > 1;
    for (TargetComparison target : report.targets()) {
      text.verdict(several ? target.target() + ": " : "", target);
    }
    text.rows(report);
    text.columns(report.columns());
    for (TargetComparison target : report.targets()) {
      text.target(several ? " of " + target.target() : "", target, report.shared().isPresent());
    }
    return text.text.toString();
  }

  private void verdict(String prefix, TargetComparison target) {
    String error =
        "The model of A has an MSE of "
            + PlainTable.number(target.onB().mse())
            + " on B, "
            + String.format(Locale.ROOT, "%.2f times the ", target.ratio())
            + PlainTable.number(target.own().mse())
            + (target.own().kind() == ModelError.Kind.TRAINING
                ? " on the rows that it was fitted to.\n"
                : " cross-validated on A.\n");
    text.append(prefix).append(error);
    String sentence =
        target
            .retraining()
            .value()
            .map(retraining -> retraining.verdict().sentence())
            .orElseGet(
                () ->
                    "Cannot tell what training again would gain: "
                        + target.retraining().reason().orElseThrow());
    text.append(prefix).append(sentence).append(".\n");
  }

  private void rows(ComparisonReport report) {
    PlainTable table = new PlainTable(2);
    boolean run = report.model() == ComparisonReport.ModelSource.RUN;
    table.row(
        "A",
        Secrets.masked(report.a())
            + ", "
            + PlainTable.count(report.rowsA())
            + " rows, "
            + (run ? "the model of the run" : "its model solved from the moments"));
    table.row("B", Secrets.masked(report.b()) + ", " + PlainTable.count(report.rowsB()) + " rows");
    text.append('\n').append(table.text());
  }

  private void columns(List<ComparisonReport.Column> columns) {
    heading("columns by shift, in standard deviations of A", columns.size());
    PlainTable table = new PlainTable(2);
    table.row("column", "mean A", "mean B", "shift", "z", "sd B / sd A");
    columns.stream()
        .sorted(Comparator.comparingDouble(ComparisonReport.Column::size).reversed())
        .limit(SHOWN)
        .forEach(column -> row(table, column.name(), column.shift()));
    text.append(table.text());
  }

  private static void row(PlainTable table, String name, ColumnShift shift) {
    table.row(
        name,
        PlainTable.number(shift.meanA()),
        PlainTable.number(shift.meanB()),
        Double.isFinite(shift.shift())
            ? String.format(Locale.ROOT, "%+.3f", shift.shift())
            : "was constant",
        shift.z().isPresent() ? String.format(Locale.ROOT, "%.1f", shift.z().getAsDouble()) : "-",
        PlainTable.number(shift.ratio()));
  }

  private void heading(String words, int size) {
    text.append('\n').append(words);
    text.append(size > SHOWN ? " (" + SHOWN + " of " + PlainTable.count(size) + ")\n" : "\n");
  }

  private void target(String name, TargetComparison target, boolean shared) {
    errors(name, target, shared);
    chow(name, target.chow());
    coefficients(name, target);
    target.retraining().value().ifPresent(retraining -> retraining(name, retraining));
  }

  private void errors(String name, TargetComparison target, boolean shared) {
    heading("error of the model" + name + ", lambda " + PlainTable.number(target.lambda()), 0);
    PlainTable table = new PlainTable(2);
    table.row("rows", "MSE", "+-", "RMSE", "R2", "");
    row(table, "A", target.own(), shared);
    row(table, "B", target.onB(), shared);
    text.append(table.text());
    double bias = target.onB().bias();
    text.append("  on average the rows of B lie ")
        .append(PlainTable.number(Math.abs(bias)))
        .append(bias < 0 ? " below" : " above")
        .append(" the predictions\n");
  }

  private static void row(PlainTable table, String rows, ModelError error, boolean shared) {
    table.row(
        rows,
        PlainTable.number(error.mse()),
        PlainTable.number(error.standardError().orElse(Double.NaN)),
        PlainTable.number(error.rmse()),
        PlainTable.number(error.r2()),
        switch (error.kind()) {
          case TRAINING -> "of the rows of the fit, which is too small";
          case CROSS_VALIDATED -> "cross-validated";
          case NEW_ROWS -> shared ? "partly rows of the fit" : "not seen by the model";
        });
  }

  private void chow(String name, Finding<ChowTest> finding) {
    text.append("\nChow test").append(name).append(", fits without a penalty\n  ");
    Optional<ChowTest> found = finding.value();
    if (found.isEmpty()) {
      text.append("not defined: ").append(finding.reason().orElseThrow()).append('\n');
      return;
    }
    ChowTest chow = found.get();
    text.append(statistic("", chow.f(), chow.numerator(), chow.denominator(), chow.p()));
    chow.byFolds()
        .ifPresent(
            folds ->
                text.append(
                    statistic(
                        "  against the differences between folds: ",
                        folds.f(),
                        1,
                        folds.denominator(),
                        folds.p())));
    text.append(
        String.format(
            Locale.ROOT,
            "  %s; it has %.2f %% more squared residuals\n  residual deviation %s in A, %s in B\n",
            chow.decisive() < LEVEL
                ? "one linear model is not enough for both"
                : "no sign that one linear model is not enough for both",
            100 * chow.excess(),
            PlainTable.number(chow.deviationA()),
            PlainTable.number(chow.deviationB())));
  }

  private static String statistic(
      String words, double f, double numerator, double denominator, double p) {
    return String.format(
        Locale.ROOT,
        "%sF(%.0f, %.0f) = %s, p %s%s\n",
        words,
        numerator,
        denominator,
        PlainTable.number(f),
        p < 1e-300 ? "" : "= ",
        probability(p));
  }

  private static String probability(double p) {
    return p < 1e-300
        ? "< 1e-300"
        : p < 1e-4 ? String.format(Locale.ROOT, "%.1e", p) : String.format(Locale.ROOT, "%.4f", p);
  }

  private void coefficients(String name, TargetComparison target) {
    String words = "coefficients" + name + " by p, fits without a penalty";
    if (target.coefficients().value().isEmpty()) {
      text.append('\n').append(words).append("\n  not compared: ");
      text.append(target.coefficients().reason().orElseThrow()).append('\n');
      return;
    }
    List<MovedCoefficient> all = target.coefficients().value().get();
    heading(words, all.size());
    PlainTable table = new PlainTable(2);
    table.row("feature", "A", "B", "difference", "+-", "t", "t by folds", "p by Holm");
    for (MovedCoefficient c : all.subList(0, Math.min(SHOWN, all.size()))) {
      table.row(
          ComparisonJson.name(target, c),
          PlainTable.number(c.a()),
          PlainTable.number(c.b()),
          PlainTable.number(c.difference()),
          PlainTable.number(c.sampling().standardError()),
          statistic(c.sampling().t()),
          statistic(c.byFolds().t()),
          probability(c.adjusted()));
    }
    text.append(table.text());
    text.append(
        String.format(
            Locale.ROOT,
            "  %d of %d have moved (p by Holm, which counts all %d tests, below %s)\n",
            target.moved().orElseThrow(),
            all.size(),
            all.size(),
            MovedCoefficient.LEVEL));
    List<String> untested = target.untested();
    if (!untested.isEmpty()) {
      text.append("  not tested, being constant or determined by others: ")
          .append(PlainTable.names(untested, SHOWN))
          .append('\n');
    }
  }

  private static String statistic(double t) {
    return Double.isNaN(t) ? "-" : String.format(Locale.ROOT, "%.2f", t);
  }

  private void retraining(String name, Retraining retraining) {
    heading(
        "errors" + name + " on rows of B, each of its " + retraining.folds() + " folds held out",
        0);
    PlainTable table = new PlainTable(2);
    table.row("model", "MSE", "+-", "saved", "+-");
    FoldMean kept = retraining.kept();
    table.row("of A", PlainTable.number(kept.value()), PlainTable.number(kept.standardError()));
    retraining.together().ifPresent(r -> row(table, "of A and B", r));
    retraining.alone().ifPresent(r -> row(table, "of B", r));
    text.append(table.text());
  }

  private static void row(PlainTable table, String model, Retrained retrained) {
    table.row(
        model,
        PlainTable.number(retrained.mse().value()),
        PlainTable.number(retrained.mse().standardError()),
        PlainTable.number(retrained.gain().value()),
        PlainTable.number(retrained.gain().standardError()));
  }
}

package org.ridgeline.report;

import static org.ridgeline.report.PlainTable.count;
import static org.ridgeline.report.PlainTable.number;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ridgeline.infer.Inference;
import org.ridgeline.linalg.Vec;
import org.ridgeline.select.Choices;
import org.ridgeline.select.FoldScores;
import org.ridgeline.select.LambdaGrid;
import org.ridgeline.select.Rule;

/** A finished fit or tuning on one screen, in plain ASCII. */
public final class SummaryText {
  private static final int PATH_ROWS = 7;
  private static final int COEFFICIENTS = 8;
  private static final int RULES = 4;
  private static final int BAR = 24;
  private static final int LABEL = 8;

  private final RunReport run;
  private final StringBuilder text = new StringBuilder();

  private SummaryText(RunReport run) {
    this.run = run;
  }

  /**
   * Returns the text.
   *
   * @param input what was read, as the user called it
   * @param ending what comes last, where the run was saved and what to do next: labels and texts
   */
  public static String of(RunReport run, String input, Map<String, String> ending) {
    SummaryText summary = new SummaryText(run);
    summary.text.append("Ridgeline ").append(run.command()).append(": ").append(input);
    summary.text.append("\n\n").append(summary.work());
    for (int t = 0; t < run.targets().size(); t++) {
      TargetResult target = run.targets().get(t);
      summary.text.append('\n').append(summary.choice(target, t));
      summary.surface(t);
      summary.text.append('\n').append(path(target));
      if (run.map().isEmpty()) {
        summary.text.append('\n').append(summary.coefficients(target));
      }
    }
    if (!run.forecasts().isEmpty()) {
      summary.text.append('\n').append(ForecastText.of(run.forecasts()));
    }
    summary.text.append('\n').append(summary.end(ending));
    return summary.text.toString();
  }

  private String work() {
    PlainTable table = new PlainTable(2, LABEL);
    RunReport.DataSummary data = run.data();
    String weights = data.weightSum() == data.n() ? "" : ", weight sum " + number(data.weightSum());
    String dropped =
        data.rowsDropped() == 0 ? "" : " (" + count(data.rowsDropped()) + " invalid left out)";
    table.row("data", count(data.n()) + " rows" + dropped + weights);
    table.row("features", count(data.d()) + ": " + PlainTable.names(data.features(), 9));
    run.map().ifPresent(map -> table.row("map", new SurfaceText(map).kind()));
    table.row("work", fits() + " from " + passes() + ", " + seconds());
    if (!run.validation().validation().isKFold()) {
      table.row("splits", run.validation().split());
    }
    table.row(
        "numerics",
        run.numerics().solver()
            + " solver, BLAS "
            + run.numerics().blas()
            + ", LAPACK "
            + run.numerics().lapack());
    return table.text();
  }

  /** The table of map settings; nothing for one setting or none. */
  private void surface(int t) {
    run.map()
        .flatMap(map -> new SurfaceText(map).table(t))
        .ifPresent(table -> text.append('\n').append(table));
  }

  private String fits() {
    int settings = run.map().map(map -> map.surface().points().size()).orElse(1);
    return (settings == 1 ? "" : settings + " maps x ") + lambdasAndFolds();
  }

  private String lambdasAndFolds() {
    int lambdas = run.targets().get(0).tuned().grid().size();
    String path = lambdas + (lambdas == 1 ? " lambda" : " lambdas");
    String targets = run.targets().size() == 1 ? "" : run.targets().size() + " targets x ";
    return targets
        + run.targets().get(0).scores().map(scores -> path + " x " + splits()).orElse(path);
  }

  private String splits() {
    ValidationReport report = run.validation();
    return report.validation().isKFold()
        ? report.splits().size() + " folds"
        : report.splits().size() + " splits";
  }

  private String passes() {
    RunReport.Reads reads = run.cost().reads();
    int passes = reads.passes();
    String text = passes + (passes == 1 ? " pass" : " passes") + " over the data";
    String before = reads.prePasses() == 0 ? "" : " (and " + reads.prePasses() + " small before)";
    return switch (reads.moments()) {
      case ROWS -> text + before;
      case CHECKPOINT -> text + before + ", resumed from the moments of the earlier attempt";
      case STORED -> "no pass over the data: from stored moments";
    };
  }

  private String seconds() {
    double sum = run.cost().seconds().values().stream().mapToDouble(s -> s).sum();
    return String.format(Locale.ROOT, "%.1f s", sum);
  }

  private String choice(TargetResult target, int t) {
    PlainTable table = new PlainTable(2, LABEL);
    Map<String, Double> metrics = target.metrics();
    Map<String, Double> lambdas = target.lambdas();
    table.row("target", target.name());
    run.map().ifPresent(map -> table.row("map", new SurfaceText(map).chosen(t)));
    table.row(
        "lambda", number(target.tuned().lambda()) + "  (" + why(target) + noPenalty(target) + ")");
    table.row(
        "",
        lambdas.entrySet().stream()
            .filter(named -> !named.getKey().equals("sum"))
            .map(named -> named.getKey() + " " + number(named.getValue()))
            .collect(Collectors.joining(" | ")));
    if (target.tuned().lambda() > 0) {
      target
          .inference()
          .filter(inference -> !Double.isNaN(inference.priorVariance()))
          .ifPresent(inference -> table.row("", worth(inference)));
    }
    int columns = run.map().map(map -> map.outputs(t)).orElse(run.data().d());
    table.row("df", number(metrics.get("df")) + " of " + count(columns) + kept(target));
    addErrors(table, target, metrics);
    if (target.tuned().grid().size() > 1) {
      addRules(table, target);
    }
    double mse = metrics.get("train_mse");
    table.row(
        "training",
        (Double.isNaN(mse) ? "" : "mse " + number(mse) + ", ")
            + "r2 "
            + number(metrics.get("train_r2")));
    return table.text();
  }

  /** The errors on rows held out. */
  private void addErrors(PlainTable table, TargetResult target, Map<String, Double> metrics) {
    if (!Double.isNaN(metrics.getOrDefault("cv_mse", Double.NaN))) {
      String baseline =
          target.meanCvMse().isPresent()
              ? "; the mean predictor has " + number(target.meanCvMse().getAsDouble())
              : "";
      table.row(
          "cv error",
          "mse "
              + number(metrics.get("cv_mse"))
              + " +- "
              + number(metrics.get("cv_se"))
              + baseline);
      table.row(
          "", "rmse " + number(metrics.get("cv_rmse")) + ", r2 " + number(metrics.get("cv_r2")));
    }
    target.nested().ifPresent(nested -> addNested(table, target, nested));
  }

  private void addNested(PlainTable table, TargetResult target, FoldScores nested) {
    Map<String, Double> metrics = target.metrics();
    int scored = target.scores().orElseThrow().scored();
    String some =
        nested.scored() == scored ? "" : " on " + nested.scored() + " of " + scored + " blocks";
    table.row(
        "tuned",
        "mse "
            + number(metrics.get("nested_mse"))
            + " +- "
            + number(metrics.get("nested_se"))
            + some
            + ", lambda "
            + (run.map().isPresent() ? "and map " : "")
            + "chosen anew without the rows it is measured on");
    table.row(
        "",
        "rmse "
            + number(metrics.get("nested_rmse"))
            + (some.isEmpty()
                ? ""
                : "; the cv error of these blocks is " + number(target.sameFoldsMse(nested)))
            + "; optimism of the cv error "
            + number(metrics.get("optimism")));
  }

  /** Returns the chosen lambda in other words. */
  private static String worth(Inference inference) {
    String time =
        inference.stoppingTime().isPresent()
            ? " | gradient flow to " + number(inference.stoppingTime().getAsDouble())
            : "";
    return "prior variance "
        + number(inference.priorVariance())
        + " | input noise "
        + number(inference.inputNoise())
        + time;
  }

  private static String kept(TargetResult target) {
    String evidence =
        target.keptByEvidence().isPresent()
            ? " (evidence: " + percent(target.keptByEvidence().getAsDouble()) + ")"
            : "";
    return target.kept().isPresent()
        ? ": " + percent(target.kept().getAsDouble()) + " of least squares" + evidence
        : "";
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /** What each rule would have chosen. */
  private static void addRules(PlainTable table, TargetResult target) {
    List<String> rules =
        Choices.of(target.tuned()).lambdas().entrySet().stream()
            .map(choice -> choice.getKey().label() + " " + number(choice.getValue()))
            .toList();
    for (int r = 0; r < rules.size(); r += RULES) {
      List<String> some = rules.subList(r, Math.min(r + RULES, rules.size()));
      table.row(r == 0 ? "rules" : "", String.join(" | ", some));
    }
  }

  private static String noPenalty(TargetResult target) {
    boolean chosen = target.chosen() == target.tuned().best();
    return chosen && target.needsNoPenalty() ? "; no penalty is needed" : "";
  }

  private static String why(TargetResult target) {
    Rule rule = target.tuned().selection().rule();
    return rule == Rule.GIVEN
        ? "given, or that of the given df"
        : rule.label() + ": " + Criterion.words(rule.label());
  }

  private static String path(TargetResult target) {
    PlainTable table = new PlainTable(2);
    boolean folded = target.scores().isPresent();
    String score = folded ? "cv_mse" : "gcv";
    table.row("lambda", "df", score, folded ? "+- se" : "train mse", "");
    TreeSet<Integer> rows = rows(target);
    double worst = rows.stream().mapToDouble(l -> score(target, l)).max().orElse(0);
    for (int l : rows) {
      double second = folded ? target.scores().get().standardError(l) : target.trainMse(l);
      table.row(
          number(target.path().lambdas().get(l)),
          number(target.path().df().get(l)),
          number(score(target, l)),
          number(second),
          bar(score(target, l), worst) + marks(target, l));
    }
    return table.text();
  }

  private static double score(TargetResult target, int l) {
    Optional<FoldScores> scores = target.scores();
    return scores.isPresent() ? scores.get().mean(l) : target.tuned().criteria().gcv().get(l);
  }

  /** Evenly spaced lambdas of the grid, with those that matter. */
  private static TreeSet<Integer> rows(TargetResult target) {
    LambdaGrid grid = target.tuned().grid();
    TreeSet<Integer> rows = new TreeSet<>();
    int steps = Math.min(PATH_ROWS, grid.size()) - 1;
    for (int i = 0; i <= steps; i++) {
      rows.add(grid.from() + (steps == 0 ? 0 : (grid.size() - 1) * i / steps));
    }
    rows.add(target.chosen());
    target.tuned().selection().minimum().ifPresent(rows::add);
    target.tuned().selection().oneStandardError().ifPresent(rows::add);
    return rows;
  }

  private static String bar(double value, double worst) {
    boolean drawn = worst > 0 && Double.isFinite(value);
    return "#".repeat(drawn ? (int) Math.max(1, Math.round(BAR * value / worst)) : 0);
  }

  private static String marks(TargetResult target, int l) {
    List<String> marks = new ArrayList<>();
    OptionalInt minimum = target.tuned().selection().minimum();
    OptionalInt oneSe = target.tuned().selection().oneStandardError();
    if (minimum.isPresent() && minimum.getAsInt() == l) {
      marks.add("minimum");
    }
    if (oneSe.isPresent() && oneSe.getAsInt() == l) {
      marks.add("1 se");
    }
    if (l == target.chosen() && target.tuned().selection().rule() != Rule.GIVEN) {
      marks.add("chosen");
    }
    return marks.isEmpty() ? "" : "  <- " + String.join(", ", marks);
  }

  private String coefficients(TargetResult target) {
    Vec values = target.tuned().coefficients();
    double[] size = new double[values.size()];
    for (int j = 0; j < size.length; j++) {
      size[j] = Math.abs(values.get(j) * target.scales().get(j));
    }
    List<Integer> order =
        IntStream.range(0, size.length)
            .boxed()
            .sorted(Comparator.comparingDouble(j -> -size[j]))
            .limit(COEFFICIENTS)
            .toList();
    PlainTable table = new PlainTable(2);
    String title = size.length > COEFFICIENTS ? "largest features" : "feature";
    table.row(title, "standardized", "coefficient", "");
    for (int j : order) {
      double standardized = values.get(j) * target.scales().get(j);
      table.row(
          run.data().features().get(j),
          number(standardized),
          number(values.get(j)),
          bar(size[j], size[order.get(0)]));
    }
    table.row("(intercept)", "", number(target.tuned().intercept()), "");
    return table.text();
  }

  private String end(Map<String, String> ending) {
    PlainTable table = new PlainTable(2, LABEL);
    int warnings = run.warnings().size();
    if (warnings > 0) {
      table.row("warnings", warnings + ", the costliest on stderr, all in the report");
    }
    ending.forEach(table::row);
    return table.text();
  }
}

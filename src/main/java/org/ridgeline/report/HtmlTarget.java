package org.ridgeline.report;

import static org.ridgeline.report.HtmlHeader.number;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** The section of one target: its figures, each a plot and a table. */
final class HtmlTarget {
  private static final int COEFFICIENT_ROWS = 1000;

  private static final Map<String, String> WORTH = new LinkedHashMap<>();

  static {
    WORTH.put("priorVariance", "variance of the prior of a standardized coefficient, s² / λ");
    WORTH.put("inputNoiseVariance", "noise added to every standardized input, its variance λ / W");
    WORTH.put("gradientFlowTime", "gradient flow from 0, the time of the same df");
    WORTH.put("keptShare", "share of least squares that is kept, df / rank");
    WORTH.put("keptShareByEvidence", "the share that the evidence would keep (James and Stein)");
  }

  private final RunFiles run;
  private final String name;
  private final int number;
  private final PathRows rows;

  HtmlTarget(RunFiles run, String name, int number) {
    this.run = run;
    this.name = name;
    this.number = number;
    this.rows = run.path(name).winner();
  }

  /** Returns what the template reads. */
  Map<String, Object> view() {
    HtmlCards cards = new HtmlCards(run, name);
    Map<String, Object> view = new HashMap<>();
    view.put("name", name);
    view.put("number", number);
    view.put("cards", cards.cards());
    view.put("verdict", cards.verdict());
    List<Map<String, Object>> figures = new ArrayList<>();
    if (rows.onLogScale().size() > 1) {
      figures.add(selection());
      if (IntStream.range(0, rows.folds()).anyMatch(f -> rows.has("fold_" + f))) {
        figures.add(folds());
      }
      figures.add(coefficientPath());
    } else {
      figures.add(figure("Lambda", "", HtmlTables.path(rows).open(), lambdas()));
    }
    figures.add(forecast());
    figures.add(residuals());
    figures.add(coefficients());
    if (!run.report().path("plots").path("spectrum").path(name).path("eigenvalue").isEmpty()) {
      figures.add(spectrum());
    }
    if (run.path(name).hasMap()) {
      figures.add(surface());
    }
    figures.removeIf(Map::isEmpty);
    view.put("figures", figures);
    return view;
  }

  private static Map<String, Object> figure(String title, String text, HtmlTable... tables) {
    Map<String, Object> figure = new HashMap<>();
    figure.put("title", title);
    figure.put("text", text);
    figure.put("charts", List.of());
    List<Map<String, Object>> views = new ArrayList<>();
    for (HtmlTable table : tables) {
      views.add(table.view());
    }
    figure.put("tables", views);
    return figure;
  }

  private static Map<String, Object> with(Map<String, Object> figure, String... charts) {
    List<Map<String, Object>> list = new ArrayList<>();
    for (int i = 0; i < charts.length; i += 2) {
      list.add(Map.of("plot", charts[i], "label", charts[i + 1]));
    }
    figure.put("charts", list);
    figure.put("several", list.size() == 2);
    figure.put("three", list.size() == 3);
    return figure;
  }

  private Map<String, Object> selection() {
    String text =
        rows.has("cv_mse")
            ? "Mean squared error on held-out folds against the penalty; the band is one standard"
                + " error to either side. Far to the right the model becomes the mean predictor. Below:"
                + " every criterion between its best (0 %) and its worst (100 %) value on this"
                + " grid, on a square-root scale, so that the minima stand out; dots mark them."
            : (rows.has("loo_mse")
                    ? "Mean squared error of rows left out one by one against the penalty."
                    : "Generalized cross-validation against the penalty: an estimate of the error"
                        + " on new rows from the training rows alone.")
                + " Below: every criterion between its best"
                + " (0 %) and its worst (100 %) value on this grid, on a square-root scale.";
    return with(
        figure(
            "How λ was chosen",
            text,
            HtmlTables.rules(rows, run.target(name)).open(),
            lambdas(),
            HtmlTables.path(rows)),
        "selection",
        "Error and selection criteria against log10 lambda");
  }

  /** Returns the chosen lambda in all conventions, and what it is worth in other words. */
  private HtmlTable lambdas() {
    HtmlTable table = new HtmlTable("The chosen λ in other words", "<In the words of", "Value");
    for (Map.Entry<String, JsonNode> entry : run.target(name).path("lambda").properties()) {
      table.row(
          entry.getKey().equals("sum") ? "λ, sum" : "λ, " + entry.getKey(),
          number(entry.getValue()));
    }
    JsonNode worth = run.target(name).path("inference");
    WORTH.forEach(
        (key, words) -> {
          if (!worth.path(key).isNull() && !worth.path(key).isMissingNode()) {
            table.row(words, number(worth.path(key)));
          }
        });
    return table;
  }

  private Map<String, Object> folds() {
    OptionalInt selected = rows.marked("selected");
    HtmlTable table = new HtmlTable("Fold errors at the chosen λ", "<Fold", "MSE", "RMSE").open();
    for (int f = 0; f < rows.folds() && selected.isPresent(); f++) {
      double mse = rows.number(selected.getAsInt(), "fold_" + f);
      if (Double.isFinite(mse)) {
        table.row(run.block(f), HtmlTable.number(mse), HtmlTable.number(Math.sqrt(mse)));
      }
    }
    return with(
        figure(
            "Do the folds agree?",
            splits()
                + "The held-out error of every fold; a dot marks its own best λ. Dots far apart mean"
                + " that λ is poorly determined; curves far apart, that a few rows drive the error.",
            table),
        "folds",
        "Held-out error of each fold against log10 lambda");
  }

  /** Which rows trained and which were scored, where that is not every fold by all the others. */
  private String splits() {
    JsonNode validation = run.report().path("validation");
    return validation.path("kind").asText("kfold").equals("kfold")
        ? ""
        : validation.path("split").asText()
            + ". "
            + validation.path("standardError").asText()
            + ". ";
  }

  private Map<String, Object> forecast() {
    ForecastPlot plot = ForecastPlot.of(run, name);
    if (plot.isEmpty()) {
      return Map.of();
    }
    Map<String, Object> figure =
        with(
            figure("Would more rows help?", plot.text(), plot.table().open()),
            "forecast",
            "Error against the number of rows, observed and foretold");
    figure.put("headline", run.verdict(name));
    figure.put("basis", ForecastPlot.BASIS);
    return figure;
  }

  private Map<String, Object> residuals() {
    ResidualSample sample = ResidualSample.of(run, name);
    if (sample.size() == 0) {
      return Map.of();
    }
    JsonNode loo = run.target(name).path("loo");
    String text =
        PlainTable.count(sample.size())
            + " rows drawn by a hash of their content"
            + (sample.isHeldOut()
                ? ", each predicted by the model that had not seen "
                    + (sample.hasFolds() ? "its fold" : "it")
                : "")
            + ". Errors should scatter evenly about 0 at every prediction (a bend asks for other"
            + " features, a funnel for weights or a logarithm). On the line of the second plot they"
            + " are normally distributed; heavier tails bend it down at the left and up at the"
            + " right, and make standard errors too small."
            + (sample.hasLeverage()
                ? " Leverage is how much a row pulls its own prediction, from 0 to 1."
                : "")
            + (loo.path("maxLeverage").isNumber()
                ? " Rows with more than twice the average, of all: "
                    + PlainTable.count(loo.path("highLeverageRows").asLong())
                    + "; the largest has "
                    + number(loo.path("maxLeverage"))
                    + "."
                : "");
    Map<String, Object> figure = figure("Errors of single rows", text, sample.table());
    return sample.hasLeverage()
        ? with(
            figure,
            "residuals",
            "Error of sampled rows against their prediction",
            "normal",
            "Quantiles of the errors against those of the normal distribution",
            "leverage",
            "Error of sampled rows against their leverage")
        : with(
            figure,
            "residuals",
            "Error of sampled rows against their prediction",
            "normal",
            "Quantiles of the errors against those of the normal distribution");
  }

  private Map<String, Object> coefficientPath() {
    JsonNode path = run.report().path("plots").path("coefficients").path(name);
    if (path.path("lambda").size() < 2) {
      return Map.of();
    }
    return with(
        figure(
            "Coefficients along the path",
            "Standardized coefficients (change of the target per standard deviation of the"
                + " feature) of the "
                + (path.path("feature").size() < CoefficientRow.bySize(run, name).size()
                    ? path.path("feature").size() + " largest features"
                    : "features")
                + ", against λ and against the degrees of freedom. The dashed line is the chosen"
                + " model.",
            HtmlTables.coefficientPath(path)),
        "coefficientsByLambda",
        "Standardized coefficients against log10 lambda",
        "coefficientsByDf",
        "Standardized coefficients against degrees of freedom");
  }

  private Map<String, Object> coefficients() {
    List<CoefficientRow> all = CoefficientRow.bySize(run, name);
    boolean intervals = all.stream().anyMatch(row -> Double.isFinite(row.posteriorSd()));
    String shown =
        all.size() > CoefficientRow.PLOTTED
            ? "The " + CoefficientRow.PLOTTED + " largest of " + all.size() + " coefficients"
            : "The coefficients";
    String text =
        shown
            + " of the chosen model, standardized so that they can be compared"
            + (intervals
                ? ". Bars are 95 % credible intervals (posterior mean ± "
                    + HtmlTable.number(CoefficientRow.quantile(run, name))
                    + " posterior standard deviations, Student's t); they do not know that λ was chosen by the same data."
                : ".");
    return with(
        figure(
            "Coefficients of the chosen model",
            text,
            HtmlTables.coefficients(run, name, COEFFICIENT_ROWS)),
        "intervals",
        "Standardized coefficients with their intervals");
  }

  private Map<String, Object> spectrum() {
    JsonNode spectrum = run.report().path("plots").path("spectrum").path(name);
    double lambda = run.target(name).path("lambda").path("sum").asDouble();
    return with(
        figure(
            "What the penalty shrinks",
            "The eigenvalues e of the standardized scatter matrix (its principal directions) and"
                + " what is left of each direction, e / (e + λ), under the chosen λ. Directions"
                + " below the dashed line lose more than half.",
            HtmlTables.spectrum(spectrum, lambda)),
        "spectrum",
        "Eigenvalues and shrinkage factors");
  }

  private Map<String, Object> surface() {
    PathRows all = run.path(name);
    return with(
        figure(
            "Width and λ of the feature map",
            "The error of every map setting and λ, by how far it is above the smallest of all; the"
                + " outlined cell is the chosen one. A wide bright area means that the choice"
                + " matters little; a bright area at an edge, that the search should go on there.",
            HtmlTables.settings(all).open()),
        "surfaces",
        "Error against width and log10 lambda");
  }
}

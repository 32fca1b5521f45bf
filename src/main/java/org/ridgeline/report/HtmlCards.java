package org.ridgeline.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The result of one target in a sentence and a handful of figures. */
final class HtmlCards {
  private final String name;
  private final JsonNode target;
  private final JsonNode cv;
  private final long features;

  HtmlCards(RunFiles run, String name) {
    this.name = name;
    this.target = run.target(name);
    this.cv = target.path("cv");
    this.features = CoefficientRow.bySize(run, name).size();
  }

  /** One sentence for a reader in a hurry. */
  String verdict() {
    double mean = cv.path("meanPredictorMse").asDouble(Double.NaN);
    double mse = cv.path("mse").asDouble(Double.NaN);
    double se = cv.path("se").asDouble(0);
    if (Double.isFinite(leftOut()) && Double.isNaN(mse)) {
      return "Leaving out one row at a time, the model explains "
          + percent(1 - leftOut() / variance())
          + " of the variance of "
          + name
          + ": its typical error on such a row is "
          + brief(Math.sqrt(leftOut()))
          + ".";
    }
    if (Double.isNaN(mse) || Double.isNaN(mean)) {
      double r2 = target.path("train").path("r2").asDouble(Double.NaN);
      String training =
          Double.isNaN(r2)
              ? ""
              : "On the rows it was trained on, the model explains "
                  + percent(r2)
                  + " of the variance of "
                  + name
                  + ". ";
      return training + "Its error on new rows was not measured: tune does that.";
    }
    if (mse >= mean) {
      return "On rows it had not seen, the model predicts "
          + name
          + " no better than its mean would.";
    }
    String doubt =
        mse + se >= mean ? " The gain is smaller than the standard error: it may be chance." : "";
    return "On rows it had not seen, the model explains "
        + percent(1 - mse / mean)
        + " of the variance of "
        + name
        + ": its typical error is "
        + brief(Math.sqrt(mse))
        + ", against "
        + brief(Math.sqrt(mean))
        + " when always predicting the mean."
        + doubt;
  }

  /** Returns the mean squared error of rows left out; NaN where no pass measured it. */
  private double leftOut() {
    return target.path("loo").path("mse").asDouble(Double.NaN);
  }

  /** Of the target on the training rows. */
  private double variance() {
    JsonNode train = target.path("train");
    return train.path("mse").asDouble(Double.NaN) / (1 - train.path("r2").asDouble(Double.NaN));
  }

  private static String percent(double share) {
    double percent = 100 * share;
    String form = percent >= 99 || percent < 10 ? "%.2f %%" : "%.1f %%";
    return String.format(Locale.ROOT, form, percent);
  }

  /** Name, value and remark of each figure. */
  List<Map<String, Object>> cards() {
    List<Map<String, Object>> cards = new ArrayList<>();
    JsonNode train = target.path("train");
    if (cv.path("mse").isNumber()) {
      addFolds(cards);
    } else if (Double.isFinite(leftOut())) {
      add(
          cards,
          "Error on rows left out (RMSE)",
          brief(Math.sqrt(leftOut())),
          "MSE " + brief(leftOut()) + ", each row left out in turn");
      add(
          cards,
          "R² on rows left out",
          brief(1 - leftOut() / variance()),
          "training rows: " + number(train.path("r2")));
    } else {
      add(
          cards,
          "Error on training rows (RMSE)",
          number(train.path("rmse")),
          "MSE " + number(train.path("mse")));
      add(cards, "R² on training rows", number(train.path("r2")), "optimistic: not held out");
    }
    add(
        cards,
        "Penalty λ",
        number(target.path("lambda").path("sum")),
        Criterion.words(target.path("selectedBy").asText(""))
            + (target.path("needsNoPenalty").asBoolean() ? "; none is needed" : ""));
    add(
        cards,
        "Degrees of freedom",
        number(target.path("df")),
        "of "
            + PlainTable.count(features)
            + (features == 1 ? " feature" : " features")
            + "; 0 would be the mean alone");
    return cards;
  }

  private void addFolds(List<Map<String, Object>> cards) {
    add(
        cards,
        "Error on unseen rows (RMSE)",
        number(cv.path("rmse")),
        "MSE "
            + number(cv.path("mse"))
            + " ± "
            + number(cv.path("se"))
            + " standard error, "
            + cv.path("folds").asText()
            + " folds");
    JsonNode nested = cv.path("nested");
    if (nested.path("mse").isNumber()) {
      add(
          cards,
          "Error of the tuned model (RMSE)",
          number(nested.path("rmse")),
          "MSE "
              + number(nested.path("mse"))
              + " ± "
              + number(nested.path("se"))
              + ", tuned anew without the rows scored; "
              + number(nested.path("cvMseOfTheseFolds"))
              + " by the curve on the same "
              + nested.path("folds").asText()
              + " folds: optimism "
              + number(nested.path("optimism")));
    }
    double mean = cv.path("meanPredictorMse").asDouble(Double.NaN);
    add(
        cards,
        "Always predicting the mean (RMSE)",
        brief(Math.sqrt(mean)),
        "MSE " + brief(mean) + " on the same folds");
    add(
        cards,
        "R² on unseen rows",
        number(cv.path("r2")),
        "training rows: " + number(target.path("train").path("r2")));
  }

  private static String number(JsonNode node) {
    return node.isNumber() ? brief(node.asDouble()) : "";
  }

  /** Four significant digits. */
  private static String brief(double value) {
    double size = Math.abs(value);
    if (Double.isNaN(value) || (value != 0 && (size < 1e-4 || size >= 1e7))) {
      return HtmlTable.number(value);
    }
    return new BigDecimal(value).round(new MathContext(4)).toPlainString();
  }

  private static void add(
      List<Map<String, Object>> cards, String name, String value, String remark) {
    if (!value.isEmpty()) {
      Map<String, Object> card = new LinkedHashMap<>();
      card.put("name", name);
      card.put("value", value);
      card.put("remark", remark);
      cards.add(card);
    }
  }
}

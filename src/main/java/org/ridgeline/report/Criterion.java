package org.ridgeline.report;

import java.util.OptionalInt;
import org.ridgeline.base.Words;

/** A rule that chooses lambda, as the report shows it. */
enum Criterion {
  CV_MIN("cv_mse", 1, "Cross-validation", "smallest cross-validated error"),
  CV_1SE("cv_mse", 1, "", "largest lambda within one standard error of the smallest error"),
  LOO("loo_mse", 1, "Leave-one-out", "smallest leave-one-out error"),
  GCV("gcv", 1, "GCV", "smallest generalized cross-validation score"),
  EVIDENCE("log_evidence", -1, "−log evidence", "largest marginal likelihood"),
  AIC("aic", 1, "AIC", "smallest Akaike information criterion"),
  BIC("bic", 1, "BIC", "smallest Bayesian information criterion"),
  SURE("sure", 1, "SURE", "smallest estimated error of the fitted values");

  private final String column;
  private final int sign;
  private final String curve;
  private final String words;

  Criterion(String column, int sign, String curve, String words) {
    this.column = column;
    this.sign = sign;
    this.curve = curve;
    this.words = words;
  }

  /** Returns the word of {@code --select}. */
  String rule() {
    return Words.of(this);
  }

  /** Its column in {@code path.csv}. */
  String column() {
    return column;
  }

  /** 1 when small is good, else -1. */
  int sign() {
    return sign;
  }

  /** Returns what a plot calls its curve; empty when another rule shows the same curve. */
  String curve() {
    return curve;
  }

  /** Returns what it chooses. */
  String words() {
    return words;
  }

  /** Returns the row that it would choose, if it was computed. */
  OptionalInt choice(PathRows rows) {
    return switch (this) {
      case CV_MIN -> rows.marked("is_min");
      case CV_1SE -> rows.marked("is_1se");
      default -> rows.smallest(column, sign);
    };
  }

  /** Returns the words for a rule of {@code report.json}; the rule itself when it is not known. */
  static String words(String rule) {
    for (Criterion criterion : values()) {
      if (criterion.rule().equals(rule)) {
        return criterion.words;
      }
    }
    return rule.equals("given") ? "given, not chosen by the data" : rule;
  }
}

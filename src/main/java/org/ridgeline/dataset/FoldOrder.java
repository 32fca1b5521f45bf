package org.ridgeline.dataset;

import java.math.BigDecimal;
import java.util.Comparator;

/** How the names of folds are ordered. */
public enum FoldOrder {
  /** As numbers. */
  NUMBER,
  /** As texts. */
  TEXT;

  /** Returns the order of names. */
  public Comparator<String> comparator() {
    return this == NUMBER ? Comparator.comparing(BigDecimal::new) : Comparator.naturalOrder();
  }
}

package org.ridgeline.train;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.ridgeline.base.Explanation;

/** Warnings in the order of what they cost a user who overlooks them. */
final class WarningList {
  private final Map<Concern, List<Explanation>> warnings = new EnumMap<>(Concern.class);

  /** What a warning is about, the costliest first. */
  enum Concern {
    /** The chosen lambda predicts worse than another would. */
    CHOICE,
    /** Numbers have fewer digits than they show, or are not the only solution. */
    DIGITS,
    /** Rows or columns take no part. */
    DATA,
    /** Something could be tried, or is worth knowing. */
    HINT
  }

  /** Adds a warning behind those of the same concern. */
  void add(Concern concern, Explanation warning) {
    warnings.computeIfAbsent(concern, c -> new ArrayList<>()).add(warning);
  }

  /** Adds a warning without a remedy. */
  void add(Concern concern, String warning) {
    add(concern, Explanation.of(warning));
  }

  /** Returns them in order. */
  List<Explanation> ordered() {
    return warnings.values().stream().flatMap(List::stream).toList();
  }
}

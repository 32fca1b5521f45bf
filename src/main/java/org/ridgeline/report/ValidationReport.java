package org.ridgeline.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.ridgeline.select.Split;
import org.ridgeline.select.SplitRule;
import org.ridgeline.select.Splits;
import org.ridgeline.select.Validation;

/**
 * Which rows trained and which were scored.
 *
 * @param validation the way of validating
 * @param splits its splits; none where nothing was held out
 * @param labels the names of the blocks of rows
 */
public record ValidationReport(Validation validation, Splits splits, List<String> labels) {
  /** Copies the list. */
  public ValidationReport {
    labels = List.copyOf(labels);
  }

  /** Returns in words which rows trained and which were scored. */
  public String split() {
    SplitRule rule = validation.rule();
    return switch (rule.kind()) {
      case KFOLD -> "Each of " + labels.size() + " folds was scored by the model of all the others";
      case FORWARD -> forward((SplitRule.Forward) rule);
      case PURGED -> {
        int gap = ((SplitRule.Purged) rule).gap();
        yield String.format(
            Locale.ROOT,
            "Each of the %d blocks %s to %s, in order, was scored by the model of the others but %s"
                + " on either side",
            labels.size(),
            labels.get(0),
            labels.get(labels.size() - 1),
            neighbors(gap));
      }
      case REPEATED -> {
        SplitRule.Repeated repeated = (SplitRule.Repeated) rule;
        yield String.format(
            Locale.ROOT,
            "%s were dealt into %d folds %d times, each time anew, and each fold was scored by the"
                + " model of all the others: every block has the mean of %d scores",
            fine(),
            repeated.folds(),
            repeated.repeats(),
            repeated.repeats());
      }
    };
  }

  private String fine() {
    int scored = scored().size();
    return scored == labels.size()
        ? scored + " fine blocks of rows"
        : "The " + scored + " of " + labels.size() + " fine blocks that have rows";
  }

  private String forward(SplitRule.Forward rule) {
    List<Integer> scored = scored();
    String first = labels.get(scored.get(0));
    String window =
        rule.window().isEmpty()
            ? "all blocks"
            : rule.window().getAsInt() == 1
                ? "the one block"
                : "the " + rule.window().getAsInt() + " blocks";
    String gap = rule.gap() == 0 ? "" : " but " + neighbors(rule.gap());
    return String.format(
        Locale.ROOT,
        "Each of the %d blocks %s to %s, in order, was scored by the model of %s before it%s; %s"
            + " trained only%s",
        scored.size(),
        first,
        labels.get(scored.get(scored.size() - 1)),
        window,
        gap,
        scored.get(0) == 1
            ? "block " + labels.get(0)
            : "blocks " + labels.get(0) + " to " + labels.get(scored.get(0) - 1),
        rule.window().isEmpty() ? "" : "; the model of the run is that of all blocks");
  }

  private static String neighbors(int gap) {
    return gap == 0 ? "none" : gap == 1 ? "the nearest" : "the nearest " + gap;
  }

  /** Returns in words what the standard error is an error of. */
  public String standardError() {
    String spread =
        "The standard error is the standard deviation of the errors of the "
            + scored().size()
            + (validation.isKFold() ? " folds" : " blocks")
            + " over the square root of their number";
    return switch (validation.rule().kind()) {
      case KFOLD -> spread;
      case PURGED -> spread + ", as if blocks did not depend on each other beyond the gap";
      case FORWARD ->
          spread
              + ": that of the mean over these blocks, as if the errors of consecutive ones did not"
              + " depend on each other; of blocks to come it says nothing where the data drift";
      case REPEATED ->
          spread
              + ", each block with the mean of its scores: repeats share the rows, so more of them"
              + " do not make it smaller, as a spread over folds of all repeats would";
    };
  }

  private List<Integer> scored() {
    TreeSet<Integer> blocks = new TreeSet<>();
    splits.forEach(split -> Arrays.stream(split.heldOut()).forEach(blocks::add));
    return List.copyOf(blocks);
  }

  /** Returns what {@code report.json} says; null where nothing was held out. */
  Map<String, Object> json() {
    if (splits.isEmpty()) {
      return null;
    }
    Map<String, Object> map = new LinkedHashMap<>(SpecJson.validation(validation));
    map.put("split", split());
    map.put("standardError", standardError());
    map.put("blocks", labels);
    List<Object> list = new ArrayList<>();
    for (Split split : splits) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("train", ints(split.training()));
      one.put("heldOut", ints(split.heldOut()));
      list.add(one);
    }
    map.put("splits", validation.isKFold() ? null : list);
    return map;
  }

  private static List<Integer> ints(int[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}

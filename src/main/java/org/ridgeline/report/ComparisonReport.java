package org.ridgeline.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ridgeline.infer.ColumnShift;
import org.ridgeline.infer.TargetComparison;

/**
 * A comparison of two sets of rows, A and B.
 *
 * @param a where the moments of A are
 * @param b where those of B are
 * @param rowsA how many rows A has
 * @param rowsB how many rows B has
 * @param model where the model of A is from
 * @param targets what was found
 * @param shared what shows that A and B have rows in common, if anything does
 * @param warnings complete sentences
 */
public record ComparisonReport(
    String a,
    String b,
    long rowsA,
    long rowsB,
    ModelSource model,
    List<TargetComparison> targets,
    Optional<String> shared,
    List<String> warnings) {
  /** Where a model is from. */
  public enum ModelSource {
    /** A finished run. */
    RUN,
    /** It was solved from the moments, as they are solved where nothing is asked for. */
    SOLVED
  }

  /** A column by its name. */
  record Column(String name, ColumnShift shift) {
    /** Returns the size of its shift. */
    double size() {
      return Math.abs(shift.shift());
    }
  }

  /** Copies the lists. */
  public ComparisonReport {
    targets = List.copyOf(targets);
    warnings = List.copyOf(warnings);
  }

  /** Returns the metrics of every target. */
  public Map<String, Map<String, Double>> metrics() {
    Map<String, Map<String, Double>> metrics = new LinkedHashMap<>();
    targets.forEach(target -> metrics.put(target.target(), target.metrics()));
    return metrics;
  }

  /** Returns the features, once where targets share them, then the targets. */
  List<Column> columns() {
    List<Column> features = new ArrayList<>();
    List<Column> labels = new ArrayList<>();
    for (TargetComparison target : targets) {
      int last = target.columns().size() - 1;
      for (int j = 0; j < last; j++) {
        features.add(new Column(target.columns().get(j), target.shifts().get(j)));
      }
      labels.add(new Column(target.columns().get(last), target.shifts().get(last)));
    }
    List<Column> all = new ArrayList<>(features.stream().distinct().toList());
    all.addAll(labels);
    return all;
  }
}

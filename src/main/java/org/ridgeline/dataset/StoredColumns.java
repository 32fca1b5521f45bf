package org.ridgeline.dataset;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Names;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;

/** Chooses labels and features among the columns of stored moments. */
public final class StoredColumns {
  private final MomentsSet saved;
  private final Map<String, InputColumn> inputs = new LinkedHashMap<>();
  private final Map<String, Integer> positions = new LinkedHashMap<>(); // of first features

  private StoredColumns(MomentsSet saved) {
    this.saved = saved;
    int at = 0;
    for (InputColumn input : saved.columns().inputs()) {
      inputs.put(input.column(), input);
      positions.put(input.column(), at);
      at += input.names().size();
    }
    for (String label : saved.columns().labels()) {
      inputs.put(label, InputColumn.number(label));
      positions.put(label, at++);
    }
  }

  /**
   * Returns the moments of some columns. A column that was a feature can be a label, and one that
   * was a label a feature.
   *
   * @param labels none: those that were stored
   * @param globs of features; none: all that were stored and are no label now
   * @throws DataException naming a column that is not there or not of that use
   */
  public static MomentsSet choose(MomentsSet saved, List<String> labels, List<String> globs) {
    List<String> stored = saved.columns().labels();
    List<String> chosen = labels.isEmpty() ? stored : labels;
    if (chosen.equals(stored) && globs.isEmpty()) {
      return saved;
    }
    return new StoredColumns(saved).choose(chosen, globs);
  }

  private MomentsSet choose(List<String> labels, List<String> globs) {
    labels.forEach(this::requireLabel);
    Names.duplicate(labels).ifPresent(StoredColumns::refuseTwice);
    List<String> features = features(labels, globs);
    List<InputColumn> kept = features.stream().map(inputs::get).toList();
    FeatureNames.requireDistinct(kept);
    List<Integer> columns = new ArrayList<>();
    if (saved.maps().isPresent()) {
      for (int j = 0; j < saved.moments().fold(0).inputs(); j++) {
        columns.add(j);
      }
    } else {
      for (InputColumn input : kept) {
        for (int j = 0; j < input.names().size(); j++) {
          columns.add(positions.get(input.column()) + j);
        }
      }
    }
    int leading = columns.size();
    int shift = saved.moments().fold(0).inputs() - saved.columns().features().size(); // of a map
    labels.forEach(label -> columns.add(positions.get(label) + shift));
    int[] selected = columns.stream().mapToInt(j -> j).toArray();
    MomentsSet.Columns old = saved.columns();
    return new MomentsSet(
        new MomentsSet.Columns(labels, kept, old.weight(), old.weightKind(), old.intercept()),
        saved.folds(),
        saved.order(),
        saved.maps(),
        saved.sources(),
        saved.sums().stream().map(sum -> sum.selected(selected, leading)).toList());
  }

  private void requireLabel(String label) {
    List<String> names = new ArrayList<>(inputs.keySet());
    if (!inputs.containsKey(label)) {
      throw new DataException(
          "there is no column "
              + Names.quoted(label)
              + " (label) in the moments; "
              + Names.suggestion(names, label));
    }
    boolean wasLabel = saved.columns().labels().contains(label);
    if (!wasLabel && saved.maps().isPresent()) {
      throw new DataException(
          "column "
              + Names.quoted(label)
              + " cannot be a label: the moments are of mapped features, not of their inputs");
    }
    if (inputs.get(label).kind() != InputColumn.Kind.NUMBER) {
      throw new DataException(
          "column "
              + Names.quoted(label)
              + " cannot be a label: it is "
              + (inputs.get(label).kind() == InputColumn.Kind.CATEGORY
                  ? "a category"
                  : "an array of numbers"));
    }
  }

  private static void refuseTwice(String label) {
    throw new DataException("the label " + Names.quoted(label) + " is named twice");
  }

  private List<String> features(List<String> labels, List<String> globs) {
    List<String> defaults =
        saved.columns().inputs().stream()
            .map(InputColumn::column)
            .filter(column -> !labels.contains(column))
            .toList();
    if (saved.maps().isPresent()) {
      if (!globs.isEmpty()) {
        throw new DataException(
            "features cannot be chosen from the moments of a feature map: all inputs went into it",
            Remedy.of("leave out %s", Option.FEATURES));
      }
      return defaults;
    }
    List<String> chosen = FeatureGlobs.choose(globs, new ArrayList<>(inputs.keySet()), defaults);
    for (String name : chosen) {
      if (labels.contains(name)) {
        throw new DataException(
            "column " + Names.quoted(name) + " cannot be a feature: it is already a label");
      }
    }
    if (chosen.stream().allMatch(name -> inputs.get(name).names().isEmpty())) {
      throw new DataException(
          "no features are left", Remedy.of("change %s, which removes them all", Option.FEATURES));
    }
    return chosen;
  }
}

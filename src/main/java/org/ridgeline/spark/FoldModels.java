package org.ridgeline.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ridgeline.base.Check;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Names;
import org.ridgeline.features.FeatureMap;

/** The model of all rows and the models of the folds, by the folds' labels. */
final class FoldModels implements Serializable {
  private static final long serialVersionUID = 1L;

  private final PathModel full;
  private final ArrayList<String> labels;
  private final ArrayList<PathModel> folds; // null: not held out
  private final FeatureMap map; // null: the models are of the rows themselves

  FoldModels(PathModel full, List<String> labels, List<Optional<PathModel>> folds) {
    this(full, labels, folds.stream().map(fold -> fold.orElse(null)).toList(), null);
  }

  private FoldModels(PathModel full, List<String> labels, List<PathModel> folds, FeatureMap map) {
    Check.that(
        labels.size() == folds.size(),
        "Cannot score folds: there are %d models for %d folds",
        folds.size(),
        labels.size());
    this.full = full;
    this.labels = new ArrayList<>(labels);
    this.folds = new ArrayList<>(folds);
    this.map = map;
  }

  /** These models with the map that makes their features, where there is one. */
  FoldModels withMap(Optional<FeatureMap> other) {
    return new FoldModels(full, labels, folds, other.orElse(null));
  }

  /** The map that makes the models' features, where there is one. */
  Optional<FeatureMap> map() {
    return Optional.ofNullable(map);
  }

  PathModel full() {
    return full;
  }

  boolean hasFolds() {
    return !folds.isEmpty();
  }

  List<String> labels() {
    return labels;
  }

  /** The model that did not see the rows of this fold, if it is held out. */
  Optional<PathModel> fold(String label) {
    int at = labels.indexOf(label);
    if (at < 0) {
      throw new DataException(
          "the data have a fold " + Names.quoted(label) + " that was not there in the first pass");
    }
    return Optional.ofNullable(folds.get(at));
  }
}

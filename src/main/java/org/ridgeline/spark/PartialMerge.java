package org.ridgeline.spark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.Moments;
import org.ridgeline.moments.MomentsSlice;

/** The driver's end of the moments pass: puts partials together in a fixed order. */
final class PartialMerge {
  private final Design design;
  private final InvalidTally invalid;
  private final Map<String, Moments> folds = new HashMap<>();
  private boolean tooManyFolds;

  private PartialMerge(Design design) {
    this.design = design;
    this.invalid = new InvalidTally(0);
  }

  /** Merges everything that the tasks sent. */
  static PartialMerge of(Design design, List<Partial> partials) {
    PartialMerge merge = new PartialMerge(design);
    List<Partial> sorted = new ArrayList<>(partials);
    sorted.sort(Comparator.comparing(Partial::key));
    Map<PartKey, List<MomentsSlice>> slices = new LinkedHashMap<>();
    for (Partial partial : sorted) {
      partial.summary().ifPresentOrElse(merge::addSummary, () -> merge.addSlice(slices, partial));
    }
    slices.forEach(merge::addWhole);
    return merge;
  }

  private void addSummary(TaskSummary summary) {
    invalid.merge(summary.invalid());
    tooManyFolds |= summary.tooManyFolds();
  }

  /** Slices of one sum share label and origin, whole moments are a single slice. */
  private void addSlice(Map<PartKey, List<MomentsSlice>> slices, Partial partial) {
    PartKey key = partial.key();
    PartKey sum = new PartKey(key.label(), 0, key.partition(), 0);
    slices.computeIfAbsent(sum, k -> new ArrayList<>()).add(partial.slice());
  }

  private void addWhole(PartKey key, List<MomentsSlice> slices) {
    Moments whole = MomentsSlice.join(slices);
    Moments before = folds.putIfAbsent(key.label(), whole);
    if (before != null) {
      before.merge(whole);
    }
  }

  InvalidTally invalid() {
    return invalid;
  }

  /** Whether a task, or all together, met more folds than this. */
  boolean hasMoreFoldsThan(int most) {
    return tooManyFolds || folds.size() > most;
  }

  /** The folds in their order; folds that are numbered beforehand are there even when empty. */
  Optional<FoldedMoments> folded() {
    List<String> labels =
        design.knownFolds().isPresent()
            ? design.folds().numberedLabels()
            : folds.keySet().stream().sorted(design.folds().labelOrder()).toList();
    if (labels.isEmpty()) {
      return Optional.empty();
    }
    List<Moments> moments = new ArrayList<>();
    for (String label : labels) {
      Moments found = folds.get(label);
      moments.add(found == null ? Moments.empty(design.inputs(), design.targets()) : found);
    }
    return Optional.of(FoldedMoments.of(labels, moments));
  }
}

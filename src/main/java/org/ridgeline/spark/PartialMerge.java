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
import org.ridgeline.moments.SparseAccumulator;
import org.ridgeline.moments.SparseLayout;

/** The driver's end of the moments pass: puts partials together in a fixed order. */
final class PartialMerge {
  private final Design design;
  private final InvalidTally invalid;
  private final SampledRows sample;
  private final List<Map<String, Moments>> folds = new ArrayList<>(); // of each map
  private long clipped;
  private boolean tooManyFolds;

  private PartialMerge(Design design) {
    this.design = design;
    this.invalid = new InvalidTally();
    this.sample = new SampledRows(design.width(), SampledRows.MOST);
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
    clipped += summary.clipped();
    summary.sample().ifPresent(sample::merge);
  }

  /** Slices of one sum share label and origin, whole moments are a single slice. */
  private void addSlice(Map<PartKey, List<MomentsSlice>> slices, Partial partial) {
    PartKey key = partial.key();
    PartKey sum = new PartKey(key.label(), 0, key.partition(), 0).ofMap(key.map());
    slices.computeIfAbsent(sum, k -> new ArrayList<>()).add(partial.slice());
  }

  private void addWhole(PartKey key, List<MomentsSlice> slices) {
    Moments whole = MomentsSlice.join(slices);
    while (folds.size() <= key.map()) {
      folds.add(new HashMap<>());
    }
    Moments before = folds.get(key.map()).putIfAbsent(key.label(), whole);
    if (before != null) {
      before.merge(whole);
    }
  }

  InvalidTally invalid() {
    return invalid;
  }

  /** The sample of the rows. */
  SampledRows sample() {
    return sample;
  }

  /** How many values of map inputs were clipped. */
  long clipped() {
    return clipped;
  }

  /** Whether a task, or all together, met more folds than this. */
  boolean hasMoreFoldsThan(int most) {
    return tooManyFolds || (!folds.isEmpty() && folds.get(0).size() > most);
  }

  /** Whether no column lost digits because it was stored by its nonzeros. */
  boolean keptDigits(SparseLayout layout) {
    return folds.isEmpty() || SparseAccumulator.keptDigits(layout, folds.get(0).values());
  }

  /**
   * The folds in their order; folds that are numbered beforehand are there even when empty.
   *
   * @param map the number of the feature map, 0 without maps
   * @param inputs the number of its features, or of inputs
   */
  Optional<FoldedMoments> folded(int map, int inputs) {
    Map<String, Moments> found = map < folds.size() ? folds.get(map) : Map.of();
    List<String> labels =
        design.knownFolds().isPresent()
            ? design.folds().numberedLabels()
            : found.keySet().stream().sorted(design.foldOrder().comparator()).toList();
    if (labels.isEmpty()) {
      return Optional.empty();
    }
    List<Moments> moments = new ArrayList<>();
    for (String label : labels) {
      Moments fold = found.get(label);
      moments.add(fold == null ? Moments.empty(inputs, design.targets()) : fold);
    }
    return Optional.of(FoldedMoments.of(labels, moments));
  }
}

package org.ridgeline.train;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.IntFunction;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.select.LeaveOneOutSums;
import org.ridgeline.select.MapSetting;
import org.ridgeline.select.TuningResult;
import org.ridgeline.spark.LeaveOneOutPass;
import org.ridgeline.spark.LeftOutModels;

/**
 * The second pass of leave-one-out with a map: one pass for as many settings as have eigenvectors
 * of 128 MB together, {@code 8 D^2} bytes each. Settings are requested in order.
 */
final class MapLeaveOneOut implements IntFunction<TuningResult> {
  private static final long MOST_BYTES = 1L << 27;

  private final LeaveOneOutPass pass;
  private final MomentsSet.Maps maps;
  private final IntFunction<TuningResult> solver;
  private final Deque<TuningResult> ready = new ArrayDeque<>();

  /**
   * Prepares the search.
   *
   * @param solver tunes the setting of this number by the moments
   */
  MapLeaveOneOut(LeaveOneOutPass pass, MomentsSet.Maps maps, IntFunction<TuningResult> solver) {
    this.pass = pass;
    this.maps = maps;
    this.solver = solver;
  }

  /** Returns how many passes settings of these widths take, in the order of {@code MapGrid}. */
  static int passes(List<Integer> widths) {
    int passes = 0;
    for (int from = 0; from < widths.size(); passes++) {
      from = end(widths, from);
    }
    return passes;
  }

  /** One after the last setting that shares a pass with setting {@code from}. */
  private static int end(List<Integer> widths, int from) {
    long bytes = 0;
    int end = from;
    while (end < widths.size()) {
      bytes += (long) Double.BYTES * widths.get(end) * widths.get(end);
      if (end > from && bytes > MOST_BYTES) {
        break;
      }
      end++;
    }
    return end;
  }

  @Override
  public TuningResult apply(int i) {
    if (ready.isEmpty()) {
      List<Integer> widths = maps.grid().settings().stream().map(MapSetting::width).toList();
      leaveOut(i, end(widths, i));
    }
    return ready.removeFirst();
  }

  private void leaveOut(int from, int to) {
    List<FeatureMap> widest = widest(from, to);
    LeftOutModels models = LeftOutModels.ofMaps(widest);
    List<TuningResult> tuned = new ArrayList<>();
    for (int i = from; i < to; i++) {
      int scale = (i - from) % widest.size();
      FeatureMap wide = widest.get(scale);
      double factor =
          wide.description().spec().nestedFactor(maps.grid().spec(i).width(), wide.inputs());
      TuningResult setting = solver.apply(i);
      tuned.add(setting);
      models.add(scale, LeaveOneOutPass.rotated(setting).leadingOf(wide.outputs(), factor));
    }
    List<LeaveOneOutSums> sums = pass.run(models);
    for (int i = 0; i < tuned.size(); i++) {
      ready.add(LeaveOneOutPass.choose(tuned.get(i), sums.get(i)));
    }
  }

  /** Returns the widest of these settings at each of their length scales, which alternate. */
  private List<FeatureMap> widest(int from, int to) {
    int scales = Math.min(maps.widest().size(), to - from);
    FeatureMap[] widest = new FeatureMap[scales];
    for (int i = Math.max(from, to - scales); i < to; i++) {
      widest[(i - from) % scales] = FeatureMap.of(maps.description(i));
    }
    return List.of(widest);
  }
}

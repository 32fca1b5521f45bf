package org.ridgeline.spark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.features.MapTask;
import org.ridgeline.moments.MomentsAccumulator;
import org.ridgeline.moments.Retention;
import org.ridgeline.moments.RowBlock;
import org.ridgeline.moments.RowSums;
import org.ridgeline.moments.SparseAccumulator;
import org.ridgeline.moments.SparseLayout;

/**
 * Adds blocks of rows to moments, in one thread: to those of the rows, or under each feature map to
 * those of the features, by way of one block of mapped rows that stays in cache.
 */
final class BlockAdder {
  private final int inputs;
  private final int targets;
  private final SparseLayout layout; // null: every column is stored in full
  private Retention keep = Retention.SCATTER;
  private long mostRows;
  private long rows; // of all folds together
  private final List<MapTask> tasks = new ArrayList<>();
  private final List<RowBlock> mapped = new ArrayList<>();

  BlockAdder(Design design, int blockRows, List<FeatureMap> maps) {
    this.inputs = design.inputs();
    this.targets = design.targets();
    this.layout = design.layout().orElse(null);
    Map<Integer, RowBlock> byWidth = new HashMap<>();
    for (FeatureMap map : maps) {
      tasks.add(map.newTask());
      int width = map.outputs() + targets;
      mapped.add(byWidth.computeIfAbsent(width, p -> new RowBlock(blockRows, p)));
    }
  }

  /**
   * Makes sums that keep more.
   *
   * @param most how many rows at most, where these are kept
   */
  BlockAdder keeping(Retention what, long most) {
    keep = what;
    mostRows = most;
    return this;
  }

  private RowSums newSum(int columns) {
    if (layout != null) {
      return new SparseAccumulator(layout);
    }
    return switch (keep) {
      case SCATTER -> new MomentsAccumulator(columns, targets);
      case FACTOR -> MomentsAccumulator.withFactor(columns, targets);
      case ROWS -> MomentsAccumulator.ofRows(columns, targets, mostRows);
    };
  }

  /** Returns empty sums: one for each map, or one of the rows. */
  List<RowSums> newSums() {
    List<RowSums> sums = new ArrayList<>();
    if (tasks.isEmpty()) {
      sums.add(newSum(inputs));
    }
    for (RowBlock block : mapped) {
      sums.add(newSum(block.width() - targets));
    }
    return sums;
  }

  /** Adds the rows of {@code block} to all {@code sums}, and clears it. */
  void addInPlace(RowBlock block, List<RowSums> sums) {
    rows += block.rows();
    if (keep == Retention.ROWS && rows > mostRows) {
      sums.forEach(RowSums::letRowsGo);
    }
    if (tasks.isEmpty()) {
      sums.get(0).addInPlace(block);
      return;
    }
    for (int i = 0; i < tasks.size(); i++) {
      map(block, tasks.get(i), mapped.get(i));
      sums.get(i).addInPlace(mapped.get(i));
    }
    block.clear();
  }

  private void map(RowBlock block, MapTask task, RowBlock features) {
    int p = block.width();
    int q = features.width();
    task.apply(block.rows(), block.values(), p, features.values(), q);
    for (int r = 0; r < block.rows(); r++) {
      int row = features.claimRow(block.weight(r));
      System.arraycopy(
          block.values(), r * p + inputs, features.values(), row + q - targets, targets);
    }
  }

  /** How many input values were clipped. */
  long clipped() {
    return tasks.isEmpty() ? 0 : tasks.get(0).clipped();
  }
}

package org.ridgeline.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.moments.Retention;
import org.ridgeline.moments.RowBlock;
import org.ridgeline.moments.SparseLayout;

/**
 * What a pass adds up of every block of rows: the rows themselves, or their features under each of
 * some maps. It travels to the tasks; the maps travel in a broadcast.
 */
final class Summands implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Design design;
  private final int blockColumns; // as many as decide how many rows make a block
  private final Broadcast<ArrayList<FeatureMap>> maps; // null: the rows themselves
  private final Retention keep;
  private final long mostRows;

  private Summands(
      Design design,
      int blockColumns,
      Broadcast<ArrayList<FeatureMap>> maps,
      Retention keep,
      long mostRows) {
    this.design = design;
    this.blockColumns = blockColumns;
    this.maps = maps;
    this.keep = keep;
    this.mostRows = mostRows;
  }

  /** The rows as they are. */
  static Summands rows(Design design) {
    int columns = design.layout().map(SparseLayout::stored).orElse(design.width());
    return new Summands(design, columns, null, Retention.SCATTER, 0);
  }

  /**
   * The features of the rows under each map.
   *
   * @param outputs the largest number of features of a map: it decides how many rows make a block
   */
  static Summands mapped(Design design, int outputs, Broadcast<ArrayList<FeatureMap>> maps) {
    return new Summands(design, outputs + design.targets(), maps, Retention.SCATTER, 0);
  }

  /**
   * Returns summands of which more is kept.
   *
   * @param rows how many rows at most, where these are kept
   */
  Summands keeping(Retention what, long rows) {
    return new Summands(design, blockColumns, maps, what, rows);
  }

  /** Returns an empty block for rows as they are read. */
  RowBlock newBlock() {
    return design
        .layout()
        .map(layout -> new RowBlock(blockRows(), layout))
        .orElseGet(() -> new RowBlock(blockRows(), design.width()));
  }

  private int blockRows() {
    return RowBlock.rowsFor(blockColumns, keep);
  }

  /** Returns what one thread needs to add blocks. */
  BlockAdder newAdder() {
    List<FeatureMap> known = maps == null ? List.of() : maps.value();
    return new BlockAdder(design, blockRows(), known).keeping(keep, mostRows);
  }
}

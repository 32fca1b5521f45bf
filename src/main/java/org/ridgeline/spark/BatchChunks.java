package org.ridgeline.spark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BasePredicate;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.ridgeline.dataset.InputColumn;

/** Chunks from Spark's column batches: plain numbers column by column, the rest row by row. */
final class BatchChunks implements ChunkStream {
  private final Design design;
  private final int[] ordinals;
  private final Iterator<Split<ColumnarBatch>> splits;
  private final BasePredicate filter; // null: all rows
  private final ChunkBuilder builder;
  private final ColumnTiles tiles;
  private final List<Term> others = new ArrayList<>();
  private Iterator<ColumnarBatch> batches = Collections.emptyIterator(); // of one split
  private ColumnarBatch batch;
  private int position;

  /**
   * Creates the chunks of some splits.
   *
   * @param ordinals for each column of the design, its position in a batch
   * @param filter the condition that rows must meet, or null
   */
  BatchChunks(
      Design design, int[] ordinals, BasePredicate filter, Iterator<Split<ColumnarBatch>> splits) {
    this.design = design;
    this.ordinals = ordinals;
    this.splits = splits;
    this.filter = filter;
    this.builder = new ChunkBuilder(design);
    List<Term> numbers = new ArrayList<>();
    List<Term> all = new ArrayList<>(design.inputTerms());
    all.addAll(design.targetTerms());
    for (Term term : all) {
      (ColumnTiles.takes(term) ? numbers : others).add(term);
    }
    this.tiles = new ColumnTiles(numbers, ordinals);
  }

  @Override
  public boolean advance() {
    do {
      builder.rows().begin();
      if (!nextBatch()) {
        return false;
      }
      fill(Math.min(builder.chunk().capacity(), batch.numRows() - position));
      builder.finish();
    } while (builder.chunk().rows() == 0);
    return true;
  }

  private boolean nextBatch() {
    while (batch == null || position >= batch.numRows()) {
      if (batches.hasNext()) {
        batch = batches.next();
        position = 0;
      } else if (splits.hasNext()) {
        batches = builder.start(splits.next());
      } else {
        return false;
      }
    }
    return true;
  }

  private void fill(int count) {
    for (int r = 0; r < count; r++) {
      if (filter == null || filter.eval(batch.getRow(position + r))) {
        builder.rows().claim();
      } else {
        builder.rows().claimFiltered();
      }
    }
    tiles.fill(batch, position, count, builder.rows());
    for (Term term : others) {
      readColumn(term, count);
    }
    readRoles(count);
    position += count;
  }

  private void readColumn(Term term, int count) {
    int ordinal = ordinals[term.slot()];
    ColumnVector column = batch.column(ordinal);
    boolean plainArrays =
        term.kind() == InputColumn.Kind.ARRAY && !column.hasNull() && !column.getChild(0).hasNull();
    for (int r = 0; r < count; r++) {
      if (!builder.rows().isInData(r)) {
        continue;
      }
      if (plainArrays) {
        term.copyArray(column.getArray(position + r), builder.rows(), r);
      } else {
        term.read(batch.getRow(position + r), ordinal, builder.rows(), r);
      }
    }
  }

  private void readRoles(int count) {
    boolean weighted = design.weightTerm().isPresent();
    boolean folded = design.folds().hasColumn();
    for (int r = 0; r < count && (weighted || folded); r++) {
      if (!builder.rows().isInData(r)) {
        continue;
      }
      InternalRow row = batch.getRow(position + r);
      if (weighted) {
        builder.readWeight(row, ordinals[design.weightTerm().get().slot()], r);
      }
      if (folded) {
        builder.readFold(row, ordinals[design.foldSlot()], r);
      }
    }
  }

  @Override
  public RowChunk chunk() {
    return builder.chunk();
  }

  @Override
  public void keepSample(int most) {
    builder.keepSample(most);
  }

  @Override
  public SampledRows sample() {
    return builder.sample();
  }

  @Override
  public InvalidTally invalid() {
    return builder.rows().invalid();
  }

  @Override
  public List<String> foldLabels() {
    return builder.foldLabels();
  }
}

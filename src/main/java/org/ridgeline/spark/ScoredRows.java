package org.ridgeline.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.ridgeline.linalg.Matrix;

/** The valid rows of a partition, in order, each with its predictions after its own columns. */
final class ScoredRows implements Iterator<InternalRow> {
  private final Iterator<InternalRow> rows;
  private final ScoringTask scoring;
  private final Consumer<InvalidTally> atEnd;
  private final ChunkBuilder builder;
  private final RowReader reader;
  private final List<InternalRow> held = new ArrayList<>();
  private final JoinedRow joined = new JoinedRow();
  private long firstNumber;
  private Matrix predictions;
  private int next;
  private boolean ended;

  /**
   * Creates the rows.
   *
   * @param ordinals for each column of the design, its position in a row
   * @param atEnd receives what was left out, once
   */
  ScoredRows(
      Design design,
      int[] ordinals,
      LinearScorer scorer,
      int partition,
      Iterator<InternalRow> rows,
      Consumer<InvalidTally> atEnd) {
    this.rows = rows;
    this.scoring = scorer.newTask();
    this.atEnd = atEnd;
    this.builder = new ChunkBuilder(design);
    builder.rows().startPartition(partition);
    this.reader = new RowReader(design, ordinals, builder);
  }

  @Override
  public boolean hasNext() {
    while (!ended && next >= builder.chunk().rows()) {
      if (rows.hasNext()) {
        fill();
      } else {
        ended = true;
        atEnd.accept(builder.rows().invalid());
      }
    }
    return !ended;
  }

  private void fill() {
    firstNumber += held.size();
    held.clear();
    next = 0;
    builder.rows().begin();
    while (!builder.rows().isFull() && rows.hasNext()) {
      InternalRow row = rows.next();
      reader.read(row);
      held.add(row.copy());
    }
    builder.finish();
    predictions = builder.chunk().rows() > 0 ? scoring.predict(builder.chunk()) : null;
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException("There are no more rows");
    }
    InternalRow row = held.get((int) (builder.chunk().number(next) - firstNumber));
    Object[] values = new Object[predictions.rows()];
    for (int t = 0; t < values.length; t++) {
      values[t] = predictions.get(t, next);
    }
    next++;
    return joined.apply(row, new GenericInternalRow(values));
  }
}

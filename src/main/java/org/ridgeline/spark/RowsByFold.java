package org.ridgeline.spark;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.JavaRDD;
import org.ridgeline.moments.Moments;
import org.ridgeline.moments.MomentsAccumulator;
import org.ridgeline.moments.MomentsSlice;
import org.ridgeline.moments.RowBlock;
import scala.Tuple2;

/**
 * Shuffles blocks of rows by (fold, slot), so that a task holds the accumulator of one fold: {@code
 * 8 p} bytes a row against {@code p^2} flops. Blocks carry (partition, sequence) and are sorted by
 * it before they are added.
 */
final class RowsByFold {
  private final int inputs;
  private final int targets;
  private final int slots;
  private final int guessedFolds;

  /**
   * Creates the stage.
   *
   * @param guessedFolds k, or a guess: it decides the number of tasks only
   */
  RowsByFold(Design design, AggregationPlan plan, int guessedFolds) {
    this.inputs = design.inputs();
    this.targets = design.targets();
    this.slots = plan.slotsPerFold();
    this.guessedFolds = guessedFolds;
  }

  /** One partial for each (fold, slot), ordered by slot, and the summaries of the tasks. */
  JavaRDD<Partial> run(RowSource source) {
    int d = inputs;
    int m = targets;
    int slotsPerFold = slots;
    return source
        .map((partition, chunks) -> new Sender(partition, chunks, slotsPerFold))
        .mapToPair(pair -> pair)
        .repartitionAndSortWithinPartitions(new PartPartitioner(guessedFolds * slots, slots))
        .mapPartitions(pairs -> new Receiver(d, m, pairs));
  }

  /** Deals the rows of a partition into blocks of one fold. */
  private static final class Sender implements Iterator<Tuple2<PartKey, RowBatch>> {
    private final int partition;
    private final ChunkStream chunks;
    private final int slots;
    private final List<RowBlock> blocks = new ArrayList<>();
    private final Deque<Tuple2<PartKey, RowBatch>> ready = new ArrayDeque<>();
    private int sequence;
    private boolean finished;

    Sender(int partition, ChunkStream chunks, int slots) {
      this.partition = partition;
      this.chunks = chunks;
      this.slots = slots;
    }

    @Override
    public boolean hasNext() {
      while (ready.isEmpty() && !finished) {
        if (chunks.advance()) {
          deal(chunks.chunk());
        } else {
          finish();
        }
      }
      return !ready.isEmpty();
    }

    private void deal(RowChunk chunk) {
      int p = chunk.width();
      for (int r = 0; r < chunk.rows(); r++) {
        while (blocks.size() <= chunk.fold(r)) {
          blocks.add(new RowBlock(RowBlock.rowsFor(p), p));
        }
        RowBlock block = blocks.get(chunk.fold(r));
        block.append(chunk.values(), r * p, chunk.weight(r));
        if (block.isFull()) {
          send(chunk.fold(r));
        }
      }
    }

    private void send(int fold) {
      int slot = Math.floorMod(partition + sequence, slots);
      String label = chunks.foldLabels().get(fold);
      PartKey key = new PartKey(label, slot, partition, sequence++);
      ready.add(new Tuple2<>(key, RowBatch.of(blocks.get(fold))));
      blocks.get(fold).clear();
    }

    private void finish() {
      for (int f = 0; f < blocks.size(); f++) {
        if (blocks.get(f).rows() > 0) {
          send(f);
        }
      }
      TaskSummary summary = new TaskSummary(chunks.invalid(), false);
      ready.add(new Tuple2<>(new PartKey("", -1, partition, 0), RowBatch.of(summary)));
      finished = true;
    }

    @Override
    public Tuple2<PartKey, RowBatch> next() {
      if (!hasNext()) {
        throw new NoSuchElementException("There are no more rows");
      }
      return ready.remove();
    }
  }

  /** Adds sorted blocks: one accumulator at a time. */
  private static final class Receiver implements Iterator<Partial> {
    private final int inputs;
    private final int targets;
    private final Iterator<Tuple2<PartKey, RowBatch>> pairs;
    private final RowBlock block;
    private Tuple2<PartKey, RowBatch> next;

    Receiver(int inputs, int targets, Iterator<Tuple2<PartKey, RowBatch>> pairs) {
      NativeLibraries.install();
      this.inputs = inputs;
      this.targets = targets;
      this.pairs = pairs;
      this.block = new RowBlock(RowBlock.rowsFor(inputs + targets), inputs + targets);
      step();
    }

    private void step() {
      next = pairs.hasNext() ? pairs.next() : null;
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public Partial next() {
      if (next == null) {
        throw new NoSuchElementException("There are no more folds");
      }
      PartKey key = next._1();
      if (next._2().summary() != null) {
        Partial summary = Partial.summary(key.partition(), next._2().summary());
        step();
        return summary;
      }
      PartKey slot = new PartKey(key.label(), 0, key.index(), 0);
      return Partial.sums(slot, MomentsSlice.owning(addAll(key)));
    }

    private Moments addAll(PartKey key) {
      MomentsAccumulator sum = new MomentsAccumulator(inputs, targets);
      while (next != null && next._1().sameSum(key)) {
        next._2().appendTo(block);
        sum.addInPlace(block);
        step();
      }
      return sum.snapshot();
    }
  }
}

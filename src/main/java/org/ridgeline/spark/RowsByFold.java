package org.ridgeline.spark;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.JavaRDD;
import org.ridgeline.moments.MomentsSlice;
import org.ridgeline.moments.RowBlock;
import org.ridgeline.moments.RowSums;
import org.ridgeline.natives.NativeLibraries;
import org.ridgeline.plan.AggregationPlan;
import scala.Tuple2;

/**
 * Shuffles blocks of rows by (fold, slot), so that a task holds the accumulator of one fold: {@code
 * 8 p} bytes a row against {@code p^2} flops. Blocks carry (partition, sequence) and are sorted by
 * it before they are added. With feature maps it is still the rows as they are read that travel.
 */
final class RowsByFold {
  private final Summands summands;
  private final int slots;
  private final int guessedFolds;
  private final int sampled;

  /**
   * Creates the stage.
   *
   * @param guessedFolds k, or a guess: it decides the number of tasks only
   * @param sampled how many rows of its partition a task keeps as they are
   */
  RowsByFold(Summands summands, AggregationPlan plan, int guessedFolds, int sampled) {
    this.sampled = sampled;
    this.summands = summands;
    this.slots = plan.slotsPerFold();
    this.guessedFolds = guessedFolds;
  }

  /** Partials for each (fold, slot), ordered by slot, and the summaries of the tasks. */
  JavaRDD<Partial> run(RowSource source) {
    Summands added = summands;
    int slotsPerFold = slots;
    int most = sampled;
    JavaRDD<Tuple2<PartKey, RowBatch>> batches =
        source.map(
            (partition, chunks) -> {
              chunks.keepSample(most);
              return new Sender(partition, chunks, added, slotsPerFold);
            });
    return SortedShuffle.run(
            batches.mapToPair(pair -> new Tuple2<>(pair._1(), TaskBytes.of(pair._2()))),
            new PartPartitioner(guessedFolds * slots, slots))
        .mapPartitions(pairs -> new Receiver(added, pairs));
  }

  /** Deals the rows of a partition into blocks of one fold. */
  private static final class Sender implements Iterator<Tuple2<PartKey, RowBatch>> {
    private final int partition;
    private final ChunkStream chunks;
    private final Summands summands;
    private final int slots;
    private final List<RowBlock> blocks = new ArrayList<>();
    private final Deque<Tuple2<PartKey, RowBatch>> ready = new ArrayDeque<>();
    private int sequence;
    private boolean finished;

    Sender(int partition, ChunkStream chunks, Summands summands, int slots) {
      this.partition = partition;
      this.chunks = chunks;
      this.summands = summands;
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
      for (int r = 0; r < chunk.rows(); r++) {
        while (blocks.size() <= chunk.fold(r)) {
          blocks.add(summands.newBlock());
        }
        RowBlock block = blocks.get(chunk.fold(r));
        chunk.appendTo(block, r);
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
      TaskSummary summary = new TaskSummary(chunks.invalid(), false, 0).with(chunks.sample());
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

  /** Adds sorted blocks: the accumulators of one fold at a time. */
  private static final class Receiver implements Iterator<Partial> {
    private final BlockAdder adder;
    private final Iterator<Tuple2<PartKey, byte[]>> pairs;
    private final RowBlock block;
    private final Deque<RowSums> done = new ArrayDeque<>();
    private PartKey doneKey;
    private int doneCount;
    private PartKey nextKey; // null at the end
    private RowBatch next;
    private boolean summarized;

    Receiver(Summands summands, Iterator<Tuple2<PartKey, byte[]>> pairs) {
      NativeLibraries.install();
      this.adder = summands.newAdder();
      this.pairs = pairs;
      this.block = summands.newBlock();
      step();
    }

    private void step() {
      Tuple2<PartKey, byte[]> pair = pairs.hasNext() ? pairs.next() : null;
      nextKey = pair == null ? null : pair._1();
      next = pair == null ? null : TaskBytes.read(pair._2(), RowBatch.class);
    }

    @Override
    public boolean hasNext() {
      return !done.isEmpty() || next != null || !summarized;
    }

    @Override
    public Partial next() {
      if (!hasNext()) {
        throw new NoSuchElementException("There are no more folds");
      }
      if (done.isEmpty() && next == null) {
        summarized = true;
        return Partial.summary(0, new TaskSummary(new InvalidTally(), false, adder.clipped()));
      }
      if (done.isEmpty() && next.summary() != null) {
        Partial summary = Partial.summary(nextKey.partition(), next.summary());
        step();
        return summary;
      }
      if (done.isEmpty()) {
        addAll(nextKey);
      }
      return Partial.sums(
          doneKey.ofMap(doneCount++), MomentsSlice.owning(done.remove().snapshot()));
    }

    private void addAll(PartKey key) {
      List<RowSums> sums = adder.newSums();
      while (next != null && nextKey.sameSum(key)) {
        next.appendTo(block);
        adder.addInPlace(block, sums);
        step();
      }
      done.addAll(sums);
      doneKey = new PartKey(key.label(), 0, key.index(), 0);
      doneCount = 0;
    }
  }
}

package org.ridgeline.spark;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.ridgeline.moments.Moments;
import org.ridgeline.moments.MomentsSlice;
import scala.Tuple2;

/**
 * Merges partial moments in tasks: each is cut into slices of 2 MB, which are shuffled by (fold,
 * slice), sorted by origin and merged one after the other. No task holds more than two slices.
 */
final class SliceReduction {
  private static final int SLICE = 1 << 18;

  private SliceReduction() {}

  /**
   * The merged slices of every fold, and the summaries as they came.
   *
   * @param partials whole moments
   * @param p the number of columns, the largest where there are several sums
   * @param folds k, or a guess, times the number of sums of a fold
   * @param slots how many tasks can run at once
   */
  static JavaRDD<Partial> run(JavaRDD<Partial> partials, int p, int folds, int slots) {
    return run(partials, p, folds, slots, SLICE);
  }

  static JavaRDD<Partial> run(JavaRDD<Partial> partials, int p, int folds, int slots, int doubles) {
    int slices = MomentsSlice.count(p, doubles);
    int tasks = (int) Math.min((long) slices * folds, Math.max(2, slots));
    JavaPairRDD<PartKey, byte[]> pieces =
        partials
            .flatMap(partial -> cut(partial, doubles))
            .mapToPair(piece -> new Tuple2<>(piece.key(), TaskBytes.of(piece)));
    return SortedShuffle.run(pieces, new PartPartitioner(tasks, slices))
        .mapPartitions(pairs -> new Merger(pairs));
  }

  private static Iterator<Partial> cut(Partial partial, int doubles) {
    if (partial.summary().isPresent()) {
      return List.of(partial).iterator();
    }
    Moments whole = MomentsSlice.join(List.of(partial.slice()));
    int slices = MomentsSlice.count(whole.inputs() + whole.targets(), doubles);
    return IntStream.range(0, slices)
        .mapToObj(i -> slice(partial.key(), whole, i, doubles))
        .iterator();
  }

  private static Partial slice(PartKey from, Moments whole, int i, int doubles) {
    PartKey key = new PartKey(from.label(), i, from.partition(), 0).ofMap(from.map());
    return Partial.sums(key, MomentsSlice.of(whole, i, doubles));
  }

  /** Merges runs of parts of one sum. */
  private static final class Merger implements Iterator<Partial> {
    private final Iterator<Tuple2<PartKey, byte[]>> pairs;
    private Partial next;

    Merger(Iterator<Tuple2<PartKey, byte[]>> pairs) {
      this.pairs = pairs;
      step();
    }

    private void step() {
      next = pairs.hasNext() ? TaskBytes.read(pairs.next()._2(), Partial.class) : null;
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public Partial next() {
      if (next == null) {
        throw new NoSuchElementException("There are no more slices");
      }
      Partial first = next;
      step();
      while (first.summary().isEmpty() && next != null && next.key().sameSum(first.key())) {
        first.slice().merge(next.slice());
        step();
      }
      return first;
    }
  }
}

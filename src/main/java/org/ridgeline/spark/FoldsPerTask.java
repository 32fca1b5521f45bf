package org.ridgeline.spark;

import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ridgeline.moments.MomentsSlice;
import org.ridgeline.plan.AggregationPlan;

/** Each task adds up all folds of its partition: partials for each fold, then its summary. */
final class FoldsPerTask implements ChunkTask<Partial> {
  private static final long serialVersionUID = 1L;

  private final Summands summands;
  private final int mostFolds;
  private final int sampled;

  /**
   * Creates the task.
   *
   * @param sampled how many rows of its partition it keeps as they are
   */
  FoldsPerTask(Summands summands, AggregationPlan plan, int sampled) {
    this.sampled = sampled;
    this.summands = summands;
    this.mostFolds = plan.mostFolds();
  }

  @Override
  public Iterator<Partial> run(int partition, ChunkStream chunks) {
    FoldAccumulators sums = new FoldAccumulators(summands, mostFolds);
    chunks.keepSample(sampled);
    while (chunks.advance()) {
      sums.add(chunks.chunk());
    }
    sums.flush();
    List<String> labels = chunks.foldLabels();
    TaskSummary summary =
        new TaskSummary(chunks.invalid(), sums.isOverflown(), sums.clipped()).with(chunks.sample());
    int each = sums.sums();
    Stream<Partial> folds =
        IntStream.range(0, sums.folds() * each)
            .mapToObj(
                at ->
                    Partial.sums(
                        new PartKey(labels.get(at / each), 0, partition, 0).ofMap(at % each),
                        MomentsSlice.owning(sums.take(at / each, at % each))));
    return Stream.concat(folds, Stream.of(Partial.summary(partition, summary))).iterator();
  }
}

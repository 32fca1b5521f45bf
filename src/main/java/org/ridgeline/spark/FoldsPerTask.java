package org.ridgeline.spark;

import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ridgeline.moments.MomentsSlice;

/** Each task adds up all folds of its partition: one partial for each fold, then its summary. */
final class FoldsPerTask implements ChunkTask<Partial> {
  private static final long serialVersionUID = 1L;

  private final int inputs;
  private final int targets;
  private final int mostFolds;
  private final MomentsJob.Keep keep;

  FoldsPerTask(Design design, AggregationPlan plan, MomentsJob.Keep keep) {
    this.keep = keep;
    this.inputs = design.inputs();
    this.targets = design.targets();
    this.mostFolds = plan.mostFolds();
  }

  @Override
  public Iterator<Partial> run(int partition, ChunkStream chunks) {
    FoldAccumulators sums =
        keep == MomentsJob.Keep.FACTORS
            ? FoldAccumulators.withFactors(inputs, targets, mostFolds)
            : new FoldAccumulators(inputs, targets, mostFolds);
    while (chunks.advance()) {
      sums.add(chunks.chunk());
    }
    List<String> labels = chunks.foldLabels();
    TaskSummary summary = new TaskSummary(chunks.invalid(), sums.isOverflown());
    Stream<Partial> folds =
        IntStream.range(0, sums.size())
            .mapToObj(
                f ->
                    Partial.sums(
                        new PartKey(labels.get(f), 0, partition, 0),
                        MomentsSlice.owning(sums.take(f))));
    return Stream.concat(folds, Stream.of(Partial.summary(partition, summary))).iterator();
  }
}

package org.ridgeline.spark;

import java.io.Serializable;
import java.util.TreeMap;
import org.ridgeline.moments.ColumnSpread;

/**
 * What the pre-pass of a feature map learns of some partitions: the spread of the inputs and a
 * sample of rows. Spreads are kept by partition and added in that order at the end, so merging in
 * any order gives the same bits.
 */
final class InputSummary implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int inputs;
  private final RowSample sample;
  private final TreeMap<Integer, ColumnSpread> spreads = new TreeMap<>();
  private final TreeMap<Integer, InvalidTally> invalid = new TreeMap<>();

  /** Creates the summary of no rows, with room for a sample of {@code sampled} rows. */
  InputSummary(int inputs, int sampled) {
    this.inputs = inputs;
    this.sample = new RowSample(inputs, sampled);
  }

  /** Returns the summary of a partition; rows of weight 0 count, and are not looked at. */
  static InputSummary of(
      int partition, ChunkStream chunks, int inputs, int sampled, FoldHash hash) {
    InputSummary summary = new InputSummary(inputs, sampled);
    ColumnSpread spread = ColumnSpread.empty(inputs);
    while (chunks.advance()) {
      RowChunk chunk = chunks.chunk();
      double[] weights = new double[chunk.rows()];
      for (int r = 0; r < weights.length; r++) {
        weights[r] = chunk.weight(r);
        if (sampled > 0 && weights[r] > 0) {
          int from = r * chunk.width();
          long order = FoldHash.order(hash.part(chunk.values(), from, inputs, 0));
          summary.sample.offer(order, chunk.values(), from);
        }
      }
      spread.add(weights.length, chunk.values(), chunk.width(), weights);
    }
    summary.spreads.put(partition, spread);
    summary.invalid.put(partition, chunks.invalid());
    return summary;
  }

  /** Adds other partitions; returns this. */
  InputSummary merge(InputSummary other) {
    sample.merge(other.sample);
    spreads.putAll(other.spreads);
    invalid.putAll(other.invalid);
    return this;
  }

  RowSample sample() {
    return sample;
  }

  /** The spread of all rows. */
  ColumnSpread spread() {
    ColumnSpread total = ColumnSpread.empty(inputs);
    spreads.values().forEach(total::merge);
    return total;
  }

  /** What was left out. */
  InvalidTally invalid() {
    InvalidTally total = new InvalidTally();
    invalid.values().forEach(total::merge);
    return total;
  }
}

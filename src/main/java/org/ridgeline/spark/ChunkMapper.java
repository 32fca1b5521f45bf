package org.ridgeline.spark;

import org.ridgeline.features.FeatureMap;
import org.ridgeline.features.MapTask;

/** Puts the features of a map in the place of a chunk's inputs, in one thread. */
final class ChunkMapper {
  private final int inputs;
  private final int outputs;
  private final MapTask task;
  private RowChunk mapped;

  ChunkMapper(FeatureMap map) {
    this.inputs = map.inputs();
    this.outputs = map.outputs();
    this.task = map.newTask();
  }

  /**
   * Returns the rows of {@code chunk} with features for inputs; targets, weights, folds and numbers
   * stay. The result is the same object at every call.
   */
  RowChunk map(RowChunk chunk) {
    int p = chunk.width();
    int targets = p - inputs;
    int q = outputs + targets;
    if (mapped == null || mapped.capacity() < chunk.rows()) {
      mapped = new RowChunk(q, chunk.capacity());
    }
    task.apply(chunk.rows(), chunk.values(), p, mapped.values(), q);
    for (int r = 0; r < chunk.rows(); r++) {
      System.arraycopy(chunk.values(), r * p + inputs, mapped.values(), r * q + outputs, targets);
      mapped.setWeight(r, chunk.weight(r));
      mapped.setFold(r, chunk.fold(r));
      mapped.setNumber(r, chunk.number(r));
    }
    mapped.setRows(chunk.rows());
    return mapped;
  }
}

package org.ridgeline.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.ridgeline.features.FeatureMap;

/**
 * Feature maps on the executors: once in each, where weights are drawn again at first use; explicit
 * weights and centers travel. Closing takes them back.
 */
final class SentMaps implements AutoCloseable {
  private final Broadcast<ArrayList<FeatureMap>> maps;

  private SentMaps(Broadcast<ArrayList<FeatureMap>> maps) {
    this.maps = maps;
  }

  static SentMaps of(JavaSparkContext context, List<FeatureMap> maps) {
    return new SentMaps(context.broadcast(new ArrayList<>(maps)));
  }

  Broadcast<ArrayList<FeatureMap>> maps() {
    return maps;
  }

  @Override
  public void close() {
    maps.destroy();
  }
}

package org.ridgeline.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.select.FoldExecutor;
import org.ridgeline.select.FoldFit;
import org.ridgeline.select.Split;
import org.ridgeline.select.Splits;

/**
 * Solves every split in a Spark task of its own: for many columns, when the cluster has more cores
 * than the driver can use. It reads no data; the moments travel to the executors once.
 */
final class SparkFoldExecutor implements FoldExecutor {
  private final SparkSession session;

  private SparkFoldExecutor(SparkSession session) {
    this.session = session;
  }

  /** Solves on the executors of this session. */
  public static SparkFoldExecutor on(SparkSession session) {
    return new SparkFoldExecutor(session);
  }

  @Override
  public List<FoldFit> fit(
      FoldedMoments moments, Splits splits, RidgeSpec spec, List<Vec> lambdas) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    List<Split> list = new ArrayList<>();
    splits.forEach(list::add);
    Broadcast<FoldedMoments> shared = context.broadcast(moments);
    context.setJobDescription("ridgeline: solving " + list.size() + " splits");
    try {
      return context
          .parallelize(list, Math.max(1, list.size()))
          .map(
              split -> {
                FoldedMoments blocks = shared.value();
                return FoldFit.of(split.training(blocks), split.heldOut(blocks), spec, lambdas);
              })
          .collect();
    } finally {
      context.setJobDescription(null);
      shared.destroy();
    }
  }
}

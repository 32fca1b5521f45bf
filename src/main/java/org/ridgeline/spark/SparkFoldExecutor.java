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

/**
 * Solves every fold in a Spark task of its own: for many columns, when the cluster has more cores
 * than the driver can use. It reads no data; the moments travel to the executors once.
 */
public final class SparkFoldExecutor implements FoldExecutor {
  private final SparkSession session;

  private SparkFoldExecutor(SparkSession session) {
    this.session = session;
  }

  /** Solves on the executors of this session. */
  public static SparkFoldExecutor on(SparkSession session) {
    return new SparkFoldExecutor(session);
  }

  @Override
  public List<FoldFit> fit(FoldedMoments moments, RidgeSpec spec, List<Vec> lambdas) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    List<Integer> folds = new ArrayList<>();
    for (int f = 0; f < moments.folds(); f++) {
      folds.add(f);
    }
    Broadcast<FoldedMoments> shared = context.broadcast(moments);
    context.setJobDescription("ridgeline: solving " + folds.size() + " folds");
    try {
      return context
          .parallelize(folds, folds.size())
          .map(f -> FoldFit.of(shared.value().trainingOf(f), shared.value().fold(f), spec, lambdas))
          .collect();
    } finally {
      context.setJobDescription(null);
      shared.destroy();
    }
  }
}

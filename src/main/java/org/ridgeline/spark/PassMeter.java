package org.ridgeline.spark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Measures what the passes over the data cost: jobs, bytes and rows read, seconds. A pass is
 * whatever Spark runs inside {@link #dataPass} or {@link #prePass} on the calling thread.
 */
public final class PassMeter implements AutoCloseable {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final long PATIENCE_MILLIS = 10_000;

  /**
   * The cost of one pass.
   *
   * @param name what it did
   * @param kind its kind
   * @param jobs how many Spark jobs it ran
   * @param bytesRead how many bytes its tasks read from the input
   * @param rowsRead how many rows its tasks read from the input
   * @param seconds how long it took
   */
  public record Pass(
      String name, PassKind kind, int jobs, long bytesRead, long rowsRead, double seconds) {}

  /** What the listener counts for one pass. */
  private static final class Counts {
    private int jobs;
    private long bytes;
    private long rows;
  }

  private final SparkSession session;
  private final SparkContext context;
  private final Listener listener = new Listener();
  private final List<SparkListener> tellers = new ArrayList<>();
  private final List<Pass> passes = Collections.synchronizedList(new ArrayList<>());

  private PassMeter(SparkSession session) {
    this.session = session;
    this.context = session.sparkContext();
    context.addSparkListener(listener);
  }

  /** Starts to listen to the session's jobs. */
  public static PassMeter on(SparkSession session) {
    return new PassMeter(session);
  }

  /** Returns the session whose jobs are measured. */
  public SparkSession session() {
    return session;
  }

  /** Reports the progress of each pass from now on, on a thread of Spark's. */
  public void report(Consumer<PassProgress.Snapshot> receiver) {
    PassProgress progress = new PassProgress(receiver);
    tellers.add(progress);
    context.addSparkListener(progress);
  }

  /** Runs a pass over the data for the model. */
  public <T> T dataPass(String name, Supplier<T> body) {
    return measure(name, PassKind.DATA, body);
  }

  /** Runs a small read that comes before. */
  public <T> T prePass(String name, Supplier<T> body) {
    return measure(name, PassKind.PRE, body);
  }

  private <T> T measure(String name, PassKind kind, Supplier<T> body) {
    PassKey key = new PassKey(kind, passes.size(), name);
    String outer = context.getLocalProperty(PassKey.PROPERTY);
    String description = context.getLocalProperty("spark.job.description");
    context.setLocalProperty(PassKey.PROPERTY, key.text());
    context.setJobDescription("ridgeline: " + name);
    long start = System.nanoTime();
    try {
      return SparkCall.run("the pass over the data failed (" + name + ")", body::get);
    } finally {
      double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
      context.setLocalProperty(PassKey.PROPERTY, outer);
      context.setLocalProperty("spark.job.description", description);
      Counts counts = listener.take(key, context);
      if (kind == PassKind.DATA ? counts.jobs > 0 : counts.rows + counts.bytes > 0) {
        passes.add(new Pass(name, kind, counts.jobs, counts.bytes, counts.rows, seconds));
      }
    }
  }

  /** The passes so far: those over the data that ran a job, small reads that read anything. */
  public List<Pass> passes() {
    return List.copyOf(passes);
  }

  /** The number of passes over the data for the model. */
  public int dataPasses() {
    return count(PassKind.DATA);
  }

  /** The number of small reads beforehand. */
  public int prePasses() {
    return count(PassKind.PRE);
  }

  private int count(PassKind kind) {
    return (int) passes().stream().filter(pass -> pass.kind() == kind).count();
  }

  /** The bytes that all passes read from the input. */
  public long bytesRead() {
    return passes().stream().mapToLong(Pass::bytesRead).sum();
  }

  /** Stops listening. */
  @Override
  public void close() {
    context.removeSparkListener(listener);
    tellers.forEach(context::removeSparkListener);
  }

  /** Attributes jobs and tasks to passes by a property that travels with each job. */
  private static final class Listener extends SparkListener {
    private final Map<PassKey, Counts> counts = new HashMap<>();
    private final Map<Integer, PassKey> stages = new HashMap<>();

    @Override
    public synchronized void onJobStart(SparkListenerJobStart job) {
      PassKey.of(job.properties())
          .ifPresent(
              key -> {
                counts.computeIfAbsent(key, k -> new Counts()).jobs++;
                for (Object stage : CollectionConverters.asJava(job.stageIds())) {
                  stages.put((Integer) stage, key);
                }
              });
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd task) {
      Counts of = counts.get(stages.get(task.stageId()));
      if (of != null && task.taskInfo().successful() && task.taskMetrics() != null) {
        of.bytes += task.taskMetrics().inputMetrics().bytesRead();
        of.rows += task.taskMetrics().inputMetrics().recordsRead();
      }
    }

    /** The counts of a pass, after all events so far have arrived. */
    Counts take(PassKey key, SparkContext context) {
      awaitEvents(context);
      synchronized (this) {
        stages.values().removeIf(key::equals);
        Counts of = counts.remove(key);
        return of == null ? new Counts() : of;
      }
    }

    private static void awaitEvents(SparkContext context) {
      try {
        if (!context.isStopped()) {
          context.listenerBus().waitUntilEmpty(PATIENCE_MILLIS);
        }
      } catch (TimeoutException busy) {
        return; // the figures of this pass are then too low; the model does not depend on them
      }
    }
  }
}

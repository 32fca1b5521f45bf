package org.ridgeline.spark;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.scheduler.JobSucceeded$;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.StageInfo;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Reports the progress of a pass each time that a task of it ends, an executor gives a sign of
 * life, or the pass is over. A partition counts once, however often it was computed.
 */
public final class PassProgress extends SparkListener {
  private static final double NANOS_PER_SECOND = 1e9;

  /** What is known of a pass. */
  public enum State {
    /** Tasks are running. */
    RUNNING,
    /** All tasks have ended. */
    DONE,
    /** The job was given up. */
    FAILED
  }

  /**
   * How far a pass has come.
   *
   * @param name what it does
   * @param kind its kind
   * @param rows how many rows of the input the tasks that are done have read
   * @param tasksDone how many tasks are done
   * @param tasks how many there are
   * @param seconds since it started
   * @param state whether it goes on
   */
  public record Snapshot(
      String name,
      PassKind kind,
      long rows,
      int tasksDone,
      int tasks,
      double seconds,
      State state) {
    /** The seconds left if the remaining tasks take as long as those so far; empty before one. */
    public OptionalDouble secondsLeft() {
      return tasksDone == 0
          ? OptionalDouble.empty()
          : OptionalDouble.of(seconds * (tasks - tasksDone) / tasksDone);
    }
  }

  /** One job of a pass. */
  private static final class Job {
    private final PassKey key;
    private final int tasks;
    private final long start = System.nanoTime();
    private final Set<Long> done = new HashSet<>();
    private long rows;

    Job(PassKey key, int tasks) {
      this.key = key;
      this.tasks = tasks;
    }

    Snapshot snapshot(State state) {
      double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
      return new Snapshot(key.name(), key.kind(), rows, done.size(), tasks, seconds, state);
    }
  }

  private final Consumer<Snapshot> receiver;
  private final Map<Integer, Job> jobs = new HashMap<>();
  private final Map<Integer, Job> byStage = new HashMap<>();

  /** Creates a listener that reports to a receiver, on a thread of Spark's. */
  PassProgress(Consumer<Snapshot> receiver) {
    this.receiver = receiver;
  }

  @Override
  public void onJobStart(SparkListenerJobStart start) {
    PassKey.of(start.properties())
        .ifPresent(
            key -> {
              int tasks = 0;
              for (StageInfo stage : CollectionConverters.asJava(start.stageInfos())) {
                tasks += stage.numTasks();
              }
              Job job = new Job(key, tasks);
              jobs.put(start.jobId(), job);
              for (StageInfo stage : CollectionConverters.asJava(start.stageInfos())) {
                byStage.put(stage.stageId(), job);
              }
            });
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    Job job = byStage.get(end.stageId());
    if (job == null || !end.taskInfo().successful()) {
      return;
    }
    long partition = ((long) end.stageId() << Integer.SIZE) + end.taskInfo().partitionId();
    if (job.done.add(partition) && end.taskMetrics() != null) {
      job.rows += end.taskMetrics().inputMetrics().recordsRead();
    }
    receiver.accept(job.snapshot(State.RUNNING));
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate alive) {
    jobs.values().forEach(job -> receiver.accept(job.snapshot(State.RUNNING)));
  }

  @Override
  public void onJobEnd(SparkListenerJobEnd end) {
    Job job = jobs.remove(end.jobId());
    if (job != null) {
      byStage.values().removeIf(job::equals);
      boolean done = end.jobResult().equals(JobSucceeded$.MODULE$);
      receiver.accept(job.snapshot(done ? State.DONE : State.FAILED));
    }
  }
}

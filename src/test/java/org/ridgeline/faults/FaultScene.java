package org.ridgeline.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeoutException;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.StageInfo;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.ridgeline.Launched;
import org.ridgeline.cli.Main;
import org.ridgeline.faults.FaultyFileSystem.Fault;

/**
 * A driver with two executors that trains once for every fault. It prints a line for each training
 * with its name, its exit code and what Spark has seen.
 */
final class FaultScene {
  static final String LOCAL_DIRECTORY = "spark.local.dir";
  static final String SHUFFLES = "shuffles";
  private static final int FILES = 6;
  private static final int ROWS = 600;
  private static final int INPUTS = 5;

  private final Path directory;
  private final SparkSession session;

  private FaultScene(Path directory, SparkSession session) {
    this.directory = directory;
    this.session = session;
  }

  /** What has gone wrong, as Spark tells it. */
  private static final class Events extends SparkListener {
    private final Path shuffles; // a file for each stage names the shuffle that it writes
    private int failedTasks;
    private int lostExecutors;
    private int speculativeTasks;
    private int repeatedStages;

    private Events(Path shuffles) {
      this.shuffles = shuffles;
    }

    @Override
    public void onTaskStart(SparkListenerTaskStart start) {
      speculativeTasks += start.taskInfo().speculative() ? 1 : 0;
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      failedTasks += end.taskInfo().failed() ? 1 : 0;
    }

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
      StageInfo stage = submitted.stageInfo();
      repeatedStages += stage.attemptNumber() > 0 ? 1 : 0;
      if (stage.shuffleDepId().isDefined()) {
        tellShuffle(stage.stageId(), stage.shuffleDepId().get().toString());
      }
    }

    private void tellShuffle(int stage, String shuffle) {
      try {
        Files.writeString(Files.createDirectories(shuffles).resolve("new"), shuffle);
        Files.move(
            shuffles.resolve("new"),
            shuffles.resolve(Integer.toString(stage)),
            StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
      lostExecutors++;
    }

    @Override
    public String toString() {
      return String.format(
          "failed=%d lost=%d speculative=%d repeated=%d",
          failedTasks, lostExecutors, speculativeTasks, repeatedStages);
    }
  }

  /** Runs everything in the directory of the first word. */
  public static void main(String[] args) throws TimeoutException {
    Path directory = Path.of(args[0]);
    String master = TwoHosts.start(directory.resolve("work").toString());
    SparkSession session = session(directory, master);
    FaultScene scene = new FaultScene(directory, session);
    scene.writeData();
    for (Fault fault : List.of(Fault.NONE, Fault.SLOW, Fault.FAIL, Fault.KILL)) {
      scene.tune("linear-" + fault, fault);
    }
    String[] map = {"--map", "rff", "--width", "320", "--length-scale", "2"};
    for (Fault fault : List.of(Fault.NONE, Fault.LOSE, Fault.KILL)) {
      scene.tune("map-" + fault, fault, map);
    }
    session.stop();
    System.exit(0); // the workers go on
  }

  /** A task counts as slow after five seconds, which no other task of these takes. */
  private static SparkSession session(Path directory, String master) {
    return SparkSession.builder()
        .master(master)
        .config("spark.executor.memory", "512m")
        .config("spark.executor.extraClassPath", absolute("target/classes", "target/test-classes"))
        .config("spark.executorEnv.OPENBLAS_NUM_THREADS", "1")
        .config("spark.plugins", "org.ridgeline.spark.RidgelinePlugin")
        .config(LOCAL_DIRECTORY, directory.resolve("local").toString())
        .config("spark.sql.files.minPartitionNum", FILES)
        .config("spark.executor.extraJavaOptions", Launched.BRIEF)
        .config("spark.speculation", true)
        .config("spark.speculation.quantile", "0.5")
        .config("spark.speculation.multiplier", "10")
        .config("spark.speculation.minTaskRuntime", "5s")
        .config("spark.speculation.interval", "50ms")
        .config("spark.shuffle.io.retryWait", "100ms")
        .config("spark.log.level", "ERROR")
        .getOrCreate();
  }

  private static String absolute(String... paths) {
    List<String> all = new ArrayList<>();
    for (String path : paths) {
      all.add(Path.of(path).toAbsolutePath().toString());
    }
    return String.join(":", all);
  }

  private void writeData() {
    SplittableRandom random = new SplittableRandom(6);
    StructType schema = new StructType();
    for (int j = 0; j < INPUTS; j++) {
      schema = schema.add("x" + j, DataTypes.DoubleType);
    }
    schema = schema.add("y", DataTypes.DoubleType);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < FILES * ROWS; i++) {
      Object[] row = new Object[INPUTS + 1];
      double y = random.nextGaussian();
      for (int j = 0; j < INPUTS; j++) {
        double x = random.nextGaussian() + j;
        row[j] = x;
        y += x * (j - 2);
      }
      row[INPUTS] = y;
      rows.add(RowFactory.create(row));
    }
    session.createDataFrame(rows, schema).repartition(FILES).write().parquet(data().toString());
  }

  private Path data() {
    return directory.resolve("data");
  }

  private void tune(String name, Fault fault, String... more) throws TimeoutException {
    List<String> words =
        new ArrayList<>(
            List.of(
                "tune",
                "--input",
                fault.over(data()),
                "--label",
                "y",
                "--out",
                directory.resolve(name).toString()));
    words.addAll(List.of(more));
    Events events = new Events(directory.resolve(SHUFFLES));
    session.sparkContext().addSparkListener(events);
    int code = Main.run(System.err, System.err, words.toArray(String[]::new));
    session.sparkContext().listenerBus().waitUntilEmpty();
    session.sparkContext().removeSparkListener(events);
    System.out.println(name + " exit=" + code + " " + events);
    System.out.flush();
  }
}

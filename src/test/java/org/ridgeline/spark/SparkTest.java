package org.ridgeline.spark;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.ridgeline.base.DataException;
import org.ridgeline.dataset.ColumnRoles;
import org.ridgeline.dataset.OnInvalid;
import org.ridgeline.dataset.ReadSpec;

/** The session that all Spark tests of a JVM share, and data for them. */
public final class SparkTest {
  private static SparkSession session;

  private SparkTest() {}

  /** The session, made at first use: two threads, up to three attempts at a task, no UI. */
  public static synchronized SparkSession session() {
    if (session == null || session.sparkContext().isStopped()) {
      session =
          SparkSession.builder()
              .master("local[2,3]")
              .appName("tests")
              .config("spark.ui.enabled", "false")
              .config("spark.sql.shuffle.partitions", "3")
              .config("spark.log.level", "OFF")
              .getOrCreate();
    }
    return session;
  }

  /** Rows {@code x0 .. x(d-1), y}: normal inputs and a linear label with noise. */
  static Dataset<Row> linear(int n, int d, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StructType schema = new StructType();
    for (int j = 0; j < d; j++) {
      schema = schema.add("x" + j, DataTypes.DoubleType);
    }
    schema = schema.add("y", DataTypes.DoubleType);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Object[] row = new Object[d + 1];
      double y = random.nextGaussian();
      for (int j = 0; j < d; j++) {
        double x = random.nextGaussian() + j;
        row[j] = x;
        y += x * (j % 3 - 1);
      }
      row[d] = y;
      rows.add(RowFactory.create(row));
    }
    return session().createDataFrame(rows, schema);
  }

  /** Rows of text cells parsed by an SQL schema, such as {@code a double, b string}. */
  static Dataset<Row> rows(String schema, Object[]... rows) {
    List<Row> list = new ArrayList<>();
    for (Object[] row : rows) {
      list.add(RowFactory.create(row));
    }
    return session().createDataFrame(list, StructType.fromDDL(schema));
  }

  /** The meter of a test. */
  static PassMeter meter() {
    return PassMeter.on(session());
  }

  /** Opens a source. */
  static Dataset<Row> read(ReadSpec source) {
    try (PassMeter meter = meter()) {
      return DataSource.read(session(), source, meter);
    }
  }

  /** Why a source cannot be opened. */
  static String refusal(ReadSpec source) {
    return assertThrows(DataException.class, () -> read(source)).getMessage();
  }

  /** A file of this text. */
  static ReadSpec file(Path folder, String name, String text) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(path.getParent());
    return ReadSpec.of(Files.writeString(path, text).toString());
  }

  /** The pass over {@code rows}, opened for {@code columns}. */
  static Collected collect(Dataset<Row> rows, ColumnRoles columns) {
    try (PassMeter meter = meter()) {
      return MomentsJob.of(Designs.of(rows, columns, meter), OnInvalid.ERROR).run(rows, meter);
    }
  }

  /** How many jobs of Spark a body starts. */
  public static int jobs(Runnable body) {
    SparkSession used = session();
    AtomicInteger jobs = new AtomicInteger();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart start) {
            jobs.incrementAndGet();
          }
        };
    drain(used);
    used.sparkContext().addSparkListener(listener);
    body.run();
    drain(used);
    used.sparkContext().removeSparkListener(listener);
    return jobs.get();
  }

  private static void drain(SparkSession used) {
    try {
      used.sparkContext().listenerBus().waitUntilEmpty(10_000);
    } catch (TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}

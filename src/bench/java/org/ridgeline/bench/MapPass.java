package org.ridgeline.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.ridgeline.dataset.ColumnRoles;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.dataset.OnInvalid;
import org.ridgeline.dataset.ReadSpec;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.features.MapKind;
import org.ridgeline.features.MapSpec;
import org.ridgeline.linalg.Blas;
import org.ridgeline.ridge.Scaling;
import org.ridgeline.spark.Collected;
import org.ridgeline.spark.DataSource;
import org.ridgeline.spark.Design;
import org.ridgeline.spark.Designs;
import org.ridgeline.spark.MapInputs;
import org.ridgeline.spark.MapPrePass;
import org.ridgeline.spark.MomentsJob;
import org.ridgeline.spark.PassMeter;

/**
 * Seconds of the pre-pass and of the pass over mapped rows, beside the rank-m updates of that pass
 * alone, on as many threads; processor time includes compiling and collecting. Arguments: rows,
 * inputs, width, repetitions.
 */
public final class MapPass {
  private static final int THREADS = 2;
  private static final int FOLDS = 5;

  private MapPass() {}

  /** Runs the benchmark. */
  public static void main(String[] args) throws Exception {
    int n = Integer.parseInt(args[0]);
    int d = Integer.parseInt(args[1]);
    int width = Integer.parseInt(args[2]);
    SparkSession spark =
        SparkSession.builder()
            .master("local[" + THREADS + "]")
            .appName("ridgeline benchmark")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.plugins", "org.ridgeline.spark.RidgelinePlugin")
            .getOrCreate();
    try {
      spark.sparkContext().setLogLevel("ERROR");
      String path = generate(spark, n, d);
      say("n = %d, d = %d, D = %d, %d folds, %s", n, d, width, FOLDS, Blas.implementation());
      for (int i = 0; i < Integer.parseInt(args[3]); i++) {
        double cpu = processorSeconds();
        double alone = MachineRates.updates(n, width + 1, THREADS);
        double cpuAlone = processorSeconds() - cpu;
        double[] seconds = pass(spark, path, width);
        say(
            "pre-pass %.2f s, pass %.2f s, its rank-m updates alone %.2f s: ratio %.3f,"
                + " of processor time %.3f",
            seconds[0], seconds[1], alone, seconds[1] / alone, seconds[2] / cpuAlone);
      }
    } finally {
      spark.stop();
    }
  }

  private static double[] pass(SparkSession spark, String path, int width) {
    try (PassMeter meter = PassMeter.on(spark)) {
      Dataset<Row> data = DataSource.read(spark, ReadSpec.of(path), meter);
      ColumnRoles wanted =
          ColumnRoles.of("y").withFeatures(List.of("x")).withFolds(FoldRule.hashed(FOLDS, 0));
      Design design = Designs.of(data, wanted, meter);
      MapPrePass.Request request =
          new MapPrePass.Request(Scaling.POPULATION, OptionalDouble.empty(), 0, true, 0);
      long start = System.nanoTime();
      MapInputs inputs = MapPrePass.run(data, design, request, OnInvalid.ERROR, meter);
      double prePass = (System.nanoTime() - start) / 1e9;
      MapSpec spec = MapSpec.of(MapKind.RFF, width).withLengthScale(inputs.median().getAsDouble());
      FeatureMap map = FeatureMap.random(spec, inputs.scaling());
      double cpu = processorSeconds();
      start = System.nanoTime();
      Collected collected =
          MomentsJob.of(design, OnInvalid.ERROR).withMaps(List.of(map)).run(data, meter);
      double pass = (System.nanoTime() - start) / 1e9;
      if (collected.passes() != 1) {
        throw new IllegalStateException("Took " + collected.passes() + " passes");
      }
      return new double[] {prePass, pass, processorSeconds() - cpu};
    }
  }

  /** Of this process so far: what other processes do to the clock matters less to it. */
  private static double processorSeconds() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return system.getProcessCpuTime() / 1e9;
  }

  private static String generate(SparkSession spark, int n, int d) {
    String path = "target/bench/map-" + n + "x" + d;
    if (new File(path, "_SUCCESS").exists()) {
      return path;
    }
    int parts = 8;
    int perPart = n / parts;
    StructType schema =
        new StructType()
            .add("y", DataTypes.DoubleType, false)
            .add("x", DataTypes.createArrayType(DataTypes.DoubleType, false), false);
    spark
        .createDataFrame(
            JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(IntStream.range(0, parts).boxed().toList(), parts)
                .flatMap(
                    part -> {
                      SplittableRandom random = new SplittableRandom(part);
                      return IntStream.range(0, perPart).mapToObj(i -> row(random, d)).iterator();
                    }),
            schema)
        .write()
        .mode("overwrite")
        .parquet(path);
    return path;
  }

  private static Row row(SplittableRandom random, int d) {
    double[] x = new double[d];
    double y = random.nextGaussian();
    for (int j = 0; j < d; j++) {
      x[j] = random.nextGaussian();
      y += Math.sin(x[j]);
    }
    return RowFactory.create(y, x);
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}

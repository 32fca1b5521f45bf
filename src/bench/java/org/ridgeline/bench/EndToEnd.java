package org.ridgeline.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.ridgeline.dataset.ColumnRoles;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.dataset.OnInvalid;
import org.ridgeline.dataset.ReadSpec;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.natives.SpeedProbe;
import org.ridgeline.plan.Planner;
import org.ridgeline.plan.Workload;
import org.ridgeline.ridge.EigenSystem;
import org.ridgeline.ridge.LambdaConvention;
import org.ridgeline.ridge.RidgeProblem;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.RotatedModels;
import org.ridgeline.select.FoldExecutor;
import org.ridgeline.select.LambdaRequest;
import org.ridgeline.select.Rule;
import org.ridgeline.select.Tuning;
import org.ridgeline.select.TuningResult;
import org.ridgeline.select.TuningSpec;
import org.ridgeline.spark.ConfiguredMachine;
import org.ridgeline.spark.DataSource;
import org.ridgeline.spark.Design;
import org.ridgeline.spark.Designs;
import org.ridgeline.spark.LeaveOneOutJob;
import org.ridgeline.spark.LeftOutModels;
import org.ridgeline.spark.MomentsJob;
import org.ridgeline.spark.PassMeter;
import org.ridgeline.spark.Workloads;

/**
 * Seconds from Parquet to a tuned model, beside MLlib on the same data in the same session.
 *
 * <p>Arguments: rows, columns, repetitions, and the lambdas of the {@code CrossValidator} that is
 * timed (0 skips it; its time for the whole grid is scaled by the number of fits). MLlib gets a
 * vector column. It is timed twice: in a JVM of its own as Spark ships it, which is without a
 * native BLAS, and in ours, with the OpenBLAS of our jar. Data are generated once under {@code
 * target/bench}.
 */
public final class EndToEnd {
  private static final int FOLDS = 5;
  private static final int LAMBDAS = 20;
  private static final String STOCK = "stock-mllib";

  private final SparkSession spark;
  private final int rows;
  private final int columns;
  private final int repetitions;

  private EndToEnd(SparkSession spark, int rows, int columns, int repetitions) {
    this.spark = spark;
    this.rows = rows;
    this.columns = columns;
    this.repetitions = repetitions;
  }

  /** Runs the benchmark. */
  public static void main(String[] args) throws IOException, InterruptedException {
    boolean stock = args.length > 4 && args[4].equals(STOCK);
    SparkSession.Builder builder =
        SparkSession.builder()
            .master("local[2]")
            .appName("ridgeline benchmark")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.codegen.maxFields", "20000");
    if (!stock) {
      builder.config("spark.plugins", "org.ridgeline.spark.RidgelinePlugin");
    }
    SparkSession spark = builder.getOrCreate();
    try {
      spark.sparkContext().setLogLevel("ERROR");
      EndToEnd benchmark = new EndToEnd(spark, number(args, 0), number(args, 1), number(args, 2));
      if (stock) {
        benchmark.mllib("as Spark ships it", number(args, 3));
      } else {
        benchmark.run(number(args, 3));
      }
    } finally {
      spark.stop();
    }
    if (!stock) {
      mllibAlone(args);
    }
  }

  private static int number(String[] args, int i) {
    return Integer.parseInt(args[i]);
  }

  /** Times MLlib in a JVM of its own, where nothing of ours has loaded a native BLAS. */
  private static void mllibAlone(String[] args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    for (String part : List.of("blas", "lapack")) { // as on a machine where none is installed
      command.add("-Ddev.ludovic.netlib." + part + ".nativeLibPath=/none");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(EndToEnd.class.getName());
    command.addAll(List.of(args[0], args[1], args[2], args[3], STOCK));
    new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  private void run(int crossValidatorLambdas) {
    String arrays = generate("array");
    String flat = generate("flat");
    String vectors = generate("vector");
    say("n = %d, d = %d, %d folds, median of %d", rows, columns, FOLDS, repetitions);
    double decode = time("decoding alone, array column", () -> MachineRates.decode(spark, arrays));
    double updates =
        time("dsyrk alone, two threads", () -> MachineRates.updates(rows, columns + 1, 2));
    double one = time("ridgeline, 1 lambda, array column", () -> tune(arrays, "x", 1));
    double twenty = time("ridgeline, 20 lambdas, array column", () -> tune(arrays, "x", LAMBDAS));
    double planned = planned(arrays);
    say("planned for it: %.2f s, %.2fx", planned, planned / twenty);
    double hundred = time("ridgeline, 100 lambdas, array column", () -> tune(arrays, "x", 100));
    time("ridgeline, 20 lambdas, separate columns", () -> tune(flat, "x*", LAMBDAS));
    time("ridgeline, 20 lambdas, vector column", () -> tune(vectors, "features", LAMBDAS));
    leaveOneOut(arrays);
    say(
        "20 lambdas against decoding and dsyrk alone: %.2fx, against the larger: %.2fx",
        twenty / (decode + updates), twenty / Math.max(decode, updates));
    say("100 lambdas against 1: %.2fx", hundred / one);
    mllib("with our OpenBLAS", crossValidatorLambdas);
  }

  private void mllib(String how, int crossValidatorLambdas) {
    Dataset<Row> data = spark.read().parquet(generate("vector"));
    time("MLlib, 1 fit, uncached, " + how, () -> fit(data));
    Dataset<Row> cached = data.cache();
    cached.count();
    time("MLlib, 1 fit, cached, " + how, () -> fit(cached));
    if (crossValidatorLambdas > 0) {
      long start = System.nanoTime();
      crossValidate(cached, crossValidatorLambdas);
      double seconds = (System.nanoTime() - start) / 1e9;
      double whole = seconds * (FOLDS * LAMBDAS + 1) / (FOLDS * crossValidatorLambdas + 1);
      say(
          "MLlib CrossValidator %dx%d, cached, %s: %.1f s; scaled to %dx%d by fits: %.0f s",
          FOLDS, crossValidatorLambdas, how, seconds, FOLDS, LAMBDAS, whole);
    }
    cached.unpersist();
  }

  private TuningResult tune(String path, String features, int lambdas) {
    PassMeter meter = PassMeter.on(spark);
    Dataset<Row> data = DataSource.read(spark, ReadSpec.of(path), meter);
    ColumnRoles wanted =
        ColumnRoles.of("y").withFeatures(List.of(features)).withFolds(FoldRule.hashed(FOLDS, 0));
    Design design = Designs.of(data, wanted, meter);
    FoldedMoments moments = MomentsJob.of(design, OnInvalid.ERROR).run(data, meter).moments();
    double[] grid = LambdaRequest.logSpaced(1e-3 * rows, 10.0 * rows, lambdas).toArray();
    TuningSpec spec =
        new TuningSpec(
            RidgeSpec.standard(), LambdaRequest.of(LambdaConvention.SUM, grid), Rule.CV_MIN);
    return Tuning.run(moments, spec, FoldExecutor.inParallel(2));
  }

  /** What {@code plan} foretells of 20 lambdas. */
  private double planned(String path) {
    PassMeter meter = PassMeter.on(spark);
    Dataset<Row> data = DataSource.read(spark, ReadSpec.of(path), meter);
    ColumnRoles wanted =
        ColumnRoles.of("y").withFeatures(List.of("x")).withFolds(FoldRule.hashed(FOLDS, 0));
    Design design = Designs.of(data, wanted, meter);
    Workload work = Workloads.of(data, design, LAMBDAS).withRows(rows);
    return Planner.timed(work, ConfiguredMachine.of(spark), 1, SpeedProbe.atOrder(work.width()))
        .seconds()
        .orElseThrow();
  }

  /** The moments pass of a fit, and the pass that leaves each row out of 100 and 200 models. */
  private void leaveOneOut(String path) {
    PassMeter meter = PassMeter.on(spark);
    Dataset<Row> data = DataSource.read(spark, ReadSpec.of(path), meter);
    ColumnRoles wanted =
        ColumnRoles.of("y").withFeatures(List.of("x")).withFolds(FoldRule.single());
    Design design = Designs.of(data, wanted, meter);
    Supplier<Object> moments = () -> MomentsJob.of(design, OnInvalid.ERROR).run(data, meter);
    time("moments of one fold, array column", moments);
    FoldedMoments folded = MomentsJob.of(design, OnInvalid.ERROR).run(data, meter).moments();
    EigenSystem system = EigenSystem.of(RidgeProblem.of(folded.total(), RidgeSpec.standard()));
    for (int count : new int[] {20, 100, 200}) {
      Vec grid = LambdaRequest.logSpaced(1e-3 * rows, 10.0 * rows, count);
      time(
          "leave one out, " + count + " lambdas, array column",
          () ->
              LeaveOneOutJob.of(design, OnInvalid.ERROR)
                  .run(data, LeftOutModels.of(RotatedModels.of(system, List.of(grid))), meter));
    }
  }

  private static Object fit(Dataset<Row> data) {
    return regression().setRegParam(0.1).fit(data);
  }

  private static LinearRegression regression() {
    return new LinearRegression().setSolver("normal").setElasticNetParam(0).setLabelCol("y");
  }

  private static void crossValidate(Dataset<Row> data, int lambdas) {
    LinearRegression regression = regression();
    double[] grid = LambdaRequest.logSpaced(1e-3, 10, lambdas).toArray();
    ParamMap[] maps = new ParamGridBuilder().addGrid(regression.regParam(), grid).build();
    new CrossValidator()
        .setEstimator(regression)
        .setEvaluator(new RegressionEvaluator().setLabelCol("y").setMetricName("mse"))
        .setEstimatorParamMaps(maps)
        .setNumFolds(FOLDS)
        .fit(data);
  }

  private double time(String what, Supplier<Object> work) {
    double[] seconds = new double[repetitions];
    work.get(); // warms up
    for (int i = 0; i < repetitions; i++) {
      long start = System.nanoTime();
      if (work.get() == null) {
        throw new IllegalStateException("No result of " + what);
      }
      seconds[i] = (System.nanoTime() - start) / 1e9;
    }
    Arrays.sort(seconds);
    say(
        "%-42s %7.2f s  (%.2f to %.2f)",
        what, seconds[repetitions / 2], seconds[0], seconds[repetitions - 1]);
    return seconds[repetitions / 2];
  }

  private String generate(String layout) {
    return BenchData.of(spark, rows, columns).files(layout, 8);
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}

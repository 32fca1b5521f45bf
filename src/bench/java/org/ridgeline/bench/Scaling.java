package org.ridgeline.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.ridgeline.dataset.ColumnRoles;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.dataset.OnInvalid;
import org.ridgeline.dataset.ReadSpec;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.ridge.LambdaConvention;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.select.FoldExecutor;
import org.ridgeline.select.LambdaRequest;
import org.ridgeline.select.Rule;
import org.ridgeline.select.Tuning;
import org.ridgeline.select.TuningSpec;
import org.ridgeline.spark.DataSource;
import org.ridgeline.spark.Design;
import org.ridgeline.spark.Designs;
import org.ridgeline.spark.MomentsJob;
import org.ridgeline.spark.PassMeter;

/**
 * How the seconds of the pass and of solving grow along one axis, and the exponent that fits them:
 * {@code seconds = c value^exponent}, by least squares of the logarithms.
 *
 * <p>Arguments: repetitions, the axis ({@code rows}, {@code files}, {@code columns}, {@code
 * lambdas}, {@code folds} or {@code slots}), then its values; the first is what ratios are to.
 * Everything else is as in {@link #USUAL}, or as {@code axis=value} arguments say.
 */
public final class Scaling {
  private static final Shape USUAL = new Shape(200_000, 8, 200, 20, 5, 2);

  private Scaling() {}

  /** One run. */
  private record Shape(int rows, int files, int columns, int lambdas, int folds, int slots) {
    Shape with(String axis, int value) {
      return switch (axis) {
        case "rows" -> new Shape(value, files, columns, lambdas, folds, slots);
        case "files" -> new Shape(rows, value, columns, lambdas, folds, slots);
        case "columns" -> new Shape(rows, files, value, lambdas, folds, slots);
        case "lambdas" -> new Shape(rows, files, columns, value, folds, slots);
        case "folds" -> new Shape(rows, files, columns, lambdas, value, slots);
        case "slots" -> new Shape(rows, files, columns, lambdas, folds, value);
        default -> throw new IllegalArgumentException("There is no axis " + axis);
      };
    }
  }

  /** Seconds of the stages, medians. */
  private record Times(double pass, double solve) {}

  /** Runs the benchmark. */
  public static void main(String[] args) throws IOException {
    int repetitions = Integer.parseInt(args[0]);
    String axis = args[1];
    Shape base = USUAL;
    List<Integer> values = new ArrayList<>();
    for (String arg : Arrays.asList(args).subList(2, args.length)) {
      int at = arg.indexOf('=');
      if (at < 0) {
        values.add(Integer.valueOf(arg));
      } else {
        base = base.with(arg.substring(0, at), Integer.parseInt(arg.substring(at + 1)));
      }
    }
    say("%-8s %10s %8s %10s %8s   of %s", axis, "pass s", "ratio", "solve s", "ratio", base);
    List<Times> times = new ArrayList<>();
    for (int value : values) {
      times.add(run(base.with(axis, value), repetitions));
      Times now = times.get(times.size() - 1);
      Times first = times.get(0);
      say(
          "%-8d %10.2f %8.2f %10.2f %8.2f",
          value, now.pass(), now.pass() / first.pass(), now.solve(), now.solve() / first.solve());
    }
    say(
        "exponent %19.2f %19.2f",
        exponent(values, times.stream().mapToDouble(Times::pass).toArray()),
        exponent(values, times.stream().mapToDouble(Times::solve).toArray()));
  }

  private static double exponent(List<Integer> values, double[] seconds) {
    double[] x = values.stream().mapToDouble(Math::log).toArray();
    double meanX = Arrays.stream(x).average().orElseThrow();
    double meanY = Arrays.stream(seconds).map(Math::log).average().orElseThrow();
    double xy = 0;
    double xx = 0;
    for (int i = 0; i < x.length; i++) {
      xy += (x[i] - meanX) * (Math.log(seconds[i]) - meanY);
      xx += (x[i] - meanX) * (x[i] - meanX);
    }
    return xy / xx;
  }

  private static Times run(Shape shape, int repetitions) {
    SparkSession spark =
        SparkSession.builder()
            .master("local[" + shape.slots() + "]")
            .appName("ridgeline benchmark")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.sql.files.openCostInBytes", "0")
            .config("spark.sql.files.maxPartitionBytes", split(shape))
            .config("spark.plugins", "org.ridgeline.spark.RidgelinePlugin")
            .getOrCreate();
    try {
      spark.sparkContext().setLogLevel("ERROR");
      String path =
          BenchData.of(spark, shape.rows(), shape.columns()).files("array", shape.files());
      double[] pass = new double[repetitions];
      double[] solve = new double[repetitions];
      measure(spark, path, shape); // warms up
      for (int i = 0; i < repetitions; i++) {
        Times times = measure(spark, path, shape);
        pass[i] = times.pass();
        solve[i] = times.solve();
      }
      return new Times(median(pass), median(solve));
    } finally {
      spark.stop();
    }
  }

  /** Every file is a split. */
  private static String split(Shape shape) {
    long bytes = (long) Double.BYTES * shape.rows() * (shape.columns() + 1L);
    return Long.toString(bytes / shape.files() * 5 / 4);
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  private static Times measure(SparkSession spark, String path, Shape shape) {
    PassMeter meter = PassMeter.on(spark);
    Dataset<Row> data = DataSource.read(spark, ReadSpec.of(path), meter);
    ColumnRoles wanted =
        ColumnRoles.of("y").withFeatures(List.of("x")).withFolds(FoldRule.hashed(shape.folds(), 0));
    Design design = Designs.of(data, wanted, meter);
    long start = System.nanoTime();
    FoldedMoments moments = MomentsJob.of(design, OnInvalid.ERROR).run(data, meter).moments();
    long summed = System.nanoTime();
    double[] grid =
        LambdaRequest.logSpaced(1e-3 * shape.rows(), 10.0 * shape.rows(), shape.lambdas())
            .toArray();
    TuningSpec spec =
        new TuningSpec(
            RidgeSpec.standard(), LambdaRequest.of(LambdaConvention.SUM, grid), Rule.CV_MIN);
    Tuning.run(moments, spec, FoldExecutor.inParallel(2));
    return new Times((summed - start) / 1e9, (System.nanoTime() - summed) / 1e9);
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}

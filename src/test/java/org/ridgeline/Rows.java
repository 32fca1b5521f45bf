package org.ridgeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.features.MapTask;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.Moments;
import org.ridgeline.moments.MomentsAccumulator;
import org.ridgeline.moments.RowBlock;

/** Rows that a test can hold in its hand: n x d inputs, n x m targets and n weights. */
public final class Rows {
  private final double[][] x;
  private final double[][] y;
  private final double[] w;

  private Rows(double[][] x, double[][] y, double[] w) {
    this.x = x;
    this.y = y;
    this.w = w;
  }

  /** Rows of weight 1 with one target. */
  public static Rows of(double[][] x, double... y) {
    double[] ones = new double[y.length];
    Arrays.fill(ones, 1);
    return new Rows(
        x, Arrays.stream(y).mapToObj(v -> new double[] {v}).toArray(double[][]::new), ones);
  }

  /** Rows of n x d inputs and n x m targets. */
  public static Rows of(double[][] x, double[][] y, double[] w) {
    return new Rows(x, y, w);
  }

  /** Standard normal inputs of weight 1; target t is a linear function of them plus noise. */
  public static Rows normal(long seed, int n, int d, int m) {
    Random random = new Random(seed);
    double[][] x = new double[n][d];
    double[][] y = new double[n][m];
    double[] w = new double[n];
    for (int i = 0; i < n; i++) {
      w[i] = 1;
      for (int j = 0; j < d; j++) {
        x[i][j] = random.nextGaussian();
      }
      for (int t = 0; t < m; t++) {
        y[i][t] = 2 + t + random.nextGaussian();
        for (int j = 0; j < d; j++) {
          y[i][t] += x[i][j] * (1 + (j + t) % 3);
        }
      }
    }
    return new Rows(x, y, w);
  }

  /** n. */
  public int size() {
    return w.length;
  }

  /** d. */
  public int inputs() {
    return x[0].length;
  }

  /** m. */
  public int targets() {
    return y[0].length;
  }

  /** Input j of row i. */
  public double x(int i, int j) {
    return x[i][j];
  }

  /** Target t of row i. */
  public double y(int i, int t) {
    return y[i][t];
  }

  /** The weight of row i. */
  public double w(int i) {
    return w[i];
  }

  /** These rows with other weights. */
  public Rows withWeights(double... weights) {
    return new Rows(x, y, weights);
  }

  /** These rows with weights drawn between 1/2 and 5/2. */
  public Rows withRandomWeights(long seed) {
    Random random = new Random(seed);
    return withWeights(
        IntStream.range(0, size()).mapToDouble(i -> 0.5 + 2 * random.nextDouble()).toArray());
  }

  /** The rows whose number passes. */
  public Rows where(IntPredicate keep) {
    int[] kept = IntStream.range(0, size()).filter(keep).toArray();
    return pick(kept);
  }

  /** The rows of these numbers, in this order. */
  public Rows pick(int... numbers) {
    return new Rows(
        Arrays.stream(numbers).mapToObj(i -> x[i]).toArray(double[][]::new),
        Arrays.stream(numbers).mapToObj(i -> y[i]).toArray(double[][]::new),
        Arrays.stream(numbers).mapToDouble(i -> w[i]).toArray());
  }

  /** These rows with input j replaced by a function of itself. */
  public Rows mapInput(int j, DoubleUnaryOperator change) {
    double[][] changed = Arrays.stream(x).map(double[]::clone).toArray(double[][]::new);
    for (double[] row : changed) {
      row[j] = change.applyAsDouble(row[j]);
    }
    return new Rows(changed, y, w);
  }

  /** These rows with every target replaced by a function of itself. */
  public Rows mapTargets(DoubleUnaryOperator change) {
    double[][] changed =
        Arrays.stream(y)
            .map(row -> Arrays.stream(row).map(change).toArray())
            .toArray(double[][]::new);
    return new Rows(x, changed, w);
  }

  /** The inputs of these numbers, which may repeat. */
  public Rows selectInputs(int... numbers) {
    double[][] chosen =
        Arrays.stream(x)
            .map(row -> Arrays.stream(numbers).mapToDouble(j -> row[j]).toArray())
            .toArray(double[][]::new);
    return new Rows(chosen, y, w);
  }

  /** These rows with one more target. */
  public Rows withTarget(double... values) {
    double[][] more = new double[size()][];
    for (int i = 0; i < more.length; i++) {
      more[i] = Arrays.copyOf(y[i], targets() + 1);
      more[i][targets()] = values[i];
    }
    return new Rows(x, more, w);
  }

  /** These rows with target t alone. */
  public Rows onlyTarget(int t) {
    return new Rows(
        x, Arrays.stream(y).map(row -> new double[] {row[t]}).toArray(double[][]::new), w);
  }

  /** These rows with the features of a map as inputs. */
  public Rows mapped(FeatureMap map) {
    MapTask task = map.newTask();
    double[][] features = new double[size()][map.outputs()];
    for (int i = 0; i < size(); i++) {
      task.apply(1, x[i], inputs(), features[i], map.outputs());
    }
    return new Rows(features, y, w);
  }

  /** The moments, accumulated in blocks of 4 rows. */
  public Moments moments() {
    return moments(4);
  }

  /** The moments, accumulated in blocks of this many rows. */
  public Moments moments(int blockRows) {
    int d = x.length == 0 ? 1 : inputs();
    int m = x.length == 0 ? 1 : targets();
    return moments(blockRows, new MomentsAccumulator(d, m));
  }

  /** The moments with the triangular factor of the rows. */
  public Moments factoredMoments() {
    return factoredMoments(256);
  }

  /** The same, accumulated in blocks of this many rows. */
  public Moments factoredMoments(int blockRows) {
    return moments(blockRows, MomentsAccumulator.withFactor(inputs(), targets()));
  }

  /** The moments with the rows themselves, as long as these are not more than {@code most}. */
  public Moments gatheredMoments(long most) {
    return moments(4, MomentsAccumulator.ofRows(inputs(), targets(), most));
  }

  private Moments moments(int blockRows, MomentsAccumulator sum) {
    int d = x.length == 0 ? 1 : inputs();
    int m = x.length == 0 ? 1 : targets();
    RowBlock block = new RowBlock(blockRows, d + m);
    for (int i = 0; i < size(); i++) {
      double[] row = Arrays.copyOf(x[i], d + m);
      System.arraycopy(y[i], 0, row, d, m);
      block.append(row, w[i]);
      if (block.isFull()) {
        sum.addInPlace(block);
      }
    }
    sum.addInPlace(block);
    return sum.snapshot();
  }

  /** One set of moments for each of k folds. */
  public FoldedMoments folded(int k, IntUnaryOperator foldOf) {
    List<String> labels = new ArrayList<>();
    List<Moments> folds = new ArrayList<>();
    for (int f = 0; f < k; f++) {
      int fold = f;
      Rows rows = where(i -> foldOf.applyAsInt(i) == fold);
      labels.add(String.valueOf(f));
      folds.add(rows.size() == 0 ? Moments.empty(inputs(), targets()) : rows.moments());
    }
    return FoldedMoments.of(labels, folds);
  }
}

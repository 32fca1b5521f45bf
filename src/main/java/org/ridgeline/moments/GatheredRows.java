package org.ridgeline.moments;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ridgeline.linalg.Matrix;

/**
 * The rows themselves, as they were read, up to a number of them: with more columns than rows they
 * are the smallest factor of their scatter, and the most exact one, as nothing has been rounded
 * yet. Rows of weight 0 are left out. Beyond the limit all are dropped.
 *
 * <p>Memory: {@code 8 n (p + 1)} bytes; merged and copied rows share their storage.
 */
final class GatheredRows implements RowFactor {
  private static final long serialVersionUID = 1L;

  private final int width;
  private final long most;
  private final ArrayList<double[]> values = new ArrayList<>(); // blocks of rows: never written to
  private final ArrayList<double[]> weights = new ArrayList<>();
  private long rows;

  GatheredRows(int width, long most) {
    this.width = width;
    this.most = most;
  }

  @Override
  public void read(RowBlock block) {
    int count = 0;
    double[] w = new double[block.rows()];
    double[] v = new double[block.rows() * width];
    for (int r = 0; r < block.rows() && rows <= most; r++) {
      if (block.weight(r) > 0) {
        w[count] = block.weight(r);
        System.arraycopy(block.values(), r * width, v, count * width, width);
        count++;
      }
    }
    hold(count, List.of(Arrays.copyOf(v, count * width)), List.of(Arrays.copyOf(w, count)));
  }

  private void hold(long count, List<double[]> moreValues, List<double[]> moreWeights) {
    rows += count;
    if (rows <= most) {
      values.addAll(moreValues);
      weights.addAll(moreWeights);
    } else {
      values.clear();
      weights.clear();
    }
  }

  @Override
  public void merge(RowFactor other, double[] row) {
    GatheredRows gathered = (GatheredRows) other;
    hold(gathered.rows, gathered.values, gathered.weights);
  }

  @Override
  public void scaleInPlace(int[] exponents) {
    values.replaceAll(
        block -> {
          double[] scaled = block.clone();
          Arrays.setAll(scaled, i -> Math.scalb(block[i], exponents[i % width]));
          return scaled;
        });
  }

  @Override
  public GatheredRows copy() {
    GatheredRows copy = new GatheredRows(width, most);
    copy.hold(rows, values, weights);
    return copy;
  }

  @Override
  public Optional<RowFactor> leading(int leading, double multiplier, int inputs) {
    int[] positions = new int[leading + width - inputs];
    double[] multipliers = new double[positions.length];
    for (int j = 0; j < positions.length; j++) {
      positions[j] = j < leading ? j : inputs + j - leading;
      multipliers[j] = j < leading ? multiplier : 1;
    }
    return Optional.of(columns(positions, multipliers));
  }

  @Override
  public GatheredRows columns(int[] positions) {
    double[] ones = new double[positions.length];
    Arrays.fill(ones, 1);
    return columns(positions, ones);
  }

  private GatheredRows columns(int[] positions, double[] multipliers) {
    int p = positions.length;
    GatheredRows result = new GatheredRows(p, most);
    List<double[]> parts = new ArrayList<>();
    for (double[] block : values) {
      int count = block.length / width;
      double[] part = new double[count * p];
      for (int r = 0; r < count; r++) {
        for (int j = 0; j < p; j++) {
          part[r * p + j] = multipliers[j] * block[r * width + positions[j]];
        }
      }
      parts.add(part);
    }
    result.hold(rows, parts, weights);
    return result;
  }

  @Override
  public Optional<Matrix> aboutMeans(Means means) {
    double[] mean = new double[width];
    double[] remainder = new double[width];
    Arrays.setAll(mean, means::get);
    Arrays.setAll(remainder, means::remainder);
    return about(mean, remainder);
  }

  @Override
  public Optional<Matrix> aboutZero(Means means, double weightSum) {
    return about(new double[width], new double[width]);
  }

  /** {@code sqrt(w_i) (v_ij - mean_j)}, n x p. */
  private Optional<Matrix> about(double[] mean, double[] remainder) {
    if (rows > most) {
      return Optional.empty();
    }
    Matrix result = Matrix.zeros((int) rows, width);
    int i = 0;
    for (int k = 0; k < values.size(); k++) {
      double[] block = values.get(k);
      for (int r = 0; r < weights.get(k).length; r++, i++) {
        double root = Math.sqrt(weights.get(k)[r]);
        for (int j = 0; j < width; j++) {
          result.set(i, j, root * (block[r * width + j] - mean[j] - remainder[j]));
        }
      }
    }
    return Optional.of(result);
  }
}

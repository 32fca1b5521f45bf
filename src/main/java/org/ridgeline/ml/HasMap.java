package org.ridgeline.ml;

import java.util.ArrayList;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.ridgeline.features.MapKind;

/**
 * Which random-features map.
 *
 * @param <S> the stage
 */
public interface HasMap<S> extends HasInputOutput<S> {
  /**
   * Returns the map: {@code rff}, {@code rff-cos}, {@code orf}, {@code laplace}, {@code matern32},
   * {@code matern52}, {@code arccos0}, {@code arccos1}, {@code arccos2} or {@code ntk}; where rows
   * of the data may be centers, also {@code nystrom}.
   */
  default Param<String> kind() {
    ArrayList<String> kinds = new ArrayList<>(); // which Kryo can copy
    for (MapKind kind : MapKind.values()) {
      kinds.add(kind.label());
    }
    return new Param<>(
        this, "kind", "the map: " + String.join(", ", kinds), ParamValidators.inArray(kinds));
  }

  /** The value of {@link #kind}, by default {@code rff}. */
  default String getKind() {
    return getOrDefault(kind());
  }

  /** Sets {@link #kind}. */
  default S setKind(String value) {
    set(kind(), value);
    return self();
  }

  /**
   * D, the number of mapped features: even for maps of cosine and sine pairs; of {@code ntk} as
   * many whole neurons of d + 2 as fit; of {@code nystrom} the number of centers.
   */
  default IntParam width() {
    return new IntParam(this, "width", "the number of mapped features", ParamValidators.gt(0));
  }

  /** The value of {@link #width}, by default 1024. */
  default int getWidth() {
    return (int) getOrDefault(width());
  }

  /** Sets {@link #width}. */
  default S setWidth(int value) {
    set(width(), value);
    return self();
  }

  /**
   * Returns the length scale of the kernel, in the units of what is mapped: of the input column, or
   * of the standardized inputs where they are standardized; {@code arccos} and {@code ntk} have
   * none.
   */
  default DoubleParam lengthScale() {
    return new DoubleParam(
        this, "lengthScale", "the length scale of the kernel (> 0)", ParamValidators.gt(0));
  }

  /** The value of {@link #lengthScale}. */
  default double getLengthScale() {
    return (double) getOrDefault(lengthScale());
  }

  /** Sets {@link #lengthScale}. */
  default S setLengthScale(double value) {
    set(lengthScale(), value);
    return self();
  }

  /**
   * Returns what the weights of the map are drawn from; the same seed gives the same map anywhere.
   */
  default LongParam seed() {
    return new LongParam(this, "seed", "what the weights of the map are drawn from");
  }

  /** The value of {@link #seed}, by default 0. */
  default long getSeed() {
    return (long) getOrDefault(seed());
  }

  /** Sets {@link #seed}. */
  default S setSeed(long value) {
    set(seed(), value);
    return self();
  }
}

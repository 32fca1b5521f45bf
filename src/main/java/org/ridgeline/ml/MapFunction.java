package org.ridgeline.ml;

import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.expressions.SparkUserDefinedFunction$;
import org.apache.spark.sql.types.StructField;
import org.ridgeline.base.Check;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.features.InputScaling;
import org.ridgeline.features.MapSpec;
import org.ridgeline.features.MapTask;
import scala.runtime.AbstractFunction1;

/**
 * The features of one row, as a function in a query plan. A plan that holds this very class shows
 * that a column is mapped, and by which map; no name could, since anyone may give names.
 */
final class MapFunction extends AbstractFunction1<Object, Object> implements Serializable {
  private static final long serialVersionUID = 1L;

  private final FeatureMap example; // of one input where any number will do; null when shared
  private final Broadcast<FeatureMap> shared; // null: the map is drawn in every task
  private transient FeatureMap map; // for the rows of this task
  private transient MapTask task;

  private MapFunction(FeatureMap example, Broadcast<FeatureMap> shared) {
    this.example = example;
    this.shared = shared;
  }

  /** Returns a map that travels once to every executor. */
  static MapFunction of(Broadcast<FeatureMap> shared) {
    return new MapFunction(null, shared);
  }

  /** Returns a map with weights drawn for as many inputs as there are. */
  static MapFunction drawn(MapSpec spec) {
    return new MapFunction(FeatureMap.random(spec, InputScaling.none(1)), null);
  }

  /** Returns what the map is, whatever the number of inputs. */
  MapSpec spec() {
    return (shared == null ? example : shared.value()).description().spec();
  }

  /**
   * Returns the map for d inputs.
   *
   * @throws IllegalArgumentException when it is of another number
   */
  FeatureMap map(int inputs) {
    if (shared == null) {
      return FeatureMap.random(spec(), InputScaling.none(inputs));
    }
    Check.that(
        shared.value().inputs() == inputs,
        "Cannot map a vector of %d elements: the map has %d inputs",
        inputs,
        shared.value().inputs());
    return shared.value();
  }

  /** Returns the column of mapped features. */
  Column column(String input, StructField output) {
    return SparkUserDefinedFunction$.MODULE$
        .apply(this, SQLDataTypes.VectorType(), 1)
        .withName("random_features")
        .apply(StageSchema.column(input))
        .as(output.name(), output.metadata());
  }

  /** Maps a vector; null gives null. A task has one thread, the driver may have several. */
  @Override
  public synchronized Object apply(Object row) {
    if (row == null) {
      return null;
    }
    double[] x = ((Vector) row).toArray();
    if (map == null || map.inputs() != x.length) {
      Check.that(
          map == null,
          "Cannot map a vector of %d elements: those before it had %d",
          x.length,
          map == null ? 0 : map.inputs());
      map = map(x.length);
      task = map.newTask();
    }
    double[] z = new double[map.outputs()];
    task.apply(1, x, x.length, z, z.length);
    return Vectors.dense(z);
  }
}

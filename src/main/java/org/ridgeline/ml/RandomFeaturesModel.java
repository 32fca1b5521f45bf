package org.ridgeline.ml;

import java.util.OptionalInt;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.features.InputScaling;
import org.ridgeline.features.MapDescription;
import org.ridgeline.features.MapKind;
import org.ridgeline.features.MapSpec;

/**
 * A random-features map that has learned what it needs of the inputs: {@code z((x - center) /
 * scale)}, D features of d inputs. {@link RandomFeaturesEstimator} and the command line make it.
 *
 * <p>The output column names its elements {@code z0, z1, ..}; a ridge stage that reads that very
 * column maps the rows inside its aggregation.
 */
public final class RandomFeaturesModel extends Model<RandomFeaturesModel>
    implements HasInputOutput<RandomFeaturesModel>, MLWritable {
  private final String uid;
  private final FeatureMap map;

  RandomFeaturesModel(String uid, FeatureMap map) {
    this.uid = uid;
    this.map = map;
    MapParams.setColumnDefaults(this);
  }

  /** Creates some map, as service loaders need one; {@link #load} reads real ones. */
  public RandomFeaturesModel() {
    this(
        Identifiable.randomUID("randomFeatures"),
        FeatureMap.random(MapSpec.of(MapKind.RFF, 2), InputScaling.none(1)));
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Returns the map: see {@link HasMap#kind}. */
  public String kind() {
    return map.description().spec().kind().label();
  }

  /** d, the number of inputs. */
  public int numInputs() {
    return map.inputs();
  }

  /** D, the number of mapped features. */
  public int numFeatures() {
    return map.outputs();
  }

  /** Returns the length scale, in units of the standardized inputs; 1 for maps that have none. */
  public double lengthScale() {
    return map.description().spec().lengthScale();
  }

  /** Returns what is subtracted from the d inputs. */
  public Vector center() {
    return Vectors.dense(map.description().scaling().center().toArray());
  }

  /** Returns what the d inputs are divided by then. */
  public Vector scale() {
    return Vectors.dense(map.description().scaling().scale().toArray());
  }

  /** Returns what defines the map. */
  MapDescription description() {
    return map.description();
  }

  /**
   * Adds the mapped column; a null vector gives null.
   *
   * @param dataset the input column: vectors of d numbers
   * @throws IllegalArgumentException when the column is missing, no vector or of another size
   */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructField output = output(dataset.schema());
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext());
    return MapParams.transform(this, dataset, output, MapFunction.of(context.broadcast(map)));
  }

  private StructField output(StructType schema) {
    MapSpec spec = map.description().spec();
    return MapParams.output(this, schema, spec, OptionalInt.of(map.inputs()));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return schema.add(output(schema));
  }

  @Override
  public RandomFeaturesModel copy(ParamMap extra) {
    RandomFeaturesModel copy = new RandomFeaturesModel(uid, map);
    copyValues(copy, extra);
    return copy.setParent(parent());
  }

  @Override
  public MLWriter write() {
    return Persistence.writer(this, session -> MapData.of(session, map.description()));
  }

  /** Returns a reader of saved models of this class. */
  public static MLReader<RandomFeaturesModel> read() {
    return Persistence.reader(
        RandomFeaturesModel.class,
        (uid, row) -> new RandomFeaturesModel(uid, FeatureMap.of(MapData.description(row))));
  }

  /** Reads a saved model. */
  public static RandomFeaturesModel load(String path) {
    return read().load(path);
  }

  @Override
  public String toString() {
    return String.format(
        "RandomFeaturesModel: uid=%s, kind=%s, numInputs=%d, numFeatures=%d",
        uid, kind(), numInputs(), numFeatures());
  }
}

package org.ridgeline.ml;

import java.util.OptionalInt;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.ridgeline.base.Check;
import org.ridgeline.features.MapSpec;

/**
 * A random-features map {@code z(x)} of D features with {@code E z(x)'z(y) = k(x, y)}: ridge
 * regression of z is kernel regression. The weights are drawn from the seed alone, so there is
 * nothing to fit; for inputs to be standardized, a length scale from the data, or Nystrom there is
 * {@link RandomFeaturesEstimator}.
 *
 * <p>The output column names its elements {@code z0, z1, ..} and says in its metadata which map
 * made it. A ridge stage that reads that very column maps the rows inside its aggregation instead,
 * in blocks, and never stores a mapped row. Rows cost {@code 2 d D} flops and D cosines.
 *
 * <p>Source: Rahimi and Recht (2007); the kinds are those of {@link
 * org.ridgeline.features.MapKind}.
 */
public final class RandomFeatures extends Transformer
    implements HasMap<RandomFeatures>, MLWritable {
  private final String uid;

  /** Creates a stage with a uid of its own. */
  public RandomFeatures() {
    this(Identifiable.randomUID("randomFeatures"));
  }

  /** Creates a stage with this uid. */
  public RandomFeatures(String uid) {
    this.uid = uid;
    MapParams.setDefaults(this);
    setDefault(lengthScale(), 1.0);
  }

  @Override
  public String uid() {
    return uid;
  }

  private MapSpec spec() {
    Check.that(
        !getKind().equals("nystrom"),
        "%s: the centers of a nystrom map are rows of the data; use RandomFeaturesEstimator",
        uid);
    return MapParams.spec(this).withLengthScale(getLengthScale());
  }

  /**
   * Adds the mapped column; a null vector gives null.
   *
   * @param dataset the input column: vectors of d numbers, all of one length
   * @throws IllegalArgumentException when the column is missing or no vector, or the map cannot be
   *     made, such as cosine and sine pairs of an odd width
   */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    MapSpec map = spec();
    StructField output = MapParams.output(this, dataset.schema(), map, OptionalInt.empty());
    return MapParams.transform(this, dataset, output, MapFunction.drawn(map));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return schema.add(MapParams.output(this, schema, spec(), OptionalInt.empty()));
  }

  @Override
  public RandomFeatures copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public MLWriter write() {
    return Persistence.writer(this);
  }

  /** Returns a reader of saved stages of this class. */
  public static MLReader<RandomFeatures> read() {
    return Persistence.reader(RandomFeatures.class, RandomFeatures::new);
  }

  /** Reads a saved stage. */
  public static RandomFeatures load(String path) {
    return read().load(path);
  }
}

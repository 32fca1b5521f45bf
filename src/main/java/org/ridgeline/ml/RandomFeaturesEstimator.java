package org.ridgeline.ml;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.ridgeline.base.Check;
import org.ridgeline.dataset.OnInvalid;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.features.InputScaling;
import org.ridgeline.features.Kernel;
import org.ridgeline.features.MapKind;
import org.ridgeline.features.MapSpec;
import org.ridgeline.natives.NativeLibraries;
import org.ridgeline.ridge.Scaling;
import org.ridgeline.spark.Design;
import org.ridgeline.spark.Designs;
import org.ridgeline.spark.MapInputs;
import org.ridgeline.spark.MapPrePass;
import org.ridgeline.spark.PassMeter;

/**
 * A random-features map that learns from the inputs of all rows, and from no label: their means and
 * population standard deviations, the length scale (the median distance of a sample of 1000
 * standardized rows) where none is given, and the centers of {@code nystrom}.
 *
 * <p>{@link #fit} reads the rows once, or not at all when nothing has to be learned.
 *
 * <p>Source: Rahimi and Recht (2007); Williams and Seeger (2001) for Nystrom.
 */
public final class RandomFeaturesEstimator extends Estimator<RandomFeaturesModel>
    implements HasMap<RandomFeaturesEstimator>, MLWritable {
  private final String uid;

  /** Creates a stage with a uid of its own. */
  public RandomFeaturesEstimator() {
    this(Identifiable.randomUID("randomFeatures"));
  }

  /** Creates a stage with this uid. */
  public RandomFeaturesEstimator(String uid) {
    this.uid = uid;
    MapParams.setDefaults(this);
    setDefault(kernel(), Kernel.RBF.label());
    setDefault(standardization(), true);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Whether the inputs are centered and divided by their population standard deviation first. */
  public BooleanParam standardization() {
    return new BooleanParam(this, "standardization", "whether to standardize the inputs first");
  }

  /** The value of {@link #standardization}, by default true. */
  public boolean getStandardization() {
    return (boolean) getOrDefault(standardization());
  }

  /** Sets {@link #standardization}. */
  public RandomFeaturesEstimator setStandardization(boolean value) {
    set(standardization(), value);
    return this;
  }

  /** At how many standard deviations inputs are cut, above 0; not set: not at all. */
  public DoubleParam clip() {
    return new DoubleParam(
        this, "clip", "at how many standard deviations inputs are cut", ParamValidators.gt(0));
  }

  /** The value of {@link #clip}. */
  public double getClip() {
    return (double) getOrDefault(clip());
  }

  /** Sets {@link #clip}. */
  public RandomFeaturesEstimator setClip(double value) {
    set(clip(), value);
    return this;
  }

  /** Returns the kernel of {@code nystrom}: {@code rbf}, {@code laplace}, matern32 or matern52. */
  public Param<String> kernel() {
    ArrayList<String> kernels =
        new ArrayList<>(List.of("rbf", "laplace", "matern32", "matern52")); // Kryo can copy it
    return new Param<>(
        this,
        "kernel",
        "the kernel of nystrom: " + String.join(", ", kernels),
        ParamValidators.inArray(kernels));
  }

  /** The value of {@link #kernel}, by default {@code rbf}. */
  public String getKernel() {
    return getOrDefault(kernel());
  }

  /** Sets {@link #kernel}. */
  public RandomFeaturesEstimator setKernel(String value) {
    set(kernel(), value);
    return this;
  }

  private MapSpec spec() {
    Check.that(
        !isSet(clip()) || getStandardization(),
        "%s: cannot clip at %s standard deviations without standardization",
        uid,
        isSet(clip()) ? getClip() : 0);
    MapSpec spec = MapParams.spec(this);
    MapSpec scaled = isSet(lengthScale()) ? spec.withLengthScale(getLengthScale()) : spec;
    return scaled.kind() == MapKind.NYSTROM ? scaled.withKernel(Kernel.of(getKernel())) : scaled;
  }

  /**
   * Learns the map.
   *
   * @param dataset the input column: vectors of d finite numbers
   * @throws IllegalArgumentException when the column is missing or no vector, or the map cannot be
   *     made
   * @throws org.ridgeline.base.DataException when the rows cannot be used
   */
  @Override
  public RandomFeaturesModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    return Setters.run(this, () -> learn(dataset.toDF()));
  }

  private RandomFeaturesModel learn(Dataset<Row> rows) {
    NativeLibraries.install();
    try (PassMeter meter = PassMeter.on(rows.sparkSession())) {
      Design design = Designs.ofVector(rows, getInputCol(), meter);
      MapSpec spec = spec();
      boolean nystrom = spec.kind() == MapKind.NYSTROM;
      MapPrePass.Request request =
          new MapPrePass.Request(
              getStandardization() ? Scaling.POPULATION : Scaling.NONE,
              isSet(clip()) ? OptionalDouble.of(getClip()) : OptionalDouble.empty(),
              nystrom ? spec.width() : 0,
              spec.kind().hasLengthScale() && !isSet(lengthScale()),
              spec.seed());
      MapInputs learned = MapPrePass.run(rows, design, request, OnInvalid.ERROR, meter);
      learned.warnings().forEach(StageLog.of(this)::warn);
      RandomFeaturesModel model = new RandomFeaturesModel(uid, map(spec, learned));
      copyValues(model, ParamMap.empty());
      return model.setParent(this);
    }
  }

  private static FeatureMap map(MapSpec spec, MapInputs learned) {
    InputScaling scaling = learned.scaling();
    MapSpec scaled =
        learned.median().isPresent() ? spec.withLengthScale(learned.median().getAsDouble()) : spec;
    return learned.centers().isPresent()
        ? FeatureMap.nystrom(
            scaled.withWidth(learned.centers().get().columns()), scaling, learned.centers().get())
        : FeatureMap.random(scaled, scaling);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return schema.add(MapParams.output(this, schema, spec(), OptionalInt.empty()));
  }

  @Override
  public RandomFeaturesEstimator copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public MLWriter write() {
    return Persistence.writer(this);
  }

  /** Returns a reader of saved stages of this class. */
  public static MLReader<RandomFeaturesEstimator> read() {
    return Persistence.reader(RandomFeaturesEstimator.class, RandomFeaturesEstimator::new);
  }

  /** Reads a saved stage. */
  public static RandomFeaturesEstimator load(String path) {
    return read().load(path);
  }
}

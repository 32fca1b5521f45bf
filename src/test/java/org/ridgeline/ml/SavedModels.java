package org.ridgeline.ml;

import java.io.IOException;
import java.util.List;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Row;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.features.InputScaling;
import org.ridgeline.features.MapKind;
import org.ridgeline.features.MapSpec;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.RidgeModel;
import org.ridgeline.spark.SparkTest;

/**
 * Writes {@code src/test/resources/saved-models/VERSION}, once for each release. Its argument is
 * that directory; Hadoop's {@code .crc} files are not kept.
 */
final class SavedModels {
  /** What the pipeline predicts for the first row of {@link MlRows}. */
  static final double EXPECTED = 4.340861068265141;

  private SavedModels() {}

  public static void main(String[] arguments) throws IOException {
    SparkTest.session();
    String to = arguments[0] + "/";
    RidgeModel model =
        new RidgeModel(
            List.of("x0", "x1", "x2"),
            List.of("label"),
            Vec.of(0.1),
            Matrix.column(3, -0.02, 1.0 / 3),
            Vec.of(0.5));
    new RidgeRegressionModel("ridge_1", model, Targets.NUMBER).setWeightCol("w").save(to + "ridge");
    RidgeModel several =
        new RidgeModel(
            List.of("a", "b"),
            List.of("y[0]", "y[1]"),
            Vec.of(0, -3),
            Matrix.owning(2, 2, new double[] {1, 1, 0.5, 0.5}),
            Vec.of(1, 2));
    new RidgeRegressionModel("ridge_2", several, Targets.ARRAY).save(to + "several");
    new RidgeRegressionCV("cv_1")
        .setSelect("cv-1se")
        .setNumFolds(3)
        .setLambdas(new double[] {1, 10})
        .save(to + "stage");
    FeatureMap map =
        FeatureMap.random(
            MapSpec.of(MapKind.RFF, 4).withSeed(2).withLengthScale(1.5),
            InputScaling.of(Vec.of(0, 1000, 0), Vec.of(1, 50, 2)).clippedAt(2));
    RidgeModel ofMapped =
        new RidgeModel(
            List.of("z0", "z1", "z2", "z3"),
            List.of("label"),
            Vec.of(1),
            Matrix.column(1, 2, 3, 4),
            Vec.of(0.25));
    List<Transformer> stages =
        List.of(
            new RandomFeaturesModel("map_1", map).setOutputCol("mapped"),
            new RidgeRegressionModel("ridge_3", ofMapped, Targets.NUMBER).setFeaturesCol("mapped"));
    PipelineModel pipeline = new PipelineModel("pipeline_1", stages);
    pipeline.save(to + "pipeline");
    Row row = pipeline.transform(MlRows.assembled(MlRows.numbers(3))).orderBy("id").head();
    System.out.println("EXPECTED = " + row.getAs("prediction"));
  }
}

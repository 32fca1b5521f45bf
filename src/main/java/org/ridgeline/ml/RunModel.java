package org.ridgeline.ml;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.SparkSession;
import org.ridgeline.dataset.FittedModel;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.features.MapDescription;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.ridge.RidgeModel;
import org.ridgeline.spark.SparkOutput;

/**
 * The model of a run of the command line as a stage: a {@link RidgeRegressionModel}, or for a run
 * with a map a {@link PipelineModel} of the map and the ridge model. Either reads one column {@code
 * features}: the inputs of {@code model.json} in their order, categories as 0 and 1.
 *
 * <p>Targets that chose different maps have these side by side: the columns {@code mapped_0}, ..
 * are assembled to {@code mapped}, and a target has coefficients 0 for the maps of others.
 */
public final class RunModel {
  private static final String MAPPED = "mapped";

  private RunModel() {}

  /**
   * Saves the model of a run.
   *
   * @param path a directory that is not there yet
   * @throws org.ridgeline.base.RunOutputException when it cannot be written
   */
  public static void save(FittedModel saved, SparkSession session, String path) {
    SparkOutput.write(
        session, "the Spark model", () -> of(saved).write().session(session).save(path));
  }

  /** Returns the stage. */
  static MLWritable of(FittedModel saved) {
    List<MapDescription> maps = new ArrayList<>(new LinkedHashSet<>(saved.maps()));
    if (maps.isEmpty()) {
      return ridge(saved.model());
    }
    List<Transformer> stages = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < maps.size(); i++) {
      columns.add(maps.size() == 1 ? MAPPED : MAPPED + "_" + i);
      stages.add(
          new RandomFeaturesModel("randomFeatures_" + i, FeatureMap.of(maps.get(i)))
              .setOutputCol(columns.get(i)));
    }
    if (maps.size() > 1) {
      String[] inputs = columns.toArray(new String[0]);
      stages.add(new VectorAssembler("assembler_0").setInputCols(inputs).setOutputCol(MAPPED));
    }
    RidgeModel model = maps.size() > 1 ? sideBySide(saved, maps) : saved.model();
    stages.add(ridge(model).setFeaturesCol(MAPPED));
    return new PipelineModel("run_0", stages);
  }

  private static RidgeRegressionModel ridge(RidgeModel model) {
    boolean one = model.targets().size() == 1;
    RidgeRegressionModel stage =
        new RidgeRegressionModel("ridge_0", model, one ? Targets.NUMBER : Targets.ARRAY);
    return one ? stage.setLabelCol(model.targets().get(0)) : stage;
  }

  /** Returns the coefficients of every target at the features of its own map. */
  private static RidgeModel sideBySide(FittedModel saved, List<MapDescription> maps) {
    List<String> names = new ArrayList<>();
    List<Integer> starts = new ArrayList<>();
    for (int i = 0; i < maps.size(); i++) {
      starts.add(names.size());
      int outputs = maps.get(i).spec().outputs(maps.get(i).scaling().inputs());
      for (String name : FittedModel.mappedNames(outputs)) {
        names.add(String.format(Locale.ROOT, "%s_%d_%s", MAPPED, i, name));
      }
    }
    RidgeModel model = saved.model();
    Matrix wide = Matrix.zeros(names.size(), model.targets().size());
    for (int t = 0; t < model.targets().size(); t++) {
      int i = maps.indexOf(saved.maps().get(t));
      int end = i + 1 < maps.size() ? starts.get(i + 1) : names.size();
      for (int j = starts.get(i); j < end; j++) {
        wide.set(j, t, model.coefficients().get(j - starts.get(i), t));
      }
    }
    return new RidgeModel(names, model.targets(), model.intercepts(), wide, model.lambdas());
  }
}

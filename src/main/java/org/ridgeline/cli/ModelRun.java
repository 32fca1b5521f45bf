package org.ridgeline.cli;

import java.util.List;
import org.ridgeline.report.ModelJson;
import org.ridgeline.report.SavedModel;
import org.ridgeline.ridge.RidgeModel;
import org.ridgeline.spark.DataException;
import org.ridgeline.spark.LinearScorer;
import org.ridgeline.spark.RunStore;
import org.ridgeline.spark.UnseenLevel;

/** The model of a finished run. */
final class ModelRun {
  private ModelRun() {}

  /**
   * Reads {@code --model}.
   *
   * @throws DataException when it is not there or not sound
   */
  static SavedModel read(RunContext context) {
    return read(context, context.settings().required(Setting.MODEL));
  }

  /**
   * Reads the model of a run.
   *
   * @throws DataException when it is not there or not sound
   */
  static SavedModel read(RunContext context, String directory) {
    byte[] json = RunStore.read(directory, "model.json", context.hadoop());
    try {
      return ModelJson.read(json);
    } catch (IllegalArgumentException e) {
      throw new DataException(e.getMessage() + " (model.json in " + directory + ")", e);
    }
  }

  static LinearScorer scorer(RidgeModel model) {
    return LinearScorer.of(model.targets(), model.coefficients(), model.intercepts());
  }

  /** What {@code --unseen} says. */
  static UnseenLevel unseen(Settings settings) {
    String word = settings.choice(Setting.UNSEEN, List.of("error", "zero"));
    return word.equals("zero") ? UnseenLevel.ZERO : UnseenLevel.ERROR;
  }
}

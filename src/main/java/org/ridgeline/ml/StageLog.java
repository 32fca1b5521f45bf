package org.ridgeline.ml;

import java.util.function.Function;
import org.apache.spark.ml.param.Params;
import org.ridgeline.base.Option;
import org.ridgeline.train.Journal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what the fit of a stage warns of, one line each behind the uid of the stage, with options as
 * its setters.
 *
 * @param uid of the stage
 * @param words of its options
 */
record StageLog(String uid, Function<Option.Use, String> words) implements Journal.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(StageLog.class);

  /** Returns the log of a stage. */
  static StageLog of(Params stage) {
    return new StageLog(stage.uid(), Setters.of(stage));
  }

  @Override
  public String word(Option.Use use) {
    return words.apply(use);
  }

  @Override
  public void warn(String sentence) {
    LOG.warn("{}: {}", uid, sentence);
  }
}

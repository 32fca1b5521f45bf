package org.ridgeline.spark;

import org.ridgeline.base.DataException;
import org.ridgeline.base.Names;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;

/** The refusal of a sample, as {@code samplingRatio} takes it, that says nothing of the columns. */
final class EmptySample {
  /** The option of Spark's readers of text. */
  static final String OPTION = "samplingRatio";

  private EmptySample() {}

  /** The refusal to read a path with such a sample. */
  static DataException refusal(String path, double ratio) {
    return new DataException(
        String.format(
            "no row of %s with columns is in the sample of %s=%s",
            Names.quoted(path), OPTION, ratio),
        all());
  }

  /** To read all rows for the columns. */
  static Remedy all() {
    return Remedy.of("use %s", Option.OPTION.to(OPTION + "=1"));
  }
}

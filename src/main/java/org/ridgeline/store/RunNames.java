package org.ridgeline.store;

import org.apache.hadoop.fs.Path;

/** The names of the files and places of a run DIR. */
public final class RunNames {
  /** The folder of stored moments. */
  public static final String MOMENTS = "moments";

  /** The sample of rows in a checkpoint; not part of a committed run. */
  public static final String SAMPLE = "sample.bin";

  /** Says what the moments in the sibling are of; not part of a committed run. */
  static final String CHECKPOINT = "checkpoint.json";

  /** Made last, by runs and by Spark alike. */
  static final String SUCCESS = "_SUCCESS";

  private static final String STATUS = "status.json";

  private RunNames() {}

  static Path statusFile(Path run) {
    return new Path(run, STATUS);
  }

  /** Where a run works until it is committed. */
  static Path sibling(Path run) {
    return new Path(run.getParent(), "." + run.getName() + ".ridgeline-run");
  }

  /** Where the old run is while a new one takes its place. */
  static Path replaced(Path run) {
    return new Path(run.getParent(), "." + run.getName() + ".ridgeline-old");
  }
}

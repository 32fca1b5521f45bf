package org.ridgeline.store;

import java.util.Set;
import org.apache.hadoop.fs.Path;

/** The names of the files and places of a run DIR. */
public final class RunNames {
  /** The folder of stored moments. */
  public static final String MOMENTS = "moments";

  /** The sample of rows in a checkpoint; not part of a committed run. */
  public static final String SAMPLE = "sample.bin";

  /** Says what the moments in the work place are of; not part of a committed run. */
  static final String CHECKPOINT = "checkpoint.json";

  /** What becomes the checkpoint in one step. */
  static final String CHECKPOINT_NEW = "checkpoint.json.new";

  /** What a run is made of; readers of tables skip names that start with an underscore. */
  static final String MANIFEST = "_manifest.json";

  /** Made last, by runs and by Spark alike. */
  static final String SUCCESS = "_SUCCESS";

  /** Made anew at will, from the other files: without sums, and not read back. */
  static final Set<String> MADE_ANEW = Set.of("report.html", "forecast.csv", "forecast.json");

  /** On object stores: names the run that counts. */
  static final String CURRENT = "_current.json";

  /** On object stores: who works on the next one. */
  static final String OWNER = "_owner.json";

  /** On object stores: holds the runs. */
  static final String RUNS = "_runs";

  /** On object stores: what commits need. */
  static final Set<String> OF_COMMITS = Set.of(CURRENT, OWNER, RUNS);

  /** The model, and how it was fitted. */
  static final String MODEL_JSON = "model.json";

  /** The model as stages of Spark ML. */
  static final String MODEL = "model";

  /** How far a run has come. */
  static final String STATUS = "status.json";

  private RunNames() {}

  static Path statusFile(Path run) {
    return new Path(run, STATUS);
  }

  /** Where a run works until it is committed. */
  static Path sibling(Path run) {
    return hidden(run, "run");
  }

  /** Where the old run is while a new one takes its place. */
  static Path replaced(Path run) {
    return hidden(run, "old");
  }

  /** Where work places go before they are removed. */
  static Path trash(Path run) {
    return hidden(run, "trash");
  }

  /** Where the files of an attempt are, below the sibling of its run. */
  static Path work(Path sibling, String id) {
    return new Path(new Path(sibling, id), "run");
  }

  /** Says who made an attempt, below the sibling of its run. */
  static Path record(Path sibling, String id) {
    return new Path(sibling, id + ".json");
  }

  /** On object stores: where the files of an attempt are. */
  static Path place(Path run, String id) {
    return new Path(new Path(run, RUNS), id);
  }

  /** On object stores: beside the files of an attempt. */
  static Path workPlace(Path run, String id) {
    return place(run, id + ".work");
  }

  /** A path of this name in a folder; a colon in it is no end of a scheme. */
  static Path in(Path folder, String name) {
    return new Path(folder, new Path(null, null, name));
  }

  private static Path hidden(Path run, String what) {
    return in(run.getParent(), "." + run.getName() + ".ridgeline-" + what);
  }
}

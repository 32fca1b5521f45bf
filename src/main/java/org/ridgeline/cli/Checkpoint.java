package org.ridgeline.cli;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.ridgeline.base.DataException;
import org.ridgeline.dataset.InputFiles;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.report.CheckpointJson;
import org.ridgeline.ridge.SolverKind;
import org.ridgeline.spark.DataSource;
import org.ridgeline.spark.ListedFiles;
import org.ridgeline.spark.SampleFile;
import org.ridgeline.store.MomentsStore;
import org.ridgeline.store.RunDirectory;
import org.ridgeline.train.TrainingRows;

/**
 * The moments and the sample of rows that a run keeps as soon as it has them: a later attempt with
 * the same input and options continues from there. The fingerprint is of everything that the
 * moments depend on, so lambdas, rules and penalties may change.
 */
final class Checkpoint {
  private static final String FILES = "input files";

  /** Options that do not change the moments, or are in the fingerprint already. */
  private static final Set<Setting> WITHOUT_EFFECT =
      EnumSet.of(
          Setting.OUT,
          Setting.IF_EXISTS,
          Setting.OUTPUT,
          Setting.CONFIG,
          Setting.VERBOSE,
          Setting.PROGRESS,
          Setting.SOLVER);

  private final RunContext context;
  private final TrainOptions options;
  private final SparkSession session;
  private final TrainingRows data;
  private Optional<InputFiles> files = Optional.empty();

  Checkpoint(RunContext context, TrainOptions options, SparkSession session, TrainingRows data) {
    this.context = context;
    this.options = options;
    this.session = session;
    this.data = data;
  }

  /**
   * Marks the moments in the run directory, and the sample beside them, as a checkpoint that a
   * later attempt can continue from.
   */
  void keep() {
    files = ListedFiles.of(data.rows());
    if (options.output().moments() == OutputOptions.Moments.KEPT) {
      files.ifPresent(known -> context.directory().ifPresent(run -> keep(run, known)));
    }
  }

  /**
   * Returns the fingerprint of the input, once its moments are kept or found; empty without files.
   */
  Optional<InputFiles> files() {
    return files;
  }

  private void keep(RunDirectory run, InputFiles known) {
    String sample = SampleFile.writeInto(run, data.sample().orElseThrow());
    run.keepCheckpoint(CheckpointJson.of(data.rows().schema().json(), sample, fingerprint(known)));
  }

  /**
   * Returns the moments that an earlier attempt has kept; empty when there are none. Also restores
   * the sample of rows.
   *
   * @throws DataException when they are damaged, or of other data or options
   */
  Optional<MomentsSet> find() {
    Optional<byte[]> kept = context.directory().flatMap(RunDirectory::checkpoint);
    return kept.map(json -> context.journal().time("checkpoint", () -> read(json)));
  }

  private MomentsSet read(byte[] json) {
    try {
      CheckpointJson.Content content = CheckpointJson.read(json);
      requireSame(content);
      RunDirectory run = context.directory().orElseThrow();
      MomentsSet moments = MomentsStore.readFrom(run);
      data.keep(SampleFile.read(run, content.sample()));
      return moments;
    } catch (IllegalArgumentException | DataException e) {
      throw new DataException(
          "Cannot resume "
              + options.output().directory().orElseThrow()
              + ": "
              + e.getMessage()
              + "; --if-exists overwrite starts over",
          e);
    }
  }

  private void requireSame(CheckpointJson.Content content) {
    StructType schema = (StructType) StructType.fromJson(content.schema());
    InputFiles listed =
        ListedFiles.of(DataSource.unread(session, options.read().source(), schema))
            .orElseThrow(() -> new DataException("its input is not made of files any more"));
    files = Optional.of(listed);
    Map<String, String> now = fingerprint(listed);
    Map<String, String> then = content.fingerprint();
    TreeSet<String> keys = new TreeSet<>(then.keySet());
    keys.addAll(now.keySet());
    for (String key : keys) {
      String before = then.getOrDefault(key, "none");
      String after = now.getOrDefault(key, "none");
      if (!before.equals(after)) {
        throw new DataException(
            key.equals(FILES)
                ? "its moments are of other files (" + before + ", not " + after + ")"
                : "its moments were made with " + key + " " + before + ", not " + after);
      }
    }
  }

  private boolean matters(Setting setting) {
    boolean ofMap = setting == Setting.STANDARDIZE && options.spec().map().isEmpty();
    return setting.isTakenBy(Command.MOMENTS_WRITE) && !WITHOUT_EFFECT.contains(setting) && !ofMap;
  }

  /** What the solver asks for; {@code auto} takes what there is. */
  private SolverKind kept() {
    SolverKind solver = options.spec().solve().tuning().ridge().solver();
    return switch (solver) {
      case TSQR, DUAL -> solver;
      case AUTO, CHOLESKY, EIGEN -> SolverKind.AUTO;
    };
  }

  private Map<String, String> fingerprint(InputFiles files) {
    Map<String, String> fingerprint = new LinkedHashMap<>();
    fingerprint.put("version", CommandParser.version());
    fingerprint.put("command", options.command().word());
    fingerprint.put(
        FILES, files.count() + " of " + files.bytes() + " bytes, sha256 " + files.sha256());
    for (Setting setting : Setting.values()) {
      if (matters(setting)) {
        Object value = options.shown().get(setting.key());
        fingerprint.put(setting.flag(), value == null ? "none" : value.toString());
      }
    }
    fingerprint.put("solver", kept().label());
    return fingerprint;
  }
}

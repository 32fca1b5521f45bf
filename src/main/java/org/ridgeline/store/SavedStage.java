package org.ridgeline.store;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.ridgeline.base.DataException;
import org.ridgeline.base.RunOutputException;

/**
 * A stage of Spark ML on disk. Its files have a manifest beside them, as those of a run do; a stage
 * that a version without manifests has saved, whose metadata do not speak of one, is read as it is.
 * What lies in {@code RUN/model} is checked against the manifest of its run, too.
 */
public final class SavedStage {
  private SavedStage() {}

  /**
   * A stage whose files are those that were written, as far as there are sums of them.
   *
   * @param path as it was given
   * @param place where it is to be read from
   * @param hasSums whether it has a manifest, or is of a run that has one
   */
  public record Checked(String path, String place, boolean hasSums) {
    /**
     * Checks that there are sums, of a stage that was saved with them.
     *
     * @throws DataException when they are missing
     */
    public void requireSums() {
      if (!hasSums) {
        throw new DataException(
            "Cannot use the stage "
                + path
                + ": its "
                + RunNames.MANIFEST
                + ", which has the sums of its files, is missing");
      }
    }
  }

  /**
   * Writes the manifest of a stage whose files are all there.
   *
   * @param uid of the stage
   * @throws RunOutputException when it cannot be written
   */
  public static void seal(String path, String uid, Configuration configuration) {
    Path given = new Path(path);
    try (FileSystem files = HadoopFiles.fileSystem(given, configuration)) {
      Path place = files.makeQualified(given);
      Manifest manifest = Manifest.of(files, place, uid, Manifest.Kind.STAGE, Map.of());
      HadoopFiles.write(files, new Path(place, RunNames.MANIFEST), manifest.toJson());
    } catch (IOException e) {
      throw new RunOutputException("Cannot write to " + path + ": " + HadoopFiles.sentence(e), e);
    }
  }

  /**
   * Returns where a stage is, once its files are known to be those that were written: the path
   * itself, or for {@code RUN/model} the place of the run that counts. Reads the stage; within a
   * run all of its {@code model}.
   *
   * @throws DataException when a file is missing, changed or strange, or cannot be read
   */
  public static Checked checked(String path, Configuration configuration) {
    Path given = new Path(path);
    try (FileSystem files = HadoopFiles.fileSystem(given, configuration)) {
      Path stage = files.makeQualified(given);
      Optional<Path> inRun = inRun(stage, configuration);
      Path place = inRun.orElse(stage);
      Optional<Manifest> own = Manifest.in(files, place);
      if (own.isPresent() && own.get().kind() == Manifest.Kind.STAGE) {
        own.get().requireFolder(files, place, "", path);
      }
      return new Checked(
          path, inRun.map(Path::toString).orElse(path), own.isPresent() || inRun.isPresent());
    } catch (IOException e) {
      throw new DataException("Cannot read " + path + ": " + HadoopFiles.sentence(e), e);
    }
  }

  /** Where a stage below RUN/model is, checked by the run; empty when there is no such run. */
  private static Optional<Path> inRun(Path stage, Configuration configuration) throws IOException {
    String below = "";
    for (Path at = stage; at.getParent() != null; at = at.getParent()) {
      if (at.getName().equals(RunNames.MODEL) && !at.getParent().isRoot()) {
        try (RunReader run = RunReader.open(at.getParent().toString(), configuration)) {
          if (run.manifest().isPresent()) {
            run.requireFolder(RunNames.MODEL);
            return Optional.of(new Path(run.place(), RunNames.MODEL + below));
          }
        }
      }
      below = "/" + at.getName() + below;
    }
    return Optional.empty();
  }
}

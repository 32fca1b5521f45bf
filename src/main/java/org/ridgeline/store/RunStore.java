package org.ridgeline.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;
import org.ridgeline.base.RunOutputException;

/**
 * The files of runs, on whatever file system Hadoop knows. A run DIR has a hidden sibling {@code
 * .DIR.ridgeline-run} as long as it is not committed.
 */
public final class RunStore {
  private RunStore() {}

  /**
   * The state of the run in {@code directory}, or in its sibling when that is newer. Predictions
   * have no status file once they are complete, since Spark would read it with them.
   */
  public static RunStatus status(String directory, Configuration configuration) {
    return status(directory, configuration, Clock.systemUTC());
  }

  static RunStatus status(String directory, Configuration configuration, Clock clock) {
    try (FileSystem files = HadoopFiles.fileSystem(HadoopFiles.path(directory), configuration)) {
      Path run = files.makeQualified(HadoopFiles.path(directory));
      Path file = RunNames.statusFile(RunNames.sibling(run));
      if (files.exists(file)) {
        FileStatus found = files.getFileStatus(file);
        return RunStatus.parse(HadoopFiles.read(files, file), file.toString())
            .seen(Instant.ofEpochMilli(found.getModificationTime()), clock.instant());
      }
      return committed(files, run)
          .or(() -> committed(files, RunNames.replaced(run)))
          .orElseThrow(
              () ->
                  new DataException(
                      "There is no run in "
                          + directory
                          + ": neither it nor "
                          + RunNames.sibling(run).getName()
                          + " beside it has a status.json"));
    } catch (IOException | UncheckedIOException e) {
      throw unreadable(
          directory, e instanceof IOException io ? io : ((UncheckedIOException) e).getCause());
    }
  }

  private static Optional<RunStatus> committed(FileSystem files, Path run) {
    try {
      Path file = RunNames.statusFile(run);
      if (files.exists(file)) {
        return Optional.of(RunStatus.parse(HadoopFiles.read(files, file), file.toString()));
      }
      Path success = new Path(run, RunNames.SUCCESS);
      return files.exists(success)
          ? Optional.of(
              RunStatus.committed(
                  Instant.ofEpochMilli(files.getFileStatus(success).getModificationTime())))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The state of the complete run in {@code directory}; empty when there is none.
   *
   * @throws DataException when it cannot be looked at
   */
  public static Optional<RunStatus> finished(String directory, Configuration configuration) {
    try (FileSystem files = HadoopFiles.fileSystem(HadoopFiles.path(directory), configuration)) {
      RunPlaces places = new RunPlaces(files, files.makeQualified(HadoopFiles.path(directory)));
      places.recover();
      return places.isFinished() ? committed(files, places.run()) : Optional.empty();
    } catch (IOException e) {
      throw unreadable(directory, e);
    }
  }

  /**
   * Reads a file of a committed run.
   *
   * @throws DataException when it is not there
   */
  public static byte[] read(String directory, String name, Configuration configuration) {
    try (FileSystem files = HadoopFiles.fileSystem(HadoopFiles.path(directory), configuration)) {
      Path file = new Path(HadoopFiles.path(directory), name);
      if (!files.exists(file)) {
        throw new DataException(
            "There is no " + name + " in " + directory + ": it is not a finished run",
            Remedy.of("give the directory that was the %s of fit or tune", Option.OUT));
      }
      return HadoopFiles.read(files, file);
    } catch (IOException e) {
      throw unreadable(directory, e);
    }
  }

  /** Reads a file that a run may have. */
  public static Optional<byte[]> find(String directory, String name, Configuration configuration) {
    try (FileSystem files = HadoopFiles.fileSystem(HadoopFiles.path(directory), configuration)) {
      Path file = new Path(HadoopFiles.path(directory), name);
      return files.exists(file) ? Optional.of(HadoopFiles.read(files, file)) : Optional.empty();
    } catch (IOException e) {
      throw unreadable(directory, e);
    }
  }

  /**
   * Writes a file of a committed run in place of the one that is there. Readers see the old file,
   * the new one, or for a moment none; never half of one.
   *
   * @throws RunOutputException when it cannot be written
   */
  public static void replace(
      String directory, String name, byte[] bytes, Configuration configuration) {
    try (FileSystem files = HadoopFiles.fileSystem(HadoopFiles.path(directory), configuration)) {
      Path file = new Path(HadoopFiles.path(directory), name);
      Path fresh = new Path(HadoopFiles.path(directory), "." + name + ".new");
      HadoopFiles.write(files, fresh, bytes);
      files.delete(file, false);
      if (!files.rename(fresh, file)) {
        throw new IOException("could not rename " + fresh + " to " + file);
      }
    } catch (IOException e) {
      throw new RunOutputException(
          "Cannot write " + name + " in " + directory + ": " + HadoopFiles.sentence(e), e);
    }
  }

  private static DataException unreadable(String directory, IOException e) {
    return new DataException("Cannot read " + directory + ": " + HadoopFiles.sentence(e), e);
  }
}

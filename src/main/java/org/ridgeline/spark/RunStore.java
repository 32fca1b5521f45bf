package org.ridgeline.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The files of runs, on whatever file system Hadoop knows. A run DIR has a hidden sibling {@code
 * .DIR.ridgeline-run} as long as it is not committed.
 */
public final class RunStore {
  /** Made last, by runs and by Spark alike. */
  static final String SUCCESS = "_SUCCESS";

  private static final String STATUS = "status.json";
  private static final String SPARK_HADOOP = "spark.hadoop.";

  private RunStore() {}

  /** Hadoop's configuration with the {@code spark.hadoop.*} settings of these properties. */
  public static Configuration configuration(Map<String, String> properties) {
    Configuration configuration = new Configuration();
    properties.forEach(
        (key, value) -> {
          if (key.startsWith(SPARK_HADOOP)) {
            configuration.set(key.substring(SPARK_HADOOP.length()), value);
          }
        });
    // Ours must still be open when a shutdown hook writes the last status.
    configuration.setBoolean("fs.automatic.close", false);
    return configuration;
  }

  /**
   * The state of the run in {@code directory}, or in its sibling when that is newer. Predictions
   * have no status file once they are complete, since Spark would read it with them.
   */
  public static RunStatus status(String directory, Configuration configuration) {
    return status(directory, configuration, Clock.systemUTC());
  }

  static RunStatus status(String directory, Configuration configuration, Clock clock) {
    try (FileSystem files = fileSystem(path(directory), configuration)) {
      Path run = files.makeQualified(path(directory));
      Path file = statusFile(sibling(run));
      if (files.exists(file)) {
        FileStatus found = files.getFileStatus(file);
        return RunStatus.parse(read(files, file), file.toString())
            .seen(Instant.ofEpochMilli(found.getModificationTime()), clock.instant());
      }
      return committed(files, run)
          .or(() -> committed(files, replaced(run)))
          .orElseThrow(
              () ->
                  new DataException(
                      "There is no run in "
                          + directory
                          + ": neither it nor "
                          + sibling(run).getName()
                          + " beside it has a status.json"));
    } catch (IOException | UncheckedIOException e) {
      throw unreadable(
          directory, e instanceof IOException io ? io : ((UncheckedIOException) e).getCause());
    }
  }

  private static Optional<RunStatus> committed(FileSystem files, Path run) {
    try {
      Path file = statusFile(run);
      if (files.exists(file)) {
        return Optional.of(RunStatus.parse(read(files, file), file.toString()));
      }
      Path success = new Path(run, SUCCESS);
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
    try (FileSystem files = fileSystem(path(directory), configuration)) {
      RunPlaces places = new RunPlaces(files, files.makeQualified(path(directory)));
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
    try (FileSystem files = fileSystem(path(directory), configuration)) {
      Path file = new Path(path(directory), name);
      if (!files.exists(file)) {
        throw new DataException(
            "There is no "
                + name
                + " in "
                + directory
                + ": it is not a finished run; give the directory that was the --out of fit or tune");
      }
      return read(files, file);
    } catch (IOException e) {
      throw unreadable(directory, e);
    }
  }

  /** Reads a file that a run may have. */
  public static Optional<byte[]> find(String directory, String name, Configuration configuration) {
    try (FileSystem files = fileSystem(path(directory), configuration)) {
      Path file = new Path(path(directory), name);
      return files.exists(file) ? Optional.of(read(files, file)) : Optional.empty();
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
    try (FileSystem files = fileSystem(path(directory), configuration)) {
      Path file = new Path(path(directory), name);
      Path fresh = new Path(path(directory), "." + name + ".new");
      write(files, fresh, bytes);
      files.delete(file, false);
      if (!files.rename(fresh, file)) {
        throw new IOException("could not rename " + fresh + " to " + file);
      }
    } catch (IOException e) {
      throw new RunOutputException(
          "Cannot write " + name + " in " + directory + ": " + sentence(e), e);
    }
  }

  private static DataException unreadable(String directory, IOException e) {
    return new DataException("Cannot read " + directory + ": " + sentence(e), e);
  }

  static byte[] read(FileSystem files, Path file) throws IOException {
    try (FSDataInputStream in = files.open(file)) {
      return in.readAllBytes();
    }
  }

  static void write(FileSystem files, Path file, byte[] bytes) throws IOException {
    write(files, file, out -> out.write(bytes));
  }

  /** Hadoop makes an error of its own of a full local disk; here it is the exception it was. */
  static void write(FileSystem files, Path file, RunDirectory.Content content) throws IOException {
    try (OutputStream out = files.create(file, true)) {
      content.writeTo(out);
    } catch (FSError e) {
      throw new IOException(e.getCause().getMessage(), e);
    }
  }

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

  /**
   * A path with a name and a parent.
   *
   * @throws IllegalArgumentException when it has none
   */
  static Path path(String directory) {
    if (directory.isBlank()) {
      throw new IllegalArgumentException("Cannot use '' as a run directory: it must have a name");
    }
    Path path = new Path(directory);
    if (path.getName().isEmpty() || path.getName().equals(".") || path.getName().equals("..")) {
      throw new IllegalArgumentException(
          "Cannot use '" + directory + "' as a run directory: it must end in a name of its own");
    }
    return path;
  }

  /**
   * An instance of our own, so that no one else closes it; on a local disk without the checksum
   * files of Hadoop.
   */
  static FileSystem fileSystem(Path path, Configuration configuration) throws IOException {
    FileSystem files =
        FileSystem.newInstance(
            path.toUri().getScheme() == null
                ? FileSystem.getDefaultUri(configuration)
                : path.toUri(),
            configuration);
    return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
  }

  /** The first line of what went wrong. */
  static String sentence(IOException e) {
    return Optional.ofNullable(e.getMessage())
        .flatMap(text -> text.lines().findFirst())
        .orElse(e.getClass().getSimpleName());
  }
}

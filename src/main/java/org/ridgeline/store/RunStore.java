package org.ridgeline.store;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.ridgeline.base.DataException;
import org.ridgeline.base.RunOutputException;

/** The files of runs, on whatever file system Hadoop knows. */
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
      Optional<Attempt> attempt = CommitProtocol.of(files, run, directory).attempt();
      if (attempt.isPresent() && files.exists(attempt.get().statusFile())) {
        Path file = attempt.get().statusFile();
        RunStatus written = RunStatus.parse(HadoopFiles.read(files, file), file.toString());
        return attempt.get().seen(written, clock.instant());
      }
    } catch (IOException e) {
      throw unreadable(directory, e);
    }
    return committed(directory, configuration)
        .orElseThrow(
            () ->
                new DataException(
                    "There is no run in "
                        + directory
                        + ": neither it nor "
                        + RunNames.sibling(HadoopFiles.input(directory)).getName()
                        + " beside it has a status.json"));
  }

  private static Optional<RunStatus> committed(String directory, Configuration configuration) {
    try (RunReader run = RunReader.open(directory, configuration)) {
      Optional<RunStatus> status =
          run.find(RunNames.STATUS).map(json -> RunStatus.parse(json, run.statusFile()));
      if (status.isPresent()) {
        return status;
      }
      if (!run.isComplete()) {
        return Optional.empty();
      }
      Path success = new Path(run.place(), RunNames.SUCCESS);
      long time = run.files().getFileStatus(success).getModificationTime();
      return Optional.of(RunStatus.committed(Instant.ofEpochMilli(time)));
    } catch (IOException e) {
      throw unreadable(directory, e);
    }
  }

  /**
   * The state of the complete run in {@code directory}; empty when there is none. A commit that was
   * cut off is ended first.
   *
   * @throws DataException when it cannot be looked at
   */
  public static Optional<RunStatus> finished(String directory, Configuration configuration) {
    return finished(directory, configuration, Clock.systemUTC());
  }

  static Optional<RunStatus> finished(String directory, Configuration configuration, Clock clock) {
    try (FileSystem files = HadoopFiles.fileSystem(HadoopFiles.path(directory), configuration)) {
      Path run = files.makeQualified(HadoopFiles.path(directory));
      CommitProtocol protocol = CommitProtocol.of(files, run, directory);
      if (protocol.isCutOff()) {
        recover(protocol, clock);
      }
    } catch (IOException e) {
      throw unreadable(directory, e);
    }
    try (RunReader run = RunReader.open(directory, configuration)) {
      return run.isComplete() ? committed(directory, configuration) : Optional.empty();
    } catch (IOException e) {
      throw unreadable(directory, e);
    }
  }

  /** Unless another run is at work, which will do so. */
  private static void recover(CommitProtocol protocol, Clock clock) throws IOException {
    Owner owner = Owner.ofThisProcess(clock.instant());
    Claim claim;
    try {
      claim = protocol.claim(owner, RunStatus.started(clock.instant()).toJson(), clock.instant());
    } catch (RunOutputException refused) {
      return;
    }
    Heartbeat heartbeat = Heartbeat.of(claim, clock);
    try {
      claim.recover();
      claim.release();
    } finally {
      heartbeat.stop();
    }
  }

  /**
   * Writes a file of a committed run that is made anew at will, in place of the one that is there.
   * Readers see the old file, the new one, or for a moment none; never half of one.
   *
   * @throws RunOutputException when it cannot be written
   */
  public static void replace(
      String directory, String name, byte[] bytes, Configuration configuration) {
    try (RunReader run = RunReader.open(directory, configuration)) {
      FileSystem files = run.files();
      Path file = new Path(run.place(), name);
      if (!CommitProtocol.renamesAtomically(files)) {
        HadoopFiles.write(files, file, bytes); // a put
        return;
      }
      Path fresh = new Path(run.place(), "." + name + ".new");
      HadoopFiles.write(files, fresh, bytes);
      if (!files.rename(fresh, file)) {
        files.delete(file, false);
        if (!files.rename(fresh, file)) {
          throw new IOException("could not rename " + fresh + " to " + file);
        }
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

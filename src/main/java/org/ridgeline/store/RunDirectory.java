package org.ridgeline.store;

import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ShutdownHookManager;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;
import org.ridgeline.base.RunOutputException;
import org.ridgeline.base.Words;
import org.ridgeline.store.RunStatus.State;

/**
 * A run directory in the making. All files are written into a hidden sibling, which has a {@code
 * status.json} from the first moment; {@link #commit} renames it, {@code _SUCCESS} comes last. A
 * run that fails or is interrupted leaves its sibling behind, with the reason, and DIR untouched.
 *
 * <p>A JVM that is told to terminate writes {@code interrupted} before Spark and the file systems
 * go down. Thread-safe: whichever end comes first counts.
 */
public final class RunDirectory {
  /** Higher than Spark's (40) and the file systems' (10): ours comes first. */
  private static final int HOOK_PRIORITY = 100;

  /** What a run that resumes keeps of an earlier attempt. */
  private static final Set<String> KEPT =
      Set.of(RunNames.CHECKPOINT, RunNames.SAMPLE, RunNames.MOMENTS);

  private final String name;
  private final FileSystem files;
  private final RunPlaces places;
  private final RunIfExists ifExists;
  private final Clock clock;
  private final Runnable hook = this::interrupt;
  private RunStatus status;
  private Heartbeat heartbeat;

  private RunDirectory(String name, FileSystem files, Path run, RunIfExists ifExists, Clock clock) {
    this.name = name;
    this.files = files;
    this.places = new RunPlaces(files, run);
    this.ifExists = ifExists;
    this.clock = clock;
    this.status = RunStatus.started(clock.instant());
  }

  /**
   * Starts a run, after ending a commit that was cut off. What an earlier attempt left in the
   * sibling is removed, except the moments that {@link RunIfExists#RESUME} goes on from.
   *
   * @throws RunOutputException when DIR exists and may not be replaced, or cannot be written
   */
  public static RunDirectory open(
      String directory, RunIfExists ifExists, Configuration configuration, Clock clock) {
    try {
      FileSystem files = HadoopFiles.fileSystem(HadoopFiles.path(directory), configuration);
      Path run = files.makeQualified(HadoopFiles.path(directory));
      RunDirectory opened = new RunDirectory(directory, files, run, ifExists, clock);
      opened.places.recover();
      opened.requireReplaceable();
      opened.clear();
      opened.start();
      return opened;
    } catch (IOException e) {
      throw new RunOutputException(
          "Cannot write to " + directory + ": " + HadoopFiles.sentence(e), e);
    }
  }

  /** Shows that the run is on. A signal finds the hook in place and waits for the status. */
  private synchronized void start() throws IOException {
    ShutdownHookManager.get().addShutdownHook(hook, HOOK_PRIORITY);
    try {
      writeStatus();
    } catch (IOException e) {
      ShutdownHookManager.get().removeShutdownHook(hook);
      throw e;
    }
    heartbeat = Heartbeat.of(files, RunNames.statusFile(places.work()), clock);
  }

  private void clear() throws IOException {
    Path work = places.work();
    if (ifExists != RunIfExists.RESUME || !files.exists(workPath(RunNames.CHECKPOINT))) {
      files.delete(work, true);
    } else {
      for (FileStatus left : files.listStatus(work)) {
        if (!KEPT.contains(left.getPath().getName())) {
          files.delete(left.getPath(), true);
        }
      }
    }
    if (!files.mkdirs(work)) {
      throw new IOException("the directory could not be made");
    }
  }

  private void requireReplaceable() throws IOException {
    if (!files.exists(places.run())) {
      return;
    }
    if (ifExists == RunIfExists.FAIL) {
      throw new RunOutputException(
          "The output " + name + " exists already",
          Remedy.of(
              "choose another %s or %s",
              Option.OUT, Option.IF_EXISTS.to(Words.of(RunIfExists.OVERWRITE))));
    }
    if (!places.isReplaceable()) {
      throw new RunOutputException(
          "The output " + name + " exists and is not a finished run: it is not overwritten",
          Remedy.of("choose another %s or remove it yourself", Option.OUT));
    }
  }

  /** What an earlier attempt has left to go on from; only when this run resumes. */
  public Optional<byte[]> checkpoint() {
    Path file = workPath(RunNames.CHECKPOINT);
    try {
      return files.exists(file) ? Optional.of(HadoopFiles.read(files, file)) : Optional.empty();
    } catch (IOException e) {
      throw new RunOutputException(
          "Cannot read the checkpoint of " + name + ": " + HadoopFiles.sentence(e), e);
    }
  }

  /**
   * A file that an earlier attempt has left with its checkpoint.
   *
   * @throws DataException when it cannot be read
   */
  public byte[] kept(String file) {
    try {
      return HadoopFiles.read(files, workPath(file));
    } catch (IOException e) {
      throw new DataException(
          "Cannot read " + file + " of " + name + ": " + HadoopFiles.sentence(e), e);
    }
  }

  /** Marks the moments in the sibling, at once, as what a later attempt can go on from. */
  public void keepCheckpoint(byte[] fingerprint) {
    String fresh = RunNames.CHECKPOINT + ".new";
    write(fresh, fingerprint);
    try {
      if (!files.rename(workPath(fresh), workPath(RunNames.CHECKPOINT))) {
        throw new IOException("it could not be renamed");
      }
    } catch (IOException e) {
      throw new RunOutputException(
          "Cannot write the checkpoint of " + name + ": " + HadoopFiles.sentence(e), e);
    }
  }

  Path workPath(String file) {
    return new Path(places.work(), file);
  }

  /** The file system of the run. */
  FileSystem files() {
    return files;
  }

  /** DIR as the user named it. */
  String name() {
    return name;
  }

  /** A place in the sibling for Spark to write to. */
  public String workPlace(String name) {
    return workPath(name).toString();
  }

  /** Writes one file of the run. */
  public void write(String file, byte[] bytes) {
    write(file, out -> out.write(bytes));
  }

  /** Writes one file of the run, which may be larger than memory. */
  public void write(String file, FileContent content) {
    try {
      HadoopFiles.write(files, workPath(file), content);
    } catch (IOException e) {
      makeRoom(file);
      throw new RunOutputException(
          "Cannot write " + file + " of " + name + ": " + HadoopFiles.sentence(e), e);
    }
  }

  /** On a full disk there must be room for the status. */
  private void makeRoom(String file) {
    try {
      files.delete(new Path(places.work(), file), false);
    } catch (IOException e) {
      return; // then the status cannot be written either, and that is told
    }
  }

  /**
   * Makes the sibling the run.
   *
   * @param exitCode what the process will exit with
   * @param remark why that is not 0, if so
   * @throws RunOutputException when that fails; DIR is then as it was
   */
  public synchronized void commit(int exitCode, Optional<String> remark) {
    RunStatus running = requireRunning();
    requireOurs();
    status = running.ended(State.SUCCEEDED, exitCode, remark, clock.instant());
    boolean done = false;
    try {
      requireReplaceable();
      files.delete(workPath(RunNames.CHECKPOINT), false);
      files.delete(workPath(RunNames.SAMPLE), false);
      writeStatus();
      places.replaceBy(places.work());
      places.markSuccess();
      done = true;
      places.forgetOld();
    } catch (IOException e) {
      throw new RunOutputException("Cannot commit " + name + ": " + HadoopFiles.sentence(e), e);
    } finally {
      if (!done) {
        status = running;
      }
    }
    forget();
  }

  /** Makes one directory of the sibling the output, and removes the rest. */
  public synchronized void commitContent(String folder) {
    requireRunning();
    requireOurs();
    try {
      requireReplaceable();
      places.replaceBy(workPath(folder));
      status = status.ended(State.SUCCEEDED, 0, Optional.empty(), clock.instant());
      places.forgetOld();
      files.delete(places.work(), true);
    } catch (IOException e) {
      throw new RunOutputException("Cannot commit " + name + ": " + HadoopFiles.sentence(e), e);
    }
    forget();
  }

  private RunStatus requireRunning() {
    if (status.state() != State.RUNNING) {
      throw new IllegalStateException(
          "Cannot commit " + name + ": it is " + status.state().label());
    }
    return status;
  }

  private void requireOurs() {
    if (!isOurs()) {
      throw new RunOutputException(
          "Cannot commit " + name + ": another run has taken over its work place");
    }
  }

  /** Another run of the same name may have taken the sibling over. */
  private boolean isOurs() {
    try {
      Path file = RunNames.statusFile(places.work());
      return files.exists(file)
          && RunStatus.parse(HadoopFiles.read(files, file), file.toString())
              .startedAt()
              .equals(status.startedAt());
    } catch (IOException e) {
      throw new RunOutputException("Cannot read the status of " + name, e);
    }
  }

  /** Ends the run without a result; what was written stays in the sibling. */
  public synchronized void fail(int exitCode, String error) {
    end(State.FAILED, exitCode, error);
    forget();
  }

  /** Whether the run was ended by a signal. */
  public synchronized boolean isInterrupted() {
    return status.state() == State.INTERRUPTED;
  }

  private synchronized void interrupt() {
    end(State.INTERRUPTED, RunStatus.TERMINATED, "The run was terminated by a signal");
  }

  private void end(State how, int exitCode, String error) {
    if (status.state() != State.RUNNING) {
      return;
    }
    status = status.ended(how, exitCode, Optional.of(error), clock.instant());
    try {
      if (isOurs()) {
        writeStatus();
      }
    } catch (IOException e) {
      throw new RunOutputException("Cannot write the status of " + name, e);
    }
  }

  private void forget() {
    heartbeat.stop();
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }

  private void writeStatus() throws IOException {
    HadoopFiles.write(files, RunNames.statusFile(places.work()), status.toJson());
  }
}

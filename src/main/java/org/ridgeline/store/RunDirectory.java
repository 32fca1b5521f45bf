package org.ridgeline.store;

import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
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
 * A run directory in the making. All files are written into a work place of its own, which has a
 * {@code status.json} from the first moment; {@link #commit} makes that the run, in one step. A run
 * that fails or is interrupted leaves its work place behind, with the reason, and DIR untouched.
 *
 * <p>A JVM that is asked to terminate writes {@code interrupted} before Spark and the file systems
 * go down. Thread-safe: whichever end comes first counts.
 */
public final class RunDirectory {
  /** Higher than Spark's (40) and the file systems' (10): ours comes first. */
  private static final int HOOK_PRIORITY = 100;

  /** What is no part of the run. */
  private static final Set<String> BESIDE =
      Set.of(RunNames.CHECKPOINT, RunNames.CHECKPOINT_NEW, RunNames.SAMPLE);

  private final String name;
  private final FileSystem files;
  private final CommitProtocol protocol;
  private final RunIfExists ifExists;
  private final Clock clock;
  private final Owner owner;
  private final Map<String, Manifest.Entry> written = new ConcurrentHashMap<>();
  private final Runnable hook = this::interrupt;
  private Claim claim;
  private RunStatus status;
  private Heartbeat heartbeat;

  private RunDirectory(String name, FileSystem files, Path run, RunIfExists ifExists, Clock clock) {
    this.name = name;
    this.files = files;
    this.protocol = CommitProtocol.of(files, run, name);
    this.ifExists = ifExists;
    this.clock = clock;
    this.owner = Owner.ofThisProcess(clock.instant());
    this.status = RunStatus.started(clock.instant());
  }

  /**
   * Starts a run, after ending a commit that was cut off. What an earlier attempt left is removed,
   * except the moments that {@link RunIfExists#RESUME} goes on from.
   *
   * @throws RunOutputException when another run is at work there, when DIR exists and may not be
   *     replaced, or cannot be written
   */
  public static RunDirectory open(
      String directory, RunIfExists ifExists, Configuration configuration, Clock clock) {
    try {
      FileSystem files = HadoopFiles.fileSystem(HadoopFiles.path(directory), configuration);
      Path run = files.makeQualified(HadoopFiles.path(directory));
      RunDirectory opened = new RunDirectory(directory, files, run, ifExists, clock);
      opened.claim();
      return opened;
    } catch (IOException e) {
      throw new RunOutputException(
          "Cannot write to " + directory + ": " + HadoopFiles.sentence(e), e);
    }
  }

  private void claim() throws IOException {
    if (!protocol.isCutOff()) {
      requireReplaceable();
    }
    start();
    boolean done = false;
    try {
      claim.recover();
      requireReplaceable();
      if (ifExists == RunIfExists.RESUME) {
        claim.clearButCheckpoint();
      } else {
        claim.clear();
      }
      done = true;
    } finally {
      if (!done) {
        forget();
        release();
      }
    }
  }

  /** Shows that the run is on. A signal finds the hook in place and waits for the status. */
  private synchronized void start() throws IOException {
    ShutdownHookManager.get().addShutdownHook(hook, HOOK_PRIORITY);
    try {
      claim = protocol.claim(owner, status.toJson(), clock.instant());
    } finally {
      if (claim == null) {
        removeHook();
      }
    }
    EndingSignal.watch(this::isCommitted);
    heartbeat = Heartbeat.of(claim, clock);
  }

  private void requireReplaceable() throws IOException {
    if (ifExists == RunIfExists.FAIL && protocol.exists()) {
      throw new RunOutputException(
          "The output " + name + " exists already",
          Remedy.of(
              "choose another %s or %s",
              Option.OUT, Option.IF_EXISTS.to(Words.of(RunIfExists.OVERWRITE))));
    }
    Optional<String> obstacle = protocol.obstacle();
    if (obstacle.isPresent()) {
      throw new RunOutputException(
          "The output " + name + " exists and " + obstacle.get() + ": it is not overwritten",
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
    String fresh = RunNames.CHECKPOINT_NEW;
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
    return new Path(BESIDE.contains(file) ? claim.beside() : claim.work(), file);
  }

  /** The file system of the run. */
  FileSystem files() {
    return files;
  }

  /** DIR as the user named it. */
  String name() {
    return name;
  }

  /** A place for Spark to write a part of the run to. */
  public String workPlace(String name) {
    return workPath(name).toString();
  }

  /** The place for Spark to write a table to that is all there is of the run. */
  public String tablePlace() {
    return claim.work().toString();
  }

  /** Writes one file of the run. */
  public void write(String file, byte[] bytes) {
    write(file, out -> out.write(bytes));
  }

  /** Writes one file of the run, which may be larger than memory. */
  public void write(String file, FileContent content) {
    try {
      SummedContent summed = new SummedContent(content);
      HadoopFiles.write(files, workPath(file), summed);
      written.put(file, summed.entry());
    } catch (IOException e) {
      makeRoom(file);
      throw new RunOutputException(
          "Cannot write " + file + " of " + name + ": " + HadoopFiles.sentence(e), e);
    }
  }

  /** On a full disk there must be room for the status. */
  private void makeRoom(String file) {
    try {
      files.delete(workPath(file), false);
    } catch (IOException e) {
      return; // then the status cannot be written either, and that is the error
    }
  }

  /**
   * Makes what was written the run.
   *
   * @param exitCode what the process will exit with
   * @param remark why that is not 0, if so
   * @throws RunOutputException when that fails; DIR is then as it was
   */
  public synchronized void commit(int exitCode, Optional<String> remark) {
    RunStatus ended = requireRunning().ended(State.SUCCEEDED, exitCode, remark, clock.instant());
    commit(
        Manifest.Kind.RUN,
        () -> {
          write(RunNames.statusFile(claim.work()).getName(), ended.toJson());
          HadoopFiles.write(files, workPath(RunNames.SUCCESS), new byte[0]);
        });
    status = ended;
    forget();
  }

  /** Makes the table in {@link #tablePlace} the output. */
  public synchronized void commitTable() {
    RunStatus ended = requireRunning().ended(State.SUCCEEDED, 0, Optional.empty(), clock.instant());
    commit(Manifest.Kind.PREDICTIONS, () -> {});
    status = ended;
    forget();
  }

  /** What has to be written before a commit. */
  @FunctionalInterface
  private interface Last {
    void write() throws IOException;
  }

  private void commit(Manifest.Kind kind, Last last) {
    requireOurs();
    boolean done = false;
    try {
      requireReplaceable();
      last.write();
      if (files.getUri().getScheme().equals("file")) {
        LocalDisk.applyUmask(java.nio.file.Path.of(claim.beside().toUri().getPath()));
      }
      Manifest manifest = Manifest.of(files, claim.work(), owner.id(), kind, written);
      HadoopFiles.write(files, workPath(RunNames.MANIFEST), manifest.toJson());
      claim.commit(manifest);
      done = true;
    } catch (IOException e) {
      throw new RunOutputException("Cannot commit " + name + ": " + HadoopFiles.sentence(e), e);
    } finally {
      if (!done) {
        unfinish();
      }
    }
    release();
  }

  /** A run that could not be committed is not one that was cut off. */
  private void unfinish() {
    try {
      files.delete(workPath(RunNames.MANIFEST), false);
    } catch (IOException e) {
      return; // the first failure is reported
    }
  }

  /** Whatever comes of this: the next run removes what is left. */
  private void release() {
    try {
      claim.release();
    } catch (IOException e) {
      return;
    }
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

  /** Another run of the same name takes over from one that was silent. */
  private boolean isOurs() {
    try {
      return claim.isHeld();
    } catch (IOException e) {
      throw new RunOutputException("Cannot read the status of " + name, e);
    }
  }

  /** Ends the run without a result; what was written stays in the sibling. */
  public synchronized void fail(int exitCode, String error) {
    try {
      end(State.FAILED, exitCode, error);
    } finally {
      forget();
    }
  }

  /** Whether the run was ended by a signal. */
  public synchronized boolean isInterrupted() {
    return status.state() == State.INTERRUPTED;
  }

  /** Whether the run is committed; waits for a commit that is under way. */
  synchronized boolean isCommitted() {
    return status.state() == State.SUCCEEDED;
  }

  private synchronized void interrupt() {
    end(State.INTERRUPTED, EndingSignal.code(), "The run was terminated by a signal");
  }

  private void end(State how, int exitCode, String error) {
    if (status.state() != State.RUNNING || claim == null) {
      return;
    }
    status = status.ended(how, exitCode, Optional.of(error), clock.instant());
    try {
      if (isOurs()) {
        HadoopFiles.write(files, claim.statusFile(), status.toJson());
        claim.end();
      }
    } catch (IOException e) {
      throw new RunOutputException("Cannot write the status of " + name, e);
    }
  }

  /** Leaves everything as it is, as a process does that is killed. */
  void forget() {
    boolean unused = heartbeat.stop();
    removeHook();
    try {
      if (unused) {
        files.close(); // it is of this run alone
      }
    } catch (IOException e) {
      return; // nothing is written any more
    }
  }

  private void removeHook() {
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }
}

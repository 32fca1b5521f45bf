package org.ridgeline.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ShutdownHookManager;
import org.ridgeline.spark.RunStatus.State;

/**
 * A run directory in the making. All files are written into a hidden sibling, which has a {@code
 * status.json} from the first moment; {@link #commit} renames it, {@code _SUCCESS} comes last. A
 * run that fails or is interrupted leaves its sibling behind, with the reason, and DIR untouched.
 *
 * <p>A JVM that is told to terminate writes {@code interrupted} before Spark and the file systems
 * go down. Thread-safe: whichever end comes first counts.
 */
public final class RunDirectory {
  /** The exit code of a process ended by SIGTERM. */
  public static final int TERMINATED = 143;

  /** Higher than Spark's (40) and the file systems' (10): ours comes first. */
  private static final int HOOK_PRIORITY = 100;

  private final String name;
  private final FileSystem files;
  private final Path run;
  private final Path work;
  private final RunIfExists ifExists;
  private final Clock clock;
  private final Runnable hook = this::interrupt;
  private RunStatus status;

  private RunDirectory(String name, FileSystem files, Path run, RunIfExists ifExists, Clock clock) {
    this.name = name;
    this.files = files;
    this.run = run;
    this.work = RunStore.sibling(run);
    this.ifExists = ifExists;
    this.clock = clock;
    this.status = RunStatus.started(clock.instant());
  }

  /**
   * Starts a run. What an earlier attempt left in the sibling is removed.
   *
   * @throws RunOutputException when DIR exists and may not be replaced, or cannot be written
   */
  public static RunDirectory open(
      String directory, RunIfExists ifExists, Configuration configuration, Clock clock) {
    try {
      FileSystem files = RunStore.fileSystem(RunStore.path(directory), configuration);
      Path run = files.makeQualified(RunStore.path(directory));
      RunDirectory opened = new RunDirectory(directory, files, run, ifExists, clock);
      opened.requireReplaceable();
      files.delete(opened.work, true);
      if (!files.mkdirs(opened.work)) {
        throw new IOException("the directory could not be made");
      }
      opened.writeStatus();
      ShutdownHookManager.get().addShutdownHook(opened.hook, HOOK_PRIORITY);
      return opened;
    } catch (IOException e) {
      throw new RunOutputException("Cannot write to " + directory + ": " + RunStore.sentence(e), e);
    }
  }

  private void requireReplaceable() throws IOException {
    if (!files.exists(run)) {
      return;
    }
    if (ifExists == RunIfExists.FAIL) {
      throw new RunOutputException(
          "The output " + name + " exists already: choose another --out or --if-exists overwrite");
    }
    FileStatus[] content = files.getFileStatus(run).isDirectory() ? files.listStatus(run) : null;
    if (content == null || (content.length > 0 && !isRun())) {
      throw new RunOutputException(
          "The output "
              + name
              + " exists and is not a finished run: it is not overwritten; choose another --out or"
              + " remove it yourself");
    }
  }

  private boolean isRun() throws IOException {
    return files.exists(new Path(run, RunStore.SUCCESS)) || files.exists(RunStore.statusFile(run));
  }

  /**
   * Refuses an input that is, holds, or lies in the output.
   *
   * @throws RunOutputException naming both
   * @throws DataException when Hadoop does not know the input's file system
   */
  public static void requireApart(String input, String output, Configuration configuration) {
    String in;
    try {
      in = qualified(new Path(input), configuration);
    } catch (IOException e) {
      throw new DataException("Cannot read " + input + ": " + RunStore.sentence(e), e);
    }
    String out;
    try {
      out = qualified(RunStore.path(output), configuration);
    } catch (IOException e) {
      throw new RunOutputException("Cannot write to " + output + ": " + RunStore.sentence(e), e);
    }
    if (in.equals(out) || in.startsWith(out + "/") || out.startsWith(in + "/")) {
      throw new RunOutputException(
          "The output " + output + " overlaps the input " + input + ": choose another --out");
    }
  }

  private static String qualified(Path path, Configuration configuration) throws IOException {
    try (FileSystem files = RunStore.fileSystem(path, configuration)) {
      return files.makeQualified(path).toString();
    }
  }

  /** A place in the sibling for Spark to write to. */
  public String workPlace(String name) {
    return new Path(work, name).toString();
  }

  /** What a file is made of. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it; the stream stays open. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Writes one file of the run. */
  public void write(String file, byte[] bytes) {
    write(file, out -> out.write(bytes));
  }

  /** Writes one file of the run, which may be larger than memory. */
  public void write(String file, Content content) {
    try (OutputStream out = files.create(new Path(work, file), true)) {
      content.writeTo(out);
    } catch (IOException e) {
      throw new RunOutputException(
          "Cannot write " + file + " of " + name + ": " + RunStore.sentence(e), e);
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
      writeStatus();
      replaceBy(work);
      RunStore.write(files, new Path(run, RunStore.SUCCESS), new byte[0]);
      done = true;
    } catch (IOException e) {
      throw new RunOutputException("Cannot commit " + name + ": " + RunStore.sentence(e), e);
    } finally {
      if (!done) {
        status = running;
      }
    }
    forgetHook();
  }

  /** Makes one directory of the sibling the output, and removes the rest. */
  public synchronized void commitContent(String name) {
    requireRunning();
    requireOurs();
    try {
      replaceBy(new Path(work, name));
      status = status.ended(State.SUCCEEDED, 0, Optional.empty(), clock.instant());
      files.delete(work, true);
    } catch (IOException e) {
      throw new RunOutputException("Cannot commit " + name + ": " + RunStore.sentence(e), e);
    }
    forgetHook();
  }

  private RunStatus requireRunning() {
    if (status.state() != State.RUNNING) {
      throw new IllegalStateException(
          "Cannot commit " + name + ": it is " + status.state().label());
    }
    return status;
  }

  /** Moves the old output aside, the new one in, and removes the old one; or puts it back. */
  private void replaceBy(Path complete) throws IOException {
    requireReplaceable();
    Path old = new Path(run.getParent(), "." + run.getName() + ".ridgeline-old");
    boolean replaces = files.exists(run);
    if (replaces) {
      files.delete(old, true);
      rename(run, old);
    }
    try {
      rename(complete, run);
    } catch (IOException e) {
      if (replaces) {
        rename(old, run);
      }
      throw e;
    }
    if (replaces) {
      files.delete(old, true);
    }
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
      Path file = RunStore.statusFile(work);
      return files.exists(file)
          && RunStatus.parse(RunStore.read(files, file), file.toString())
              .startedAt()
              .equals(status.startedAt());
    } catch (IOException e) {
      throw new RunOutputException("Cannot read the status of " + name, e);
    }
  }

  private void rename(Path from, Path to) throws IOException {
    if (!files.rename(from, to)) {
      throw new IOException("could not rename " + from + " to " + to);
    }
  }

  /** Ends the run without a result; what was written stays in the sibling. */
  public synchronized void fail(int exitCode, String error) {
    end(State.FAILED, exitCode, error);
    forgetHook();
  }

  /** Whether the run was ended by a signal. */
  public synchronized boolean isInterrupted() {
    return status.state() == State.INTERRUPTED;
  }

  private synchronized void interrupt() {
    end(State.INTERRUPTED, TERMINATED, "The run was terminated by a signal");
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

  private void forgetHook() {
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }

  private void writeStatus() throws IOException {
    RunStore.write(files, RunStore.statusFile(work), status.toJson());
  }
}

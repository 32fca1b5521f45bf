package org.ridgeline.store;

import java.io.IOException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.ridgeline.store.RunStatus.State;

/**
 * Where a run is: its directory, the sibling that it is made in, and the place of an older run
 * while a new one takes over. Renames are those of local disks and of HDFS, where renaming onto a
 * directory moves into it.
 *
 * <p>A commit over an old run is: old run aside, new run in, {@code _SUCCESS}, old run away. A
 * process that is killed in between leaves what {@link #recover} completes or takes back.
 */
final class RunPlaces {
  private final FileSystem files;
  private final Path run;
  private final Path work;
  private final Path old;

  RunPlaces(FileSystem files, Path run) {
    this.files = files;
    this.run = run;
    this.work = RunNames.sibling(run);
    this.old = RunNames.replaced(run);
  }

  /** The run, once it is committed. */
  Path run() {
    return run;
  }

  /** The sibling. */
  Path work() {
    return work;
  }

  /**
   * Ends a commit that was cut off: forwards when the new run was complete, backwards otherwise.
   */
  void recover() throws IOException {
    if (!files.exists(run)) {
      if (isComplete(work)) {
        rename(work, run);
      } else if (files.exists(old)) {
        rename(old, run);
      }
    }
    if (isComplete(run) && !files.exists(success())) {
      markSuccess();
    }
    if (files.exists(run)) {
      files.delete(old, true);
    }
  }

  /** Whether the run in this place had nothing left to do but to be committed. */
  private boolean isComplete(Path place) throws IOException {
    Path file = RunNames.statusFile(place);
    return files.exists(file)
        && RunStatus.parse(HadoopFiles.read(files, file), file.toString()).state()
            == State.SUCCEEDED;
  }

  /** Whether there is a run that succeeded, or complete predictions. */
  boolean isFinished() throws IOException {
    return files.exists(success());
  }

  /** Whether what is there may be replaced: nothing, an empty directory, or a run of ours. */
  boolean isReplaceable() throws IOException {
    if (!files.exists(run)) {
      return true;
    }
    FileStatus[] content = files.getFileStatus(run).isDirectory() ? files.listStatus(run) : null;
    return content != null
        && (content.length == 0 || isFinished() || files.exists(RunNames.statusFile(run)));
  }

  /** Moves the old run aside, if there is one, and the new one in; or puts the old one back. */
  void replaceBy(Path complete) throws IOException {
    boolean replaces = files.exists(run);
    if (replaces) {
      files.delete(old, true);
      rename(run, old);
    }
    try {
      rename(complete, run);
    } catch (IOException e) {
      if (replaces && !files.exists(run)) {
        rename(old, run);
      }
      throw e;
    }
  }

  /** Says that the run is complete. */
  void markSuccess() throws IOException {
    HadoopFiles.write(files, success(), new byte[0]);
  }

  /** Removes the run that was replaced. */
  void forgetOld() throws IOException {
    files.delete(old, true);
  }

  private Path success() {
    return new Path(run, RunNames.SUCCESS);
  }

  private void rename(Path from, Path to) throws IOException {
    if (files.exists(to) || !files.rename(from, to)) {
      throw new IOException("could not rename " + from + " to " + to);
    }
    Path inside = new Path(to, from.getName());
    if (files.exists(inside)) { // it appeared in between, and was moved into
      files.rename(inside, from);
      throw new IOException("could not rename " + from + " to " + to + ": it exists by now");
    }
  }
}

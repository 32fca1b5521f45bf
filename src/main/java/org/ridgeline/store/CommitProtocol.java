package org.ridgeline.store;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.ridgeline.base.RunOutputException;

/**
 * How a run comes to be the one in DIR. There is one way for file systems that rename a directory
 * in one step, and one for those that do not: object stores.
 *
 * <p>Both keep these promises, wherever the process is killed: the files of two attempts never mix,
 * since they are in places of their own; of two attempts at once one at most commits; nothing is
 * deleted before what takes its place is committed and its manifest checks.
 */
sealed interface CommitProtocol permits RenameCommit, PointerCommit {
  /**
   * The way of this file system. Local disks and HDFS rename atomically, other file systems are not
   * asked to: for them a commit is one put.
   *
   * @param name DIR as the user named it
   */
  static CommitProtocol of(FileSystem files, Path run, String name) {
    return renamesAtomically(files)
        ? new RenameCommit(files, run, name)
        : new PointerCommit(files, run, name);
  }

  /** Whether a rename is one step. */
  static boolean renamesAtomically(FileSystem files) {
    return Set.of("file", "hdfs").contains(files.getUri().getScheme());
  }

  /** Where the files of the committed run are; empty when there is none. */
  Optional<Path> current() throws IOException;

  /** The attempt that is not committed, the newest one; empty when there is none. */
  Optional<Attempt> attempt() throws IOException;

  /** Whether the commit of a process that was killed is to be ended by the next one. */
  boolean isCutOff() throws IOException;

  /** Why what is in DIR may not be replaced; empty when there is nothing, or a run of ours. */
  Optional<String> obstacle() throws IOException;

  /** Whether there is anything in DIR. */
  boolean exists() throws IOException;

  /**
   * Makes the work place this owner's.
   *
   * @param status the first status
   * @throws RunOutputException when another run is at work
   */
  Claim claim(Owner owner, byte[] status, Instant now) throws IOException;
}

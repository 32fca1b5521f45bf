package org.ridgeline.store;

import java.io.IOException;
import java.time.Instant;
import org.apache.hadoop.fs.Path;

/** A work place that is ours, until another run takes it over because we were silent. */
interface Claim {
  /** Where the files of the run are made. It may not exist yet. */
  Path work();

  /** Where files are made that will not be part of the run. */
  Path beside();

  /** Where the status is until the commit. */
  Path statusFile();

  /**
   * Ends a commit that was cut off: forwards when its run is whole by the manifest, backwards
   * otherwise.
   */
  void recover() throws IOException;

  /** Removes what an earlier attempt has left. */
  void clear() throws IOException;

  /** Removes what an earlier attempt has left, except what a run can go on from. */
  void clearButCheckpoint() throws IOException;

  /** Gives a sign of life. */
  void beat(Instant now) throws IOException;

  /** Whether no other run has taken over. */
  boolean isHeld() throws IOException;

  /**
   * Makes the content of {@link #work} the run.
   *
   * @throws IOException when it could not; DIR is then as it was
   */
  void commit(Manifest manifest) throws IOException;

  /** Says that this attempt is over, and leaves what there is of it. */
  void end() throws IOException;

  /** Removes the work place, and the runs that were replaced. */
  void release() throws IOException;
}

package org.ridgeline.store;

/** What to do when the run directory is there already. */
public enum RunIfExists {
  /** Refuse to start. */
  FAIL,
  /** Nothing, when it is complete. */
  SKIP,
  /** Replace it once the new run is complete. */
  OVERWRITE,
  /** Nothing, when it is complete; otherwise go on from what an earlier attempt has kept. */
  RESUME
}

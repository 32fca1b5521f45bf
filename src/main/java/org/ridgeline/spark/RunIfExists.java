package org.ridgeline.spark;

/** What to do when the run directory is there already. */
public enum RunIfExists {
  /** Refuse to start. */
  FAIL,
  /** Replace it once the new run is complete. */
  OVERWRITE
}

package org.ridgeline.store;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.ridgeline.base.DataException;

/** Distinguishes a run of Ridgeline, which may be replaced, from anything else. */
final class OwnRun {
  private OwnRun() {}

  /**
   * Why the content of a directory may not be replaced; empty when it is a run and nothing else.
   */
  static Optional<String> obstacle(FileSystem files, Path place) throws IOException {
    Optional<Manifest> manifest = Manifest.soundIn(files, place);
    if (manifest.isPresent()) {
      return manifest
          .get()
          .strangerIn(files, place)
          .map(file -> "holds " + file + ", which is not of its run");
    }
    return isOfBefore(files, place) ? Optional.empty() : Optional.of("is not a finished run");
  }

  /** Whether this is a run of a version that wrote no manifests. */
  static boolean isOfBefore(FileSystem files, Path place) throws IOException {
    Path status = RunNames.statusFile(place);
    if (files.exists(new Path(place, RunNames.MANIFEST)) || !files.exists(status)) {
      return false;
    }
    try {
      return RunStatus.parse(HadoopFiles.read(files, status), status.toString()).state()
          == RunStatus.State.SUCCEEDED;
    } catch (DataException e) {
      return false;
    }
  }
}

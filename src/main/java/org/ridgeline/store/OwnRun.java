package org.ridgeline.store;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.ridgeline.base.DataException;

/** Distinguishes a run of Ridgeline, which may be replaced, from anything else. */
final class OwnRun {
  /** What a run of a version without manifests may hold: others' files are not ours to delete. */
  private static final Set<String> OF_BEFORE =
      Set.of(
          RunNames.STATUS,
          RunNames.SUCCESS,
          RunNames.MODEL_JSON,
          RunNames.MOMENTS,
          "moments.json",
          "moments.bin",
          "moments.sha256",
          RunNames.MODEL,
          "report.json",
          "report.html",
          "path.csv",
          "coefficients.csv",
          "residuals.csv",
          "penalty.bin");

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
    if (!isOfBefore(files, place)) {
      return Optional.of("is not a finished run");
    }
    for (FileStatus entry : files.listStatus(place)) {
      String name = entry.getPath().getName();
      if (!OF_BEFORE.contains(name) && !RunNames.OF_COMMITS.contains(name)) {
        return Optional.of("holds " + name + ", which is not of its run");
      }
    }
    return Optional.empty();
  }

  /** Whether this says that it is a run of a version that wrote no manifests. */
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

package org.ridgeline.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/** Gives a run that was changed a manifest that fits, as someone who means harm would. */
public final class Resealed {
  private Resealed() {}

  /** Writes the manifest of the files that are there now. */
  public static void run(Path run) throws IOException {
    org.apache.hadoop.fs.Path place = new org.apache.hadoop.fs.Path(run.toString());
    try (FileSystem files = HadoopFiles.fileSystem(place, new Configuration())) {
      Manifest changed = Manifest.of(files, place, "changed", Manifest.Kind.RUN, Map.of());
      Files.write(run.resolve(RunNames.MANIFEST), changed.toJson());
    }
  }
}

package org.ridgeline.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A table on an object store. Those who read it know nothing of pointers, so once it is committed
 * its files are moved to DIR: {@code _SUCCESS} away, the table before away, the new one in, {@code
 * _SUCCESS} again. A reader never finds files of two tables, and one that looks for {@code
 * _SUCCESS} never finds half of one. What a killed process has left to do, the next one does.
 */
final class Predictions {
  private final FileSystem files;
  private final Path run;

  private Predictions(FileSystem files, Path run) {
    this.files = files;
    this.run = run;
  }

  /** Whether a table was committed and is not in its place. */
  static boolean isCutOff(FileSystem files, Path run, Pointer pointer) throws IOException {
    return pointer.kind().equals(Optional.of(Manifest.Kind.PREDICTIONS))
        && !files.exists(new Path(run, RunNames.SUCCESS));
  }

  /** Puts the table of this attempt into its place, as far as it is not there. */
  static void publish(FileSystem files, Path run, String id) throws IOException {
    new Predictions(files, run).publish(id);
  }

  /** Removes the files of DIR itself, which a run that is named by the pointer has replaced. */
  static void remove(FileSystem files, Path run) throws IOException {
    Optional<Manifest> before = Manifest.soundIn(files, run);
    if (before.isPresent()) {
      files.delete(new Path(run, RunNames.SUCCESS), false);
      new Predictions(files, run).clear(before.get());
    }
  }

  private void publish(String id) throws IOException {
    Path place = RunNames.place(run, id);
    Manifest table =
        Manifest.in(files, place)
            .orElseThrow(() -> new FileNotFoundException(place + " has no manifest"));
    files.delete(new Path(run, RunNames.SUCCESS), false);
    Optional<Manifest> before = Manifest.in(files, run).filter(other -> !other.id().equals(id));
    if (before.isPresent()) {
      clear(before.get());
    }
    for (String file : table.files().keySet()) {
      move(new Path(place, file), new Path(run, file));
    }
    HadoopFiles.write(files, new Path(run, RunNames.MANIFEST), table.toJson());
    if (!table.isThere(files, run)) {
      throw new IOException("the table in " + run + " is not complete");
    }
    HadoopFiles.write(files, new Path(run, RunNames.SUCCESS), new byte[0]);
  }

  /** The list of what is to go is the last to go. */
  private void clear(Manifest before) throws IOException {
    for (String file : before.files().keySet()) {
      files.delete(new Path(run, file), false);
    }
    files.delete(new Path(run, RunNames.MANIFEST), false);
  }

  /** A file that is not there any more was moved by an earlier attempt to publish. */
  private void move(Path from, Path to) throws IOException {
    if (files.exists(from)) {
      files.delete(to, false);
      if (!files.rename(from, to)) {
        throw new IOException("could not rename " + from + " to " + to);
      }
    }
  }
}

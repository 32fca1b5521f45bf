package org.ridgeline.store;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.ridgeline.base.Check;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;

/**
 * A committed run that is read: one and the same, even if another takes its place meanwhile. Every
 * file is checked against the manifest. A run of a version that wrote no manifest is read as it is
 * where a rename has made it, and is none on an object store; one of this version that has lost its
 * manifest is refused.
 */
public final class RunReader implements AutoCloseable {
  private static final int TRIES = 3;

  private final String name;
  private final FileSystem files;
  private final Path place;
  private final Optional<Manifest> manifest;

  private RunReader(String name, FileSystem files, Path place, Optional<Manifest> manifest) {
    this.name = name;
    this.files = files;
    this.place = place;
    this.manifest = manifest;
  }

  /**
   * Finds the run in DIR; where there is none, no file will be found.
   *
   * @throws DataException when it cannot be looked at, or its manifest is not sound or has been
   *     taken away
   */
  public static RunReader open(String directory, Configuration configuration) {
    Path path = HadoopFiles.path(directory);
    try {
      FileSystem files = HadoopFiles.fileSystem(path, configuration);
      try {
        return find(directory, files, files.makeQualified(path));
      } catch (IOException | RuntimeException e) {
        files.close();
        throw e;
      }
    } catch (IOException e) {
      throw new DataException("Cannot read " + directory + ": " + HadoopFiles.sentence(e), e);
    }
  }

  /** A run that is replaced while we look is looked for again. */
  private static RunReader find(String name, FileSystem files, Path run) throws IOException {
    CommitProtocol protocol = CommitProtocol.of(files, run, name);
    boolean lost = false;
    for (int i = 0; i < TRIES; i++) {
      Optional<Path> place = protocol.current();
      if (place.isPresent() && files.exists(new Path(place.get(), RunNames.CURRENT))) {
        place = new PointerCommit(files, place.get(), name).current(); // copied from a store
      }
      if (place.isEmpty()) {
        break;
      }
      Optional<Manifest> manifest = Manifest.in(files, place.get());
      boolean still = place.equals(protocol.current()) && files.exists(place.get());
      lost = manifest.isEmpty() && still && hadManifest(files, place.get());
      if (manifest.isPresent() || (still && !lost)) {
        return new RunReader(name, files, place.get(), manifest);
      }
    }
    if (lost) {
      throw new DataException(
          "Cannot use the run "
              + name
              + ": its "
              + RunNames.MANIFEST
              + " is missing, so nothing says that its files are those that were written; copy the"
              + " run again with all of its files, or train it again");
    }
    return new RunReader(name, files, run, Optional.empty());
  }

  /** Whether there is a model that says how it was fitted: it was committed with a manifest. */
  private static boolean hadManifest(FileSystem files, Path place) throws IOException {
    Path model = new Path(place, RunNames.MODEL_JSON);
    return files.exists(model) && hasSpec(HadoopFiles.read(files, model));
  }

  private static boolean hasSpec(byte[] model) {
    try {
      return new JsonMapper().readTree(model).has("spec");
    } catch (IOException e) {
      return false; // who reads it will say what is wrong with it
    }
  }

  /**
   * Reads a file.
   *
   * @throws DataException when it is not there, or not the one that was written
   */
  public byte[] read(String file) {
    return find(file)
        .orElseThrow(
            () ->
                new DataException(
                    "There is no " + file + " in " + name + ": it is not a finished run",
                    Remedy.of("give the directory that was the %s of fit or tune", Option.OUT)));
  }

  /** Reads a file that a run may have. */
  public Optional<byte[]> find(String file) {
    boolean listed =
        manifest
            .map(known -> known.files().containsKey(file))
            .orElse(CommitProtocol.renamesAtomically(files));
    try {
      Path path = new Path(place, file);
      if (!listed || (manifest.isEmpty() && !files.exists(path))) {
        return Optional.empty();
      }
      byte[] bytes = HadoopFiles.read(files, path);
      if (manifest.isPresent()) {
        manifest.get().requireAsWritten(file, bytes, name);
      }
      return Optional.of(bytes);
    } catch (FileNotFoundException e) {
      throw manifest.isPresent()
          ? manifest.get().missing(file, name)
          : new DataException("Cannot read " + name + ": " + HadoopFiles.sentence(e), e);
    } catch (IOException e) {
      throw new DataException("Cannot read " + name + ": " + HadoopFiles.sentence(e), e);
    }
  }

  /**
   * Reads a file that is made anew at will, so that nothing says what was written; empty where
   * there is none.
   */
  public Optional<byte[]> findMadeAnew(String file) {
    Check.that(
        RunNames.MADE_ANEW.contains(file), "Cannot read %s unchecked: it is part of a run", file);
    try {
      Path path = new Path(place, file);
      return files.exists(path) ? Optional.of(HadoopFiles.read(files, path)) : Optional.empty();
    } catch (IOException e) {
      throw new DataException("Cannot read " + name + ": " + HadoopFiles.sentence(e), e);
    }
  }

  /** Refuses files of a folder that are not those that were written, and any others there. */
  void requireFolder(String folder) throws IOException {
    manifest.orElseThrow().requireFolder(files, place, folder, name);
  }

  /** DIR as the user named it. */
  String name() {
    return name;
  }

  /** The file system of the run. */
  FileSystem files() {
    return files;
  }

  /** Where its files are. */
  Path place() {
    return place;
  }

  /** Whether what is there says of itself that it is complete; where it has a list, by the list. */
  boolean isComplete() throws IOException {
    return manifest.isPresent()
        ? manifest.get().isThere(files, place)
        : CommitProtocol.renamesAtomically(files)
            && files.exists(new Path(place, RunNames.SUCCESS));
  }

  /** For messages. */
  String statusFile() {
    return RunNames.statusFile(place).toString();
  }

  /** What it is made of; empty for a run of a version that wrote no manifest, or for none. */
  Optional<Manifest> manifest() {
    return manifest;
  }

  @Override
  public void close() {
    try {
      files.close();
    } catch (IOException e) {
      throw new DataException("Cannot read " + name + ": " + HadoopFiles.sentence(e), e);
    }
  }
}

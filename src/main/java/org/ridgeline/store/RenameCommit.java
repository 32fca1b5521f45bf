package org.ridgeline.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.ridgeline.base.RunOutputException;

/**
 * Commits by renaming a directory, which is one step.
 *
 * <pre>
 * DIR                          the run
 * .DIR.ridgeline-run/          the sibling, there as long as a run is not committed
 *   status.json                of the attempt
 *   ID.json                    who is at work; its modification time is the sign of life
 *   ID/                        belongs to this attempt alone
 *     run/                     becomes DIR
 * .DIR.ridgeline-old           the run before, while it is replaced
 * </pre>
 *
 * <p>The directory ID is the right to commit: it comes with the sibling, in one rename, and is
 * taken over by renaming it, which only one can do and after which the earlier owner has nothing
 * left to commit. A commit over an old run is: old run aside, new run in, old run away. In between
 * readers take the old run where it is.
 */
final class RenameCommit implements CommitProtocol {
  private static final int TRIES = 3;

  private final FileSystem files;
  private final Path run;
  private final Path sibling;
  private final Path old;
  private final String name;

  RenameCommit(FileSystem files, Path run, String name) {
    this.files = files;
    this.run = run;
    this.sibling = RunNames.sibling(run);
    this.old = RunNames.replaced(run);
    this.name = name;
  }

  @Override
  public Optional<Path> current() throws IOException {
    for (int i = 0; i < TRIES; i++) { // a commit may go on while we look
      if (files.exists(run)) {
        return Optional.of(run);
      }
      if (files.exists(old)) {
        return Optional.of(old);
      }
    }
    return Optional.empty();
  }

  @Override
  public boolean exists() throws IOException {
    return files.exists(run);
  }

  @Override
  public Optional<Attempt> attempt() throws IOException {
    Optional<Attempt> found = holder();
    if (found.isPresent()) {
      Optional<Manifest> committed = Manifest.soundIn(files, run);
      String id = found.get().owner().id();
      return committed.filter(run -> run.id().equals(id)).isPresent() ? Optional.empty() : found;
    }
    return files.exists(RunNames.statusFile(sibling)) ? Optional.of(nameless()) : Optional.empty();
  }

  /** The attempt whose directory is in the sibling. */
  private Optional<Attempt> holder() throws IOException {
    try {
      for (FileStatus entry : files.listStatus(sibling)) {
        String id = entry.getPath().getName();
        Path record = RunNames.record(sibling, id);
        if (entry.isDirectory() && files.exists(record)) {
          return Optional.of(
              new Attempt(
                  Owner.parse(HadoopFiles.read(files, record), id),
                  modified(record),
                  RunNames.statusFile(sibling)));
        }
      }
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  /** A sibling that no one has, such as one of an older version. */
  private Attempt nameless() throws IOException {
    Path status = RunNames.statusFile(sibling);
    Path newest = files.exists(status) ? status : sibling;
    return new Attempt(Owner.parse(new byte[0], ""), modified(newest), status);
  }

  private Instant modified(Path file) throws IOException {
    return Instant.ofEpochMilli(files.getFileStatus(file).getModificationTime());
  }

  @Override
  public boolean isCutOff() throws IOException {
    if (files.exists(run)) {
      return false;
    }
    Optional<Attempt> holder = holder();
    return files.exists(old)
        || (holder.isPresent()
            && Manifest.soundIn(files, RunNames.work(sibling, holder.get().owner().id()))
                .isPresent());
  }

  @Override
  public Optional<String> obstacle() throws IOException {
    if (!files.exists(run)) {
      return Optional.empty();
    }
    if (!files.getFileStatus(run).isDirectory()) {
      return Optional.of("is a file");
    }
    return files.listStatus(run).length == 0 ? Optional.empty() : OwnRun.obstacle(files, run);
  }

  @Override
  public Claim claim(Owner owner, byte[] status, Instant now) throws IOException {
    RenameClaim claim = new RenameClaim(files, run, owner);
    for (int i = 0; i < TRIES; i++) {
      if (!files.exists(sibling)) {
        if (claim.create(status)) {
          return claim;
        }
        continue;
      }
      Optional<Attempt> holder = holder();
      Attempt found =
          holder.isPresent() || !files.exists(sibling) ? holder.orElse(null) : nameless();
      if (found == null) {
        continue;
      }
      if (!found.isDead(now)) {
        throw found.refusal(name);
      }
      if (holder.isEmpty()) {
        claim.discard(sibling);
      } else if (claim.takeOver(found.owner().id(), status)) {
        return claim;
      }
    }
    throw new RunOutputException("Other runs that write to " + name + " start just now: try again");
  }
}

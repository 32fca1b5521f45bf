package org.ridgeline.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.ridgeline.base.DataException;
import org.ridgeline.base.RunOutputException;
import org.ridgeline.base.Sha256;

/**
 * Commits by one conditional put, for object stores.
 *
 * <pre>
 * DIR/_current.json            names the run that counts
 * DIR/_owner.json              who is at work on the next one; rewritten as a sign of life
 * DIR/_runs/ID/                a run: its files, its manifest
 * DIR/_runs/ID.work/           status, checkpoint and sample of an attempt
 * DIR/part-.., DIR/_SUCCESS    predictions only: the table, moved here once it is committed
 * </pre>
 *
 * <p>A run that was copied from a file system of the other kind has its manifest in DIR, and is
 * read from there; a run without a manifest cannot be distinguished from half of one, and is none.
 *
 * <p>The right to commit is to have seen {@code _current.json}: whoever takes over from a silent
 * attempt changes it first, so that the other's put is refused.
 */
final class PointerCommit implements CommitProtocol {
  private static final int TRIES = 3;

  private final FileSystem files;
  private final Path run;
  private final String name;
  private final SharedFile pointer;
  private final SharedFile owner;

  PointerCommit(FileSystem files, Path run, String name) {
    this.files = files;
    this.run = run;
    this.name = name;
    this.pointer = new SharedFile(files, new Path(run, RunNames.CURRENT));
    this.owner = new SharedFile(files, new Path(run, RunNames.OWNER));
  }

  private Pointer pointer() throws IOException {
    return parsed(pointer.read());
  }

  private Pointer parsed(Optional<SharedFile.Seen> seen) {
    return seen.map(file -> Pointer.parse(file.bytes(), name + "/" + RunNames.CURRENT))
        .orElse(Pointer.NONE);
  }

  @Override
  public Optional<Path> current() throws IOException {
    Pointer now = pointer();
    if (now.id().isPresent()) {
      requireManifest(now);
      boolean table = now.kind().equals(Optional.of(Manifest.Kind.PREDICTIONS));
      return table ? Optional.of(run) : now.id().map(id -> RunNames.place(run, id));
    }
    return files.exists(new Path(run, RunNames.MANIFEST)) ? Optional.of(run) : Optional.empty();
  }

  /** The pointer has the sum of the manifest, as the manifest has the sums of the files. */
  private void requireManifest(Pointer now) throws IOException {
    Path file = new Path(RunNames.place(run, now.id().orElseThrow()), RunNames.MANIFEST);
    String found = Sha256.of(HadoopFiles.read(files, file));
    if (!now.sum().equals(Optional.of(found))) {
      throw new DataException("Cannot use " + file + ": it is not the file that was written");
    }
  }

  @Override
  public boolean exists() throws IOException {
    return pointer().id().isPresent() || stranger().isPresent();
  }

  /** A file in DIR that is not of this way to commit. */
  private Optional<Path> stranger() throws IOException {
    try {
      for (FileStatus entry : files.listStatus(run)) {
        if (!RunNames.OF_COMMITS.contains(entry.getPath().getName())) {
          return Optional.of(entry.getPath());
        }
      }
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  /** A table, a run that was copied here, or one of a version before may be replaced. */
  @Override
  public Optional<String> obstacle() throws IOException {
    return stranger().isEmpty() ? Optional.empty() : OwnRun.obstacle(files, run);
  }

  @Override
  public Optional<Attempt> attempt() throws IOException {
    Optional<SharedFile.Seen> seen = owner.read();
    if (seen.isEmpty()) {
      return Optional.empty();
    }
    Attempt found = attempt(seen.get());
    return pointer().id().equals(Optional.of(found.owner().id()))
            || !files.exists(found.statusFile())
        ? Optional.empty()
        : Optional.of(found);
  }

  private Attempt attempt(SharedFile.Seen seen) {
    Owner found = Owner.parse(seen.bytes(), "unknown");
    return new Attempt(
        found, seen.modified(), RunNames.statusFile(RunNames.workPlace(run, found.id())));
  }

  @Override
  public boolean isCutOff() throws IOException {
    return Predictions.isCutOff(files, run, pointer());
  }

  @Override
  public Claim claim(Owner me, byte[] status, Instant now) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      Optional<SharedFile.Seen> seen = owner.read();
      Optional<Attempt> before = seen.map(this::attempt);
      if (before.isPresent() && !before.get().isDead(now)) {
        throw before.get().refusal(name);
      }
      Optional<SharedFile.Seen> mine = owner.replace(seen, me.toJson());
      if (mine.isPresent()) {
        boolean silent = before.isPresent() && before.get().owner().life() == Owner.Life.AT_WORK;
        Optional<SharedFile.Seen> current = silent ? fence(me.id()) : pointer.read();
        PointerClaim claim =
            new PointerClaim(files, run, me, new PointerClaim.Shared(owner, pointer));
        claim.start(mine, current, before.map(attempt -> attempt.owner().id()));
        HadoopFiles.write(files, claim.statusFile(), status);
        return claim;
      }
    }
    throw new RunOutputException("Other runs that write to " + name + " start just now: try again");
  }

  private Optional<SharedFile.Seen> fence(String id) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      Optional<SharedFile.Seen> seen = pointer.read();
      Optional<SharedFile.Seen> fenced = pointer.replace(seen, parsed(seen).fencedBy(id).toJson());
      if (fenced.isPresent()) {
        return fenced;
      }
    }
    throw new RunOutputException("Other runs write to " + name + ": try again");
  }
}

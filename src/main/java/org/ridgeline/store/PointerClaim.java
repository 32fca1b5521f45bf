package org.ridgeline.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;

/** The right to commit on an object store: {@link PointerCommit}. Thread-safe. */
final class PointerClaim implements Claim {
  private final FileSystem files;
  private final Path run;
  private final Owner owner;
  private final Shared shared;

  /** Also the heartbeat's. */
  private Optional<SharedFile.Seen> mine = Optional.empty();

  private Optional<SharedFile.Seen> current = Optional.empty();
  private Optional<String> before = Optional.empty();

  /**
   * The two files that everyone writes to.
   *
   * @param owner says who is at work
   * @param pointer says which run counts
   */
  record Shared(SharedFile owner, SharedFile pointer) {}

  PointerClaim(FileSystem files, Path run, Owner owner, Shared shared) {
    this.files = files;
    this.run = run;
    this.owner = owner;
    this.shared = shared;
  }

  /**
   * Takes over.
   *
   * @param mine the owner's file as we have written it
   * @param current the pointer as it is from then on, unless another run commits
   * @param before the attempt before this one
   */
  synchronized void start(
      Optional<SharedFile.Seen> mine, Optional<SharedFile.Seen> current, Optional<String> before) {
    this.mine = mine;
    this.current = current;
    this.before = before;
  }

  @Override
  public void recover() throws IOException {
    if (Predictions.isCutOff(files, run, pointer())) {
      Predictions.publish(files, run, pointer().id().orElseThrow());
    }
  }

  private Pointer pointer() {
    return current
        .map(seen -> Pointer.parse(seen.bytes(), run + "/" + RunNames.CURRENT))
        .orElse(Pointer.NONE);
  }

  @Override
  public Path work() {
    return RunNames.place(run, owner.id());
  }

  @Override
  public Path beside() {
    return RunNames.workPlace(run, owner.id());
  }

  @Override
  public Path statusFile() {
    return RunNames.statusFile(beside());
  }

  @Override
  public void clear() throws IOException {
    sweep();
  }

  /** What is kept is copied, as an attempt that was silent may still write to its own place. */
  @Override
  public void clearButCheckpoint() throws IOException {
    if (before.isPresent()) {
      Path place = RunNames.workPlace(run, before.get());
      if (files.exists(new Path(place, RunNames.CHECKPOINT))) {
        copy(
            new Path(RunNames.place(run, before.get()), RunNames.MOMENTS),
            new Path(work(), RunNames.MOMENTS));
        copy(new Path(place, RunNames.SAMPLE), new Path(beside(), RunNames.SAMPLE));
        copy(new Path(place, RunNames.CHECKPOINT), new Path(beside(), RunNames.CHECKPOINT));
      }
    }
    sweep();
  }

  private void copy(Path from, Path to) throws IOException {
    if (files.exists(from)) {
      FileUtil.copy(files, from, files, to, false, files.getConf());
    }
  }

  /** Removes what is not of this attempt, of the run that counts or of the one before. */
  private void sweep() throws IOException {
    Set<String> kept = new HashSet<>(Set.of(owner.id(), beside().getName()));
    pointer().id().ifPresent(kept::add);
    pointer().previous().ifPresent(kept::add);
    try {
      for (FileStatus entry : files.listStatus(new Path(run, RunNames.RUNS))) {
        if (!kept.contains(entry.getPath().getName())) {
          files.delete(entry.getPath(), true);
        }
      }
    } catch (FileNotFoundException e) {
      return; // there are none
    }
  }

  @Override
  public synchronized void beat(Instant now) throws IOException {
    if (mine.isPresent()) {
      mine = shared.owner().replace(mine, owner.at(now).toJson());
    }
  }

  @Override
  public synchronized boolean isHeld() throws IOException {
    return mine.isPresent()
        && shared
            .owner()
            .read()
            .map(seen -> Owner.parse(seen.bytes(), ""))
            .filter(now -> now.id().equals(owner.id()))
            .isPresent();
  }

  @Override
  public void commit(Manifest manifest) throws IOException {
    Optional<SharedFile.Seen> committed =
        shared.pointer().replace(current, pointer().to(manifest).toJson());
    if (committed.isEmpty()) {
      throw new IOException("another run has been committed since this one was started");
    }
    current = committed;
    if (manifest.kind() == Manifest.Kind.PREDICTIONS) {
      Predictions.publish(files, run, owner.id());
    }
  }

  @Override
  public synchronized void end() throws IOException {
    if (mine.isPresent()) {
      shared.owner().replace(mine, owner.ended().toJson());
      mine = Optional.empty();
    }
  }

  @Override
  public void release() throws IOException {
    Optional<String> id = pointer().id();
    if (pointer().kind().equals(Optional.of(Manifest.Kind.RUN))) {
      Predictions.remove(files, run);
    }
    files.delete(beside(), true);
    if (id.equals(Optional.of(owner.id())) && isThere(id.get())) {
      sweep();
    }
    end();
  }

  /** What was moved to its place is not looked for here. */
  private boolean isThere(String id) throws IOException {
    Optional<Manifest> manifest = Manifest.in(files, RunNames.place(run, id));
    return manifest.isPresent()
        && (manifest.get().kind() == Manifest.Kind.PREDICTIONS
            || manifest.get().isThere(files, RunNames.place(run, id)));
  }
}

package org.ridgeline.store;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The sibling of a run, in our hands: {@link RenameCommit}. */
final class RenameClaim implements Claim {
  private static final Set<String> KEPT = Set.of(RunNames.CHECKPOINT, RunNames.SAMPLE, "run");

  private final FileSystem files;
  private final Path run;
  private final Path sibling;
  private final Path old;
  private final Path trash;
  private final Owner owner;
  private final Path record;

  RenameClaim(FileSystem files, Path run, Owner owner) {
    this.files = files;
    this.run = run;
    this.sibling = RunNames.sibling(run);
    this.old = RunNames.replaced(run);
    this.trash = RunNames.trash(run);
    this.owner = owner;
    this.record = RunNames.record(sibling, owner.id());
  }

  /** Makes the sibling, with everything that belongs there; false when another run was faster. */
  boolean create(byte[] status) throws IOException {
    Path fresh = RunNames.in(sibling.getParent(), sibling.getName() + "." + owner.id());
    HadoopFiles.write(files, RunNames.record(fresh, owner.id()), owner.toJson());
    HadoopFiles.write(files, RunNames.statusFile(fresh), status);
    if (!files.mkdirs(new Path(fresh, owner.id()))) {
      throw new IOException("the directory could not be made");
    }
    files.rename(fresh, sibling);
    if (files.exists(record)) {
      return true;
    }
    files.delete(fresh, true);
    files.delete(RunNames.in(sibling, fresh.getName()), true); // HDFS moves into a directory
    return false;
  }

  /** Takes the place of an attempt that is over; false when another run was faster. */
  boolean takeOver(String dead, byte[] status) throws IOException {
    HadoopFiles.write(files, record, owner.toJson());
    if (!rename(new Path(sibling, dead), beside())) {
      files.delete(record, false);
      return false;
    }
    files.delete(RunNames.record(sibling, dead), false);
    HadoopFiles.write(files, statusFile(), status);
    return true;
  }

  @Override
  public void recover() throws IOException {
    if (!files.exists(run)) {
      Optional<Manifest> made = Manifest.soundIn(files, work());
      if (made.isPresent() && made.get().isWhole(files, work())) {
        require(rename(work(), run), work(), run);
      } else if (files.exists(old)) {
        require(rename(old, run), old, run);
      }
    }
    if (files.exists(old)) {
      Optional<Manifest> found = Manifest.soundIn(files, run);
      if (found.isPresent() && found.get().isWhole(files, run)) {
        files.delete(old, true);
      }
    }
  }

  @Override
  public Path work() {
    return RunNames.work(sibling, owner.id());
  }

  @Override
  public Path beside() {
    return new Path(sibling, owner.id());
  }

  @Override
  public Path statusFile() {
    return RunNames.statusFile(sibling);
  }

  @Override
  public void clear() throws IOException {
    clear(beside(), Set.of());
  }

  @Override
  public void clearButCheckpoint() throws IOException {
    if (files.exists(new Path(beside(), RunNames.CHECKPOINT))) {
      clear(beside(), KEPT);
      clear(work(), Set.of(RunNames.MOMENTS));
    } else {
      clear();
    }
  }

  private void clear(Path place, Set<String> kept) throws IOException {
    if (!files.exists(place)) {
      return;
    }
    for (FileStatus left : files.listStatus(place)) {
      if (!kept.contains(left.getPath().getName())) {
        files.delete(left.getPath(), true);
      }
    }
  }

  @Override
  public void beat(Instant now) throws IOException {
    files.setTimes(record, now.toEpochMilli(), -1);
  }

  @Override
  public boolean isHeld() throws IOException {
    return files.exists(record) && files.exists(beside());
  }

  /** A run that stands aside already, because what took its place was not whole, stays there. */
  @Override
  public void commit(Manifest manifest) throws IOException {
    Path aside = files.exists(old) ? trash : old;
    boolean replaces = files.exists(run);
    if (replaces) {
      files.delete(trash, true);
      require(rename(run, aside), run, aside);
    }
    if (!rename(work(), run)) {
      if (replaces && !files.exists(run)) {
        rename(aside, run);
      }
      throw new IOException("could not rename " + work() + " to " + run);
    }
  }

  @Override
  public void end() throws IOException {
    HadoopFiles.write(files, record, owner.ended().toJson());
  }

  @Override
  public void release() throws IOException {
    if (files.exists(old)) {
      Optional<Manifest> found = Manifest.soundIn(files, run);
      if (found.isPresent() && found.get().isThere(files, run)) {
        files.delete(old, true);
      }
    }
    discard(sibling);
  }

  /** Removes a sibling; what happens to it under its own name happens in one step. */
  void discard(Path place) throws IOException {
    files.delete(trash, true);
    if (rename(place, trash)) {
      files.delete(trash, true);
    }
  }

  private static void require(boolean renamed, Path from, Path to) throws IOException {
    if (!renamed) {
      throw new IOException("could not rename " + from + " to " + to);
    }
  }

  /** Whether it was renamed; HDFS moves into a directory that is there, which is taken back. */
  private boolean rename(Path from, Path to) throws IOException {
    if (files.exists(to) || !files.exists(from) || !files.rename(from, to)) {
      return false;
    }
    Path inside = RunNames.in(to, from.getName());
    if (files.exists(inside)) {
      files.rename(inside, from);
      return false;
    }
    return true;
  }
}

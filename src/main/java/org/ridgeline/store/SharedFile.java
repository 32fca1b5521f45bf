package org.ridgeline.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.CreateFileOptionKeys;
import org.apache.hadoop.fs.Path;

/**
 * A small file of an object store that is replaced only by those who have seen what it holds: a
 * conditional put ({@code If-None-Match}, {@code If-Match}). Where the store has none, a file that
 * is not there yet is created as well as the file system can, and one that is there is overwritten.
 */
final class SharedFile {
  private static final int TRIES = 5;

  private final FileSystem files;
  private final Path path;

  SharedFile(FileSystem files, Path path) {
    this.files = files;
    this.path = path;
  }

  /**
   * What was seen.
   *
   * @param text the content
   * @param etag its version, where the store tells
   * @param modified when it was written, by the clock of the store
   */
  record Seen(String text, Optional<String> etag, Instant modified) {
    byte[] bytes() {
      return text.getBytes(UTF_8);
    }
  }

  /** What the file holds; empty when it is not there. */
  Optional<Seen> read() throws IOException {
    for (int i = 0; i < TRIES; i++) { // it may be replaced while it is read
      try {
        FileStatus before = files.getFileStatus(path);
        byte[] bytes = HadoopFiles.read(files, path);
        FileStatus after = files.getFileStatus(path);
        if (etag(before).equals(etag(after)) && before.getLen() == bytes.length) {
          return Optional.of(
              new Seen(
                  new String(bytes, UTF_8),
                  etag(after),
                  Instant.ofEpochMilli(after.getModificationTime())));
        }
      } catch (FileNotFoundException e) {
        return Optional.empty();
      }
    }
    throw new IOException(path + " changes all the time");
  }

  /**
   * Replaces what was seen; the content must be one that was never there before.
   *
   * @param seen the last that was read; empty when there was no file
   * @return what is there now; empty when someone else was faster
   */
  Optional<Seen> replace(Optional<Seen> seen, byte[] bytes) throws IOException {
    try (FSDataOutputStream out = create(seen)) {
      out.write(bytes);
    } catch (IOException refused) {
      return sameOrRefused(seen, bytes, refused);
    }
    return read().filter(now -> Arrays.equals(now.bytes(), bytes));
  }

  /** The answer may have been lost, and another try of the client refused because of the first. */
  private Optional<Seen> sameOrRefused(Optional<Seen> seen, byte[] bytes, IOException refused)
      throws IOException {
    Optional<Seen> now = read();
    if (now.isPresent() && Arrays.equals(now.get().bytes(), bytes)) {
      return now;
    }
    if (!now.flatMap(Seen::etag).equals(seen.flatMap(Seen::etag))) {
      return Optional.empty();
    }
    throw refused;
  }

  private FSDataOutputStream create(Optional<Seen> seen) throws IOException {
    if (!isConditional()) {
      return files.create(path, seen.isPresent());
    }
    FSDataOutputStreamBuilder<?, ?> builder = files.createFile(path).overwrite(true);
    Optional<String> etag = seen.flatMap(Seen::etag);
    if (etag.isPresent()) {
      builder.must(CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE_ETAG, etag.get());
    } else {
      builder.must(CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE, true);
    }
    return (FSDataOutputStream) builder.build();
  }

  private boolean isConditional() throws IOException {
    return files.hasPathCapability(
            path, CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE)
        && files.hasPathCapability(
            path, CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE_ETAG);
  }

  private static Optional<String> etag(FileStatus status) {
    return status instanceof EtagSource source
        ? Optional.ofNullable(source.getEtag())
        : Optional.empty();
  }
}

package org.ridgeline.spark;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Explanation;
import org.ridgeline.base.Remedy;
import org.ridgeline.store.HadoopFiles;

/**
 * A file whose bytes are not those that were once written: cut short, changed, or not compressed as
 * its name says. Readers and decompressors tell it each in words of its own.
 */
final class DamagedFile {
  private static final String BZIP2 = ".bz2";
  private static final byte[] BZIP2_START = {'B', 'Z', 'h'};

  private static final Pattern ENDS =
      Pattern.compile("(?i)unexpected end of|truncated source|premature eof|reached end of stream");

  private static final Pattern OTHER =
      Pattern.compile("(?i)not a gzip file|unknown gzip|not bzip2|unknown frame descriptor");

  private static final Pattern CHANGED =
      Pattern.compile(
          "(?i)doesn't match|crc (?:error|failure)|bad block header|block overrun|corrupt"
              + "|incorrect data check|invalid (?:block|distance|code|stored|bit|literal)");

  private DamagedFile() {}

  /**
   * Returns the refusal of a file, if the failure to read it is its own fault.
   *
   * @param file its name
   */
  static Optional<DataException> refusal(String file, Throwable failed) {
    return Causes.of(failed)
        .flatMap(cause -> explanation(file, cause).stream())
        .findFirst()
        .map(found -> new DataException(found, failed));
  }

  private static Optional<Explanation> explanation(String file, Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    if (cause instanceof ChecksumException sums) {
      return Optional.of(changedSince(file, sums.getPos()));
    } else if (cause instanceof EOFException
        || (cause instanceof IOException && ENDS.matcher(message).find())) {
      return Optional.of(
          Explanation.of(
              "cannot read " + file + ": it ends too early, cut short or damaged",
              Remedy.of("copy it again")));
    } else if (cause instanceof IOException && OTHER.matcher(message).find()) {
      return Optional.of(notCompressed(file));
    } else if (cause instanceof IOException && CHANGED.matcher(message).find()) {
      return Optional.of(
          Explanation.of("cannot read " + file + ": it is damaged", Remedy.of("copy it again")));
    }
    return Optional.empty();
  }

  private static Explanation changedSince(String file, long at) {
    String name = file.substring(file.lastIndexOf('/') + 1);
    return Explanation.of(
        String.format(
            Locale.ROOT,
            "cannot read %s: from byte %d on it is not what the checksum file .%s.crc beside it"
                + " says",
            file,
            at,
            name),
        Remedy.of("copy both again, or delete the checksum file if %s is right", name));
  }

  private static Explanation notCompressed(String file) {
    return Explanation.of(
        String.format(
            "cannot read %s: it is not compressed as %s says",
            file, file.substring(file.lastIndexOf('.'))),
        Remedy.of("rename it, or compress it"));
  }

  /**
   * Checks the first bytes of a file whose decompressor finds no rows in one of another kind.
   *
   * @throws DataException when it is not compressed as its name says
   */
  static void requireCompressed(Path file, Configuration hadoop) {
    if (!file.getName().toLowerCase(Locale.ROOT).endsWith(BZIP2)) {
      return;
    }
    try {
      FileSystem shared = HadoopFiles.shared(file, hadoop);
      FileSystem files = shared instanceof LocalFileSystem local ? local.getRaw() : shared;
      try (InputStream in = files.open(file)) {
        requireBzip2(file, in);
      }
    } catch (IOException e) {
      throw refusal(file.toString(), e)
          .orElseGet(
              () -> new DataException("cannot read " + file + ": " + HadoopFiles.sentence(e), e));
    }
  }

  private static void requireBzip2(Path file, InputStream in) throws IOException {
    byte[] start = in.readNBytes(BZIP2_START.length);
    if (start.length > 0 && !Arrays.equals(start, BZIP2_START)) {
      throw new DataException(notCompressed(file.toString()), null);
    }
  }
}

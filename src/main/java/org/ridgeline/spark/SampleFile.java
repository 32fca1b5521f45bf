package org.ridgeline.spark;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import org.ridgeline.base.Check;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Sha256;
import org.ridgeline.store.RunDirectory;
import org.ridgeline.store.RunNames;

/**
 * {@code sample.bin}: the sample of the rows in a checkpoint, bit for bit. It is of raw rows, so it
 * is no part of a committed run.
 */
public final class SampleFile {
  private SampleFile() {}

  /**
   * Writes a sample into a run that is going on.
   *
   * @return the SHA-256 of the file
   */
  public static String writeInto(RunDirectory run, SampledRows sample) {
    MessageDigest digest = Sha256.digest();
    run.write(
        RunNames.SAMPLE,
        out -> {
          DataOutputStream summed =
              new DataOutputStream(
                  new BufferedOutputStream(new DigestOutputStream(out, digest), 1 << 16));
          sample.writeTo(summed);
          summed.flush();
        });
    return Sha256.of(digest);
  }

  /**
   * Reads the sample that an earlier attempt has left.
   *
   * @param sha256 what {@link #writeInto} returned
   * @throws IllegalArgumentException when it is not the same file
   * @throws DataException when it cannot be read
   */
  public static SampledRows read(RunDirectory run, String sha256) {
    byte[] bytes = run.kept(RunNames.SAMPLE);
    String found = Sha256.of(bytes);
    Check.that(
        found.equals(sha256),
        "Cannot use the sample of rows: %s is not the file that the checkpoint was written with, its"
            + " sha256 is %s, not %s",
        RunNames.SAMPLE,
        found,
        sha256);
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return SampledRows.readFrom(in);
    } catch (IOException e) {
      throw new UncheckedIOException("The file with this sha256 was written whole", e);
    }
  }
}

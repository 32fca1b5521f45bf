package org.ridgeline.store;

import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;
import org.ridgeline.base.Sha256;

/** A content that is counted and summed while it is written. */
final class SummedContent implements FileContent {
  private final FileContent content;
  private final MessageDigest digest = Sha256.digest();
  private long length;

  SummedContent(FileContent content) {
    this.content = content;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    content.writeTo(
        new DigestOutputStream(out, digest) {
          @Override
          public void write(int value) throws IOException {
            super.write(value);
            length++;
          }

          @Override
          public void write(byte[] bytes, int from, int count) throws IOException {
            super.write(bytes, from, count);
            length += count;
          }
        });
  }

  /** What was written. */
  Manifest.Entry entry() {
    return new Manifest.Entry(length, Optional.of(Sha256.of(digest)));
  }
}

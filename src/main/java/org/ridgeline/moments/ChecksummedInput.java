package org.ridgeline.moments;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.ridgeline.base.Check;

/** Reads what {@link ChecksummedOutput} has written. */
final class ChecksummedInput {
  private static final int BUFFER = 1 << 16;

  private final InputStream in;
  private final CRC32C checksum = new CRC32C();
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
  private String section;

  ChecksummedInput(InputStream in) {
    this.in = in;
  }

  /** Says what comes now, for messages. */
  void startSection(String name) {
    section = name;
  }

  byte[] bytes(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    requireAll(bytes.length, count);
    checksum.update(bytes, 0, count);
    return bytes;
  }

  int readInt() throws IOException {
    return next(Integer.BYTES).getInt();
  }

  long readLong() throws IOException {
    return next(Long.BYTES).getLong();
  }

  double readDouble() throws IOException {
    return Double.longBitsToDouble(readLong());
  }

  void numbers(double[] into, int from, int count) throws IOException {
    for (int at = from; at < from + count; ) {
      int some = Math.min(BUFFER / Double.BYTES, from + count - at);
      next(some * Double.BYTES).asDoubleBuffer().get(into, at, some);
      at += some;
    }
  }

  /**
   * Ends a section.
   *
   * @throws IllegalArgumentException when the section's bytes are not those that were written
   */
  void endSection() throws IOException {
    long found = checksum.getValue();
    long expected = next(Long.BYTES).getLong();
    Check.that(
        found == expected,
        "Cannot use the moments: %s is damaged, its checksum is %08x instead of %08x",
        section,
        found,
        expected);
    checksum.reset();
  }

  private ByteBuffer next(int count) throws IOException {
    requireAll(in.readNBytes(buffer.array(), 0, count), count);
    checksum.update(buffer.array(), 0, count);
    return buffer.clear().limit(count);
  }

  private void requireAll(int found, int expected) {
    Check.that(found == expected, "Cannot use the moments: the file ends within %s", section);
  }
}

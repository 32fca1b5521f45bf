package org.ridgeline.moments;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Writes numbers, little-endian, and closes every section with the CRC-32C of its bytes. */
final class ChecksummedOutput {
  private static final int BUFFER = 1 << 16;

  private final OutputStream out;
  private final CRC32C checksum = new CRC32C();
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);

  ChecksummedOutput(OutputStream out) {
    this.out = out;
  }

  void bytes(byte[] values) throws IOException {
    flush();
    checksum.update(values, 0, values.length);
    out.write(values);
  }

  void number(int value) throws IOException {
    room(Integer.BYTES);
    buffer.putInt(value);
  }

  void number(long value) throws IOException {
    room(Long.BYTES);
    buffer.putLong(value);
  }

  /** The bits of a double. */
  void number(double value) throws IOException {
    number(Double.doubleToRawLongBits(value));
  }

  /** The bits of {@code count} doubles. */
  void numbers(double[] values, int from, int count) throws IOException {
    for (int next = from; next < from + count; ) {
      room(Double.BYTES);
      int some = Math.min(buffer.remaining() / Double.BYTES, from + count - next);
      buffer.asDoubleBuffer().put(values, next, some);
      buffer.position(buffer.position() + some * Double.BYTES);
      next += some;
    }
  }

  /** Ends a section. */
  void endSection() throws IOException {
    flush();
    long sum = checksum.getValue();
    checksum.reset();
    number(sum);
    flush();
    checksum.reset();
  }

  private void room(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      flush();
    }
  }

  private void flush() throws IOException {
    checksum.update(buffer.array(), 0, buffer.position());
    out.write(buffer.array(), 0, buffer.position());
    buffer.clear();
  }
}

package org.ridgeline.spark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.apache.spark.api.java.JavaRDD;

/**
 * The bytes in which tasks send what they have summed up, whichever serializer Spark is told to
 * use: numbers are copied as they are in memory, and a CRC-32C follows. They go the way that the
 * results of all tasks go, and are never stored; only our classes are read from them, and the
 * collections that they hold.
 */
final class TaskBytes {
  private static final ObjectInputFilter OURS =
      ObjectInputFilter.Config.createFilter(
          "org.ridgeline.**;java.lang.*;java.util.ArrayList;java.util.TreeMap;java.util.TreeSet;!*");
  private static final int CHECKSUM = Long.BYTES;
  private static final int FIRST = 1 << 10; // bytes of the buffer, which grows

  private TaskBytes() {}

  /** Returns the bytes of a value. */
  static byte[] of(Serializable value) {
    Buffer buffer = new Buffer();
    try (ObjectOutputStream out = new Packing(buffer)) {
      out.writeObject(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return buffer.closed();
  }

  /**
   * Returns the value of bytes.
   *
   * @throws IllegalStateException when they are not those that were sent
   */
  static <T> T read(byte[] bytes, Class<T> type) {
    int length = bytes.length - CHECKSUM;
    long expected = ByteBuffer.wrap(bytes, length, CHECKSUM).getLong();
    if (checksum(bytes, length) != expected) {
      throw new IllegalStateException(
          "Cannot use what a task has sent: its " + length + " bytes are damaged");
    }
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes, 0, length))) {
      in.setObjectInputFilter(OURS);
      return type.cast(in.readObject());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Collects values from tasks. */
  static <T extends Serializable> List<T> collect(JavaRDD<T> values, Class<T> type) {
    ArrayDeque<byte[]> sent = new ArrayDeque<>(values.map(TaskBytes::of).collect());
    List<T> received = new ArrayList<>(sent.size());
    while (!sent.isEmpty()) {
      received.add(read(sent.remove(), type)); // not all values and all bytes at a time
    }
    return received;
  }

  private static long checksum(byte[] bytes, int length) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, length);
    return sum.getValue();
  }

  /** The bytes so far, without the last copy that {@link #toByteArray} would make. */
  private static final class Buffer extends ByteArrayOutputStream {
    Buffer() {
      super(FIRST);
    }

    /** Returns the bytes and their checksum. */
    byte[] closed() {
      long sum = checksum(buf, count);
      byte[] all = Arrays.copyOf(buf, count + CHECKSUM);
      ByteBuffer.wrap(all, count, CHECKSUM).putLong(sum);
      return all;
    }
  }

  /** Writes arrays of doubles at the speed of memory, where Java's way is element by element. */
  private static final class Packing extends ObjectOutputStream {
    Packing(OutputStream out) throws IOException {
      super(out);
      enableReplaceObject(true);
    }

    @Override
    protected Object replaceObject(Object value) {
      return value instanceof double[] numbers ? Packed.of(numbers) : value;
    }
  }

  /** What stands for an array of doubles. */
  private static final class Packed implements Serializable {
    private static final long serialVersionUID = 1L;
    private final byte[] bytes;

    private Packed(byte[] bytes) {
      this.bytes = bytes;
    }

    static Packed of(double[] numbers) {
      byte[] bytes = new byte[Math.multiplyExact(numbers.length, Double.BYTES)];
      ByteBuffer.wrap(bytes).asDoubleBuffer().put(numbers);
      return new Packed(bytes);
    }

    private Object readResolve() {
      double[] numbers = new double[bytes.length / Double.BYTES];
      ByteBuffer.wrap(bytes).asDoubleBuffer().get(numbers);
      return numbers;
    }
  }
}

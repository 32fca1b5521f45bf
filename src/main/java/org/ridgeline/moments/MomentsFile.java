package org.ridgeline.moments;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ridgeline.base.Check;

/**
 * The byte format of {@link FoldedMoments}: what is read back has the bits of what was written.
 *
 * <pre>
 * header   "RIDGEMOM", version, k, d, m, bytes of the table              8 + 5 x 4 bytes
 *          table: for each fold the bytes of its label, the label in
 *          UTF-8, and what is kept: 0 S, 1 S and a factor of the centered
 *          rows in doubles, 2 S and one of the rows (1, v) in pairs of
 *          doubles, 3 the rows, followed by their number r                 4 + .. + 4 or 8
 *          checksum                                                       8
 * units    version 2 only: for each column k of its unit, 2^(510 k),
 *          with k from -2 to 2; the sums of a fold are in these units     p
 *          checksum                                                       8
 * a fold   n, W                                                           8 + 8
 *          means, high and low parts                                      16 p
 *          0, 1, 2: S, the lower triangle by columns                      8 p (p + 1) / 2
 *          1: the factor's upper triangle by columns                      8 p (p + 1) / 2
 *          2: the factor's upper triangle by rows, high and low parts     8 (p + 1) (p + 2)
 *          3: the diagonal of S, weights > 0 and their rows               8 (p + r + r p)
 *          checksum                                                       8
 * </pre>
 *
 * <p>All numbers are little-endian; p = d + m; a checksum is the CRC-32C of the section's bytes, as
 * 64 bits. Any flip of up to three bits of a section is noticed, and others but once in 4e9. Sizes
 * in the header are believed only as far as the size of the file bears them out. Where all units
 * are 1, as those of ordinary columns are, and no rows are kept, version 1 is written.
 */
public final class MomentsFile {
  /** The version without units and rows. */
  static final int PLAIN = 1;

  /** The version with units, and the newest that is read. */
  static final int VERSION = 2;

  private static final byte[] MAGIC = "RIDGEMOM".getBytes(UTF_8);
  private static final int FIXED = MAGIC.length + 5 * Integer.BYTES;
  private static final int CHECKSUM = Long.BYTES;
  private static final int MOST_NUMBERS = Integer.MAX_VALUE - 8; // in one Java array
  private static final int MOST_COLUMNS = 65_535; // of a packed triangle in one Java array

  private MomentsFile() {}

  /** One fold's entry in the table. */
  private record Entry(String label, ScatterKind kind, int kept) {
    static Entry of(FoldedMoments moments, int f) {
      Moments fold = moments.fold(f);
      ScatterKind empty = moments.keepRows() ? ScatterKind.ROWS : ScatterKind.PLAIN;
      return new Entry(moments.label(f), ScatterKind.of(fold, empty), ScatterKind.rows(fold));
    }

    /** The bytes of the fold's section. */
    long bytes(int p) {
      return 2 * Long.BYTES + 2L * p * Double.BYTES + kind.bytes(p, kept) + CHECKSUM;
    }
  }

  /** The number of bytes that {@link #write} gives. */
  public static long bytes(FoldedMoments moments) {
    long bytes = (long) FIXED + table(moments).length + CHECKSUM;
    bytes += isPlain(moments) ? 0 : moments.fold(0).units().size() + CHECKSUM;
    for (int f = 0; f < moments.folds(); f++) {
      Moments fold = moments.fold(f);
      bytes += Entry.of(moments, f).bytes(fold.inputs() + fold.targets());
    }
    return bytes;
  }

  /** Writes the file; the stream stays open. Memory: 64 KiB. */
  public static void write(FoldedMoments moments, OutputStream to) throws IOException {
    byte[] table = table(moments);
    ChecksummedOutput out = new ChecksummedOutput(to);
    out.bytes(MAGIC);
    boolean plain = isPlain(moments);
    out.number(plain ? PLAIN : VERSION);
    out.number(moments.folds());
    out.number(moments.fold(0).inputs());
    out.number(moments.fold(0).targets());
    out.number(table.length);
    out.bytes(table);
    out.endSection();
    if (!plain) {
      out.bytes(levels(moments.fold(0).units()));
      out.endSection();
    }
    for (int f = 0; f < moments.folds(); f++) {
      write(moments.fold(f), Entry.of(moments, f).kind(), out);
    }
  }

  private static boolean isPlain(FoldedMoments moments) {
    return moments.fold(0).units().isPlain() && !moments.keepRows();
  }

  private static byte[] levels(ColumnUnits units) {
    byte[] levels = new byte[units.size()];
    for (int j = 0; j < levels.length; j++) {
      levels[j] = units.level(j);
    }
    return levels;
  }

  private static byte[] table(FoldedMoments moments) {
    ByteArrayOutputStream table = new ByteArrayOutputStream();
    for (int f = 0; f < moments.folds(); f++) {
      Entry entry = Entry.of(moments, f);
      byte[] label = entry.label().getBytes(UTF_8);
      table.writeBytes(littleEndian(label.length));
      table.writeBytes(label);
      table.writeBytes(littleEndian(entry.kind().code()));
      if (entry.kind() == ScatterKind.ROWS) {
        table.writeBytes(littleEndian(entry.kept()));
      }
    }
    return table.toByteArray();
  }

  private static byte[] littleEndian(int value) {
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  private static void write(Moments fold, ScatterKind kind, ChecksummedOutput out)
      throws IOException {
    int p = fold.inputs() + fold.targets();
    out.number(fold.rows());
    out.number(fold.weightSum());
    out.numbers(fold.means().high(), 0, p);
    out.numbers(fold.means().low(), 0, p);
    kind.write(fold, out);
    out.endSection();
  }

  /**
   * Reads a file back; the stream stays open.
   *
   * @param from the file from its first byte
   * @param size the file's size in bytes
   * @throws IllegalArgumentException with one sentence, when it is not such a file, of a newer
   *     version, truncated or damaged
   */
  public static FoldedMoments read(InputStream from, long size) throws IOException {
    ChecksummedInput in = new ChecksummedInput(from);
    in.startSection("the header");
    Check.that(
        size >= MAGIC.length && Arrays.equals(in.bytes(MAGIC.length), MAGIC),
        "Cannot use the moments: the file is not one of stored moments");
    Check.that(size >= FIXED + CHECKSUM, "Cannot use the moments: the file ends within the header");
    int version = in.readInt();
    Check.that(
        version == PLAIN || version == VERSION,
        "Cannot use the moments: the file is of version %d, this program reads versions %d and %d",
        version,
        PLAIN,
        VERSION);
    int folds = in.readInt();
    int inputs = in.readInt();
    int targets = in.readInt();
    int tableBytes = in.readInt();
    Check.that(
        tableBytes >= 0 && tableBytes <= size - FIXED - CHECKSUM,
        "Cannot use the moments: the file ends within the header, or the header is damaged");
    byte[] table = in.bytes(tableBytes);
    in.endSection();
    int p = columns(inputs, targets);
    List<Entry> entries = entries(table, folds, p);
    int unitBytes = version == PLAIN ? 0 : p + CHECKSUM;
    requireSize(entries, p, size - FIXED - tableBytes - CHECKSUM - unitBytes);
    byte[] levels = version == PLAIN ? new byte[p] : readLevels(p, in);
    List<Moments> moments = new ArrayList<>();
    for (Entry entry : entries) {
      in.startSection("fold '" + entry.label() + "'");
      moments.add(read(in, inputs, levels, entry));
    }
    return FoldedMoments.of(entries.stream().map(Entry::label).toList(), moments);
  }

  private static byte[] readLevels(int p, ChecksummedInput in) throws IOException {
    in.startSection("the table of units");
    byte[] levels = in.bytes(p);
    in.endSection();
    return levels;
  }

  private static int columns(int inputs, int targets) {
    long p = (long) inputs + targets;
    Check.that(
        inputs >= 0 && targets >= 0 && p > 0 && p <= Integer.MAX_VALUE - 8,
        "Cannot use the moments: the header has %d inputs and %d targets",
        inputs,
        targets);
    return (int) p;
  }

  private static List<Entry> entries(byte[] table, int folds, int p) {
    String broken = "Cannot use the moments: the header has no sound table of %d folds";
    ByteBuffer bytes = ByteBuffer.wrap(table).order(ByteOrder.LITTLE_ENDIAN);
    List<Entry> entries = new ArrayList<>();
    while (bytes.remaining() >= 2 * Integer.BYTES) {
      int length = bytes.getInt();
      Check.that(length >= 0 && length <= bytes.remaining() - Integer.BYTES, broken, folds);
      byte[] label = new byte[length];
      bytes.get(label);
      Optional<ScatterKind> kind = ScatterKind.of(bytes.getInt());
      Check.that(kind.isPresent(), broken, folds);
      boolean ofRows = kind.get() == ScatterKind.ROWS;
      Check.that(!ofRows || bytes.remaining() >= Integer.BYTES, broken, folds);
      int kept = ofRows ? bytes.getInt() : 0;
      boolean fits = ofRows ? (long) kept * p <= MOST_NUMBERS : p <= MOST_COLUMNS;
      Check.that(kept >= 0 && fits, broken, folds);
      entries.add(new Entry(new String(label, UTF_8), kind.get(), kept));
    }
    Check.that(folds > 0 && entries.size() == folds && !bytes.hasRemaining(), broken, folds);
    return entries;
  }

  private static void requireSize(List<Entry> entries, int p, long left) {
    long expected = 0;
    for (Entry entry : entries) {
      expected = Math.addExact(expected, entry.bytes(p));
    }
    Check.that(
        left >= expected,
        "Cannot use the moments: the file is truncated, %d bytes of its %d folds are missing",
        expected - left,
        entries.size());
    Check.that(
        left == expected,
        "Cannot use the moments: the file goes on for %d bytes after its last fold",
        left - expected);
  }

  private static Moments read(ChecksummedInput in, int inputs, byte[] levels, Entry entry)
      throws IOException {
    int p = levels.length;
    long rows = in.readLong();
    double weightSum = in.readDouble();
    double[] high = new double[p];
    double[] low = new double[p];
    in.numbers(high, 0, p);
    in.numbers(low, 0, p);
    Scatter kept = entry.kind().read(p, entry.kept(), in);
    in.endSection();
    Means means = Means.owning(high, low);
    ColumnUnits units = ColumnUnits.of(levels, means, kept);
    Moments moments = new Moments(inputs, rows, weightSum, units, means, kept);
    requireSound(moments, entry);
    return moments;
  }

  private static void requireSound(Moments moments, Entry entry) {
    long rows = moments.rows();
    double weightSum = moments.weightSum();
    boolean sound = rows >= entry.kept() && weightSum >= 0 && Double.isFinite(weightSum);
    for (int j = 0; j < moments.inputs() + moments.targets(); j++) {
      sound &= Double.isFinite(moments.squares(j));
    }
    Check.that(
        sound,
        "Cannot use the moments: fold '%s' has %d rows of weight %s, or sums that are not finite",
        entry.label(),
        rows,
        weightSum);
  }
}

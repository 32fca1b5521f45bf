package org.ridgeline.moments;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.ridgeline.linalg.Matrix;

class MomentsFileTest {
  private static final int HEADER = 28 + (4 + 1 + 4) + (4 + 3 + 4) + 8; // of folds "a" and "üb"

  private static Moments rows(int count, int inputs, int targets, long seed) {
    Random random = new Random(seed);
    MomentsAccumulator sum = new MomentsAccumulator(inputs, targets);
    RowBlock block = new RowBlock(Math.max(1, count), inputs + targets);
    for (int i = 0; i < count; i++) {
      block.append(random.doubles(inputs + targets).map(x -> 1e8 + x).toArray(), random.nextInt(3));
    }
    sum.addInPlace(block);
    return sum.snapshot();
  }

  private static FoldedMoments example() {
    Moments second = rows(30, 3, 2, 2);
    second.scatter().packed()[1] = -0.0;
    second.scatter().packed()[2] = Double.MIN_VALUE;
    Matrix upper = Matrix.zeros(5, 5);
    for (int j = 0; j < 5; j++) {
      for (int i = 0; i <= j; i++) {
        upper.set(i, j, 1.0 / (1 + i + 10 * j));
      }
    }
    return FoldedMoments.of(
        List.of("a", "üb"),
        List.of(rows(20, 3, 2, 1), factored(second, TriangularFactor.owning(upper))));
  }

  private static Moments factored(Moments moments, TriangularFactor factor) {
    return new Moments(
        moments.inputs(),
        moments.rows(),
        moments.weightSum(),
        moments.units(),
        moments.means(),
        new Triangle(moments.scatter(), factor));
  }

  private static byte[] written(FoldedMoments moments) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    MomentsFile.write(moments, out);
    return out.toByteArray();
  }

  private static FoldedMoments read(byte[] bytes) throws IOException {
    return MomentsFile.read(new ByteArrayInputStream(bytes), bytes.length);
  }

  private static String refusal(byte[] bytes) {
    return assertThrows(IllegalArgumentException.class, () -> read(bytes)).getMessage();
  }

  @Test
  void factorsOf32DigitsKeepBothParts() throws IOException {
    MomentsAccumulator rows = MomentsAccumulator.withFactor(3, 1);
    RowBlock block = new RowBlock(20, 4);
    Random random = new Random(77);
    for (int r = 0; r < 20; r++) {
      block.append(
          new double[] {random.nextDouble(), 1e5 + random.nextDouble(), r, random.nextGaussian()},
          1 + random.nextDouble());
    }
    rows.addInPlace(block);
    FoldedMoments moments = FoldedMoments.of(List.of("0"), List.of(rows.snapshot()));
    byte[] bytes = written(moments);
    assertEquals(bytes.length, MomentsFile.bytes(moments));
    FoldedMoments back = read(bytes);
    assertArrayEquals(bytes, written(back));
    LongFactor factor = (LongFactor) ((Triangle) moments.fold(0).kept()).rowFactor();
    LongFactor same = (LongFactor) ((Triangle) back.fold(0).kept()).rowFactor();
    assertEquals(factor.remainder(), same.remainder());
    assertEquals(moments.fold(0).factorAboutZero(), back.fold(0).factorAboutZero());
    assertNotEquals(Optional.of(Matrix.zeros(4, 4)), factor.remainder());
  }

  @Test
  void whatIsReadHasTheBitsOfWhatWasWritten() throws IOException {
    FoldedMoments moments = example();
    byte[] bytes = written(moments);
    assertEquals(bytes.length, MomentsFile.bytes(moments));
    FoldedMoments back = read(bytes);
    assertArrayEquals(bytes, written(back));
    for (int f = 0; f < 2; f++) {
      assertEquals(moments.label(f), back.label(f));
      assertEquals(moments.fold(f), back.fold(f));
      assertEquals(moments.fold(f).factor(), back.fold(f).factor());
      assertEquals(moments.fold(f).unitMeanRemainder(1), back.fold(f).unitMeanRemainder(1));
    }
    assertEquals(
        Double.doubleToRawLongBits(-0.0),
        Double.doubleToRawLongBits(back.fold(1).scatter().packed()[1]));
  }

  @Test
  void emptyFoldsAndMomentsLargerThanTheBufferAreKept() throws IOException {
    FoldedMoments moments =
        FoldedMoments.of(List.of("", "x"), List.of(Moments.empty(150, 1), rows(40, 150, 1, 3)));
    FoldedMoments back = read(written(moments));
    assertEquals(moments.fold(0), back.fold(0));
    assertEquals(moments.fold(1), back.fold(1));
  }

  @Test
  void layoutIsAsDocumented() throws IOException {
    byte[] bytes = written(FoldedMoments.of(List.of("0"), List.of(rows(7, 1, 1, 4))));
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals("RIDGEMOM", new String(bytes, 0, 8, UTF_8));
    assertEquals(
        List.of(1, 1, 1, 1, 9),
        IntStream.range(0, 5).mapToObj(i -> file.getInt(8 + 4 * i)).toList());
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, 37);
    assertEquals(checksum.getValue(), file.getLong(37));
    assertEquals(7, file.getLong(45));
    assertEquals(rows(7, 1, 1, 4).scatter().get(1, 0), file.getDouble(45 + 16 + 32 + 8));
    assertEquals(45 + 16 + 32 + 24 + 8, bytes.length);
  }

  @Test
  void everyFlippedBitIsRefused() throws IOException {
    byte[] sound = written(example());
    for (int at = 0; at < sound.length; at++) {
      byte[] damaged = sound.clone();
      damaged[at] ^= (byte) (1 << (at % 8));
      String message = refusal(damaged);
      assertTrue(message.startsWith("Cannot use the moments: "), message);
    }
    byte[] inSecond = sound.clone();
    inSecond[sound.length - 20] ^= 1;
    assertTrue(refusal(inSecond).startsWith("Cannot use the moments: fold 'üb' is damaged, its"));
    byte[] inHeader = sound.clone();
    inHeader[32] ^= 1; // the label "a"
    assertTrue(refusal(inHeader).startsWith("Cannot use the moments: the header is damaged, its"));
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    byte[] sound = written(example());
    for (int length = 0; length < sound.length; length++) {
      String message = refusal(Arrays.copyOf(sound, length));
      assertTrue(
          length < 8
              ? message.equals("Cannot use the moments: the file is not one of stored moments")
              : length < HEADER
                  ? message.startsWith("Cannot use the moments: the file ends within the header")
                  : message.equals(
                      "Cannot use the moments: the file is truncated, "
                          + (sound.length - length)
                          + " bytes of its 2 folds are missing"),
          length + ": " + message);
    }
    String cut =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    MomentsFile.read(new ByteArrayInputStream(sound, 0, HEADER + 40), sound.length))
            .getMessage();
    assertEquals("Cannot use the moments: the file ends within fold 'a'", cut);
  }

  @Test
  void foreignNewerAndLongerFilesAreRefused() throws IOException {
    assertEquals(
        "Cannot use the moments: the file is not one of stored moments",
        refusal("PAR1 and what follows, which is long enough".getBytes(UTF_8)));
    byte[] newer = written(example());
    newer[8] = 3;
    assertEquals(
        "Cannot use the moments: the file is of version 3, this program reads versions 1 and 2",
        refusal(newer));
    byte[] sound = written(example());
    assertEquals(
        "Cannot use the moments: the file goes on for 3 bytes after its last fold",
        refusal(Arrays.copyOf(sound, sound.length + 3)));
  }

  /** 16 p + 8 p (p + 1) / 2 bytes are more than 17 GB, of which nothing is there. */
  @Test
  void lengthsAreNotTrusted() throws IOException {
    assertEquals(
        "Cannot use the moments: the file is truncated, 17180655600 bytes of its 1 folds are"
            + " missing",
        refusal(forged(1, 65_534, 1, 9)));
    assertEquals(
        "Cannot use the moments: the header has 2147483647 inputs and 5 targets",
        refusal(forged(1, Integer.MAX_VALUE, 5, 9)));
    assertEquals(
        "Cannot use the moments: the header has no sound table of 2000000000 folds",
        refusal(forged(2_000_000_000, 1, 1, 9)));
    assertEquals(
        "Cannot use the moments: the file ends within the header, or the header is damaged",
        refusal(forged(1, 1, 1, 2_000_000_000)));
  }

  /** A file of one fold, nothing of it, whose header says something else; its checksum is right. */
  private static byte[] forged(int folds, int inputs, int targets, int table) throws IOException {
    byte[] bytes =
        Arrays.copyOf(written(FoldedMoments.of(List.of("0"), List.of(rows(3, 1, 1, 5)))), 45 + 24);
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    file.putInt(12, folds).putInt(16, inputs).putInt(20, targets).putInt(24, table);
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, 37);
    file.putLong(37, checksum.getValue());
    return bytes;
  }

  @Test
  void sumsThatCannotBeAreRefused() throws IOException {
    Moments broken = rows(9, 1, 1, 6);
    broken.scatter().packed()[0] = Double.NaN;
    assertTrue(
        refusal(written(FoldedMoments.of(List.of("0"), List.of(broken))))
            .startsWith("Cannot use the moments: fold '0' has 9 rows of weight "));
  }

  @Test
  void filesMayBeLargerThanAnArray() throws IOException {
    Moments wide = Moments.empty(4000, 1);
    FoldedMoments many =
        FoldedMoments.of(Collections.nCopies(34, "f"), Collections.nCopies(34, wide));
    long[] count = new long[1];
    MomentsFile.write(
        many,
        new OutputStream() {
          @Override
          public void write(int b) {
            count[0]++;
          }

          @Override
          public void write(byte[] b, int off, int len) {
            count[0] += len;
          }
        });
    assertTrue(count[0] > Integer.MAX_VALUE);
    assertEquals(MomentsFile.bytes(many), count[0]);
  }
}

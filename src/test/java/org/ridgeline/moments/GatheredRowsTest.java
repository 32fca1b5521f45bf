package org.ridgeline.moments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ridgeline.Rows;
import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.Matrix;

/** Moments that keep the rows say of them what their scatter says. */
class GatheredRowsTest {
  private static final Rows ROWS =
      Rows.normal(501, 9, 6, 2).mapInput(1, v -> 1e6 + v).withRandomWeights(502);

  private static void assertSame(Moments expected, Moments actual) {
    assertEquals(expected.rows(), actual.rows());
    assertEquals(expected.weightSum(), actual.weightSum(), 1e-14 * expected.weightSum());
    int p = expected.inputs() + expected.targets();
    double[] c = new double[p];
    for (int j = 0; j < p; j++) {
      c[j] = j % 3 - 0.5;
    }
    for (int i = 0; i < p; i++) {
      double size = Math.sqrt(expected.squares(i));
      assertEquals(expected.mean(i), actual.mean(i), 1e-15 * Math.max(1, expected.mean(i)));
      assertEquals(expected.squares(i), actual.squares(i), 1e-12 * size * size);
      double times = expected.scatterTimes(c)[i];
      assertEquals(times, actual.scatterTimes(c)[i], 1e-12 * size * 10);
      for (int j = 0; j < p; j++) {
        double both = size * Math.sqrt(expected.squares(j));
        assertEquals(expected.products(i, j), actual.products(i, j), 1e-12 * both);
        assertEquals(
            expected.products(i, j),
            actual.scatter().get(Math.max(i, j), Math.min(i, j)),
            1e-12 * both);
      }
    }
    Matrix input = actual.inputScatter();
    Matrix cross = actual.crossScatter();
    for (int i = 0; i < actual.inputs(); i++) {
      assertEquals(actual.products(i, 0), input.get(i, 0), 1e-10);
      assertEquals(actual.products(i, actual.inputs()), cross.get(i, 0), 1e-10);
    }
  }

  @Test
  void productsAndSquaresAreThoseOfTheScatter() {
    Moments kept = ROWS.gatheredMoments(9);
    assertTrue(kept.keepsRows());
    assertSame(ROWS.moments(), kept);
    Matrix f = kept.factor().orElseThrow();
    Matrix square = Blas.transposedTimes(f, f);
    assertEquals(kept.squares(2), square.get(2, 2), 1e-12 * square.get(2, 2));
  }

  @Test
  void mergesOfEitherKindAreThoseOfTheRows() {
    Moments first = ROWS.where(i -> i < 4).gatheredMoments(9);
    Moments second = ROWS.where(i -> i >= 4).gatheredMoments(9);
    Moments rows = Moments.empty(6, 2);
    rows.merge(first);
    rows.merge(second);
    assertTrue(rows.keepsRows());
    assertSame(ROWS.moments(), rows);
    assertEquals(4, first.rows(), "what was merged is as it was");
    Moments mixed = first.copy();
    mixed.merge(ROWS.where(i -> i >= 4).moments());
    assertFalse(mixed.keepsRows());
    assertSame(ROWS.moments(), mixed);
    Moments other = ROWS.where(i -> i < 4).moments();
    other.merge(second);
    assertFalse(other.keepsRows());
    assertSame(ROWS.moments(), other);
  }

  @Test
  void leadingAndSelectedColumnsAreThoseOfTheScatter() {
    Moments kept = ROWS.gatheredMoments(9);
    assertSame(ROWS.moments().leading(3, 2), kept.leading(3, 2));
    int[] some = {5, 0, 7};
    assertSame(ROWS.moments().selected(some, 2), kept.selected(some, 2));
    assertTrue(kept.selected(some, 2).keepsRows());
  }

  @Test
  void tooManyRowsLeaveTheirSquares() {
    Moments kept = ROWS.gatheredMoments(8);
    assertTrue(kept.factor().isEmpty());
    assertEquals(ROWS.moments().squares(1), kept.squares(1), 1e-12 * kept.squares(1));
  }

  @Test
  void filesHoldRowsInPlaceOfTheScatter() throws IOException {
    Moments kept = ROWS.gatheredMoments(9);
    FoldedMoments folds = FoldedMoments.of(List.of("a", "b"), List.of(kept, Moments.empty(6, 2)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    MomentsFile.write(folds, out);
    byte[] bytes = out.toByteArray();
    assertEquals(bytes.length, MomentsFile.bytes(folds));
    assertEquals(2, bytes[8], "version");
    FoldedMoments back = read(bytes);
    assertEquals(kept, back.fold(0));
    assertEquals(0, back.fold(1).rows());
    assertTrue(back.keepRows());
    assertArrayEquals(
        kept.factor().orElseThrow().data(), back.fold(0).factor().orElseThrow().data());
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    MomentsFile.write(back, again);
    assertArrayEquals(bytes, again.toByteArray());
    back.fold(0).merge(ROWS.gatheredMoments(9));
    assertTrue(back.fold(0).factor().isPresent(), "stored rows may become any number");
    assertNotEquals(kept, back.fold(0));
    for (int at = 0; at < bytes.length; at += 7) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 4;
      assertThrows(IllegalArgumentException.class, () -> read(damaged));
    }
  }

  private static FoldedMoments read(byte[] bytes) throws IOException {
    return MomentsFile.read(new ByteArrayInputStream(bytes), bytes.length);
  }
}

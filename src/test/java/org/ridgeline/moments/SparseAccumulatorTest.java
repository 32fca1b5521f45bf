package org.ridgeline.moments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the same rows with every column stored in full. */
class SparseAccumulatorTest {
  private static final int INPUTS = 40;
  private static final int TARGETS = 2;
  private static final int[] FULL = {0, 1, 20, 39};
  private static final SparseLayout LAYOUT = new SparseLayout(INPUTS, TARGETS, FULL);

  private final SplittableRandom random = new SplittableRandom(1);
  private final SparseAccumulator sparse = new SparseAccumulator(LAYOUT);
  private final MomentsAccumulator dense = new MomentsAccumulator(INPUTS, TARGETS);

  private interface Value {
    double at(int column);
  }

  /** Adds so many rows to both, in blocks. */
  private void add(int rows, Value value, boolean weighted) {
    RowBlock sparseBlock = new RowBlock(16, LAYOUT);
    RowBlock denseBlock = new RowBlock(16, INPUTS + TARGETS);
    for (int i = 0; i < rows; i++) {
      double[] row = new double[INPUTS + TARGETS];
      double[] stored = new double[LAYOUT.stored()];
      for (int j = 0; j < row.length; j++) {
        row[j] = value.at(j);
      }
      for (int j = 0; j < stored.length; j++) {
        stored[j] = row[LAYOUT.column(j)];
      }
      double weight = weighted ? random.nextInt(4) / 2.0 : 1;
      int r = sparseBlock.rows();
      sparseBlock.append(stored, weight);
      sparseBlock.nonzeros().clear(r);
      for (int j = INPUTS - 1; j >= 0; j--) {
        if (row[j] != 0 && LAYOUT.places()[j] < 0) {
          sparseBlock.nonzeros().put(r, j, row[j]);
        }
      }
      denseBlock.append(row, weight);
      if (denseBlock.isFull() || i == rows - 1) {
        sparse.addInPlace(sparseBlock);
        dense.addInPlace(denseBlock);
      }
    }
  }

  private double numberOrNone(int column) {
    boolean isFull = LAYOUT.places()[column] >= 0;
    return isFull
        ? 1e6 + random.nextGaussian()
        : random.nextInt(10) > 0 ? 0 : random.nextGaussian();
  }

  private void assertSame(double tolerance) {
    Moments expected = dense.snapshot();
    Moments actual = sparse.snapshot();
    assertEquals(expected.rows(), actual.rows());
    assertEquals(expected.weightSum(), actual.weightSum());
    for (int j = 0; j < INPUTS + TARGETS; j++) {
      assertEquals(expected.units().level(j), actual.units().level(j), "unit " + j);
      double deviation = Math.sqrt(expected.unitVariance(j));
      assertEquals(expected.unitMean(j), actual.unitMean(j), tolerance * deviation, "mean " + j);
      for (int i = 0; i < INPUTS + TARGETS; i++) {
        double size = Math.sqrt(expected.squares(i) * expected.squares(j));
        assertEquals(expected.products(i, j), actual.products(i, j), tolerance * size, i + "," + j);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void momentsAreThoseOfTheSameRowsInFull(boolean weighted) {
    add(1000, this::numberOrNone, weighted);
    assertSame(1e-13);
    assertTrue(SparseAccumulator.keptDigits(LAYOUT, List.of(sparse.snapshot())));
  }

  @Test
  void columnsInFullOfAnySize() {
    double[] sizes = {1e-200, 1, 1e3, 1e250};
    for (double size : sizes) {
      add(100, j -> (j == 1 ? size : j == 20 ? 1 / size : 1) * numberOrNone(j), false);
    }
    assertSame(1e-12);
  }

  @Test
  void countsOfLevelsAreExact() {
    int[] level = new int[1];
    add(
        9999,
        j -> {
          level[0] = j == 0 ? 2 + random.nextInt(1000) / 990 : level[0];
          return j == level[0] ? 1 : 0;
        },
        false);
    Moments moments = sparse.snapshot();
    long count = Math.round(moments.unitMean(3) * 9999);
    assertEquals(count * (9999.0 - count) / 9999, moments.squares(3));
    assertEquals(-count * (9999.0 - count) / 9999, moments.products(2, 3));
    assertTrue(SparseAccumulator.keptDigits(LAYOUT, List.of(moments)));
  }

  @Test
  void rowsOfZerosAndNoRows() {
    assertEquals(dense.snapshot().rows(), sparse.snapshot().rows());
    add(10, j -> 0, false);
    assertSame(0);
    assertTrue(SparseAccumulator.keptDigits(LAYOUT, List.of(sparse.snapshot())));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-160, 1e-90, 1e90, 1e200})
  void valuesOfExtremeSizeAreNoticed(double size) {
    add(100, j -> (j == 5 ? size : 1) * numberOrNone(j), false);
    assertFalse(SparseAccumulator.keptDigits(LAYOUT, List.of(sparse.snapshot())));
  }

  @Test
  void anAlmostConstantColumnIsNoticed() {
    add(1000, j -> j == 5 ? 1000 + random.nextDouble() : numberOrNone(j), false);
    assertFalse(SparseAccumulator.keptDigits(LAYOUT, List.of(sparse.snapshot())));
  }

  @Test
  void aValueOfTheSameColumnIsReplaced() {
    Nonzeros row = new Nonzeros(1);
    for (int column : new int[] {7, 3, 9, 3, 1, 8, 7}) {
      row.put(0, column, column + row.count(0));
    }
    assertEquals(5, row.count(0));
    Nonzeros copy = new Nonzeros(2);
    copy.set(1, row, 0);
    for (int i = 0; i < 5; i++) {
      assertEquals(new int[] {1, 3, 7, 8, 9}[i], copy.columns(1)[i]);
    }
    assertEquals(3 + 3, copy.values(1)[1]);
  }
}

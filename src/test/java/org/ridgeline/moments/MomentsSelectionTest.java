package org.ridgeline.moments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.ridgeline.Rows;
import org.ridgeline.linalg.Matrix;

class MomentsSelectionTest {
  private static final Rows ROWS =
      Rows.normal(41, 60, 5, 2).mapInput(1, x -> x + 1e8).withRandomWeights(42);

  @Test
  void areThoseOfTheColumnsThemselves() {
    Moments expected = ROWS.selectInputs(3, 1).moments();
    Moments actual = ROWS.moments().selected(new int[] {3, 1, 5, 6}, 2);
    assertEquals(2, actual.inputs());
    assertEquals(2, actual.targets());
    assertEquals(expected.rows(), actual.rows());
    assertEquals(expected.weightSum(), actual.weightSum());
    for (int j = 0; j < 4; j++) {
      assertEquals(0, expected.unitMeanDifference(actual, j), 1e-15);
      for (int i = 0; i < 4; i++) {
        double scale = Math.sqrt(expected.scatter().get(i, i) * expected.scatter().get(j, j));
        assertEquals(expected.scatter().get(i, j), actual.scatter().get(i, j), 1e-14 * scale);
      }
    }
  }

  @Test
  void anInputCanBecomeTheTarget() {
    Moments actual = ROWS.moments().selected(new int[] {6, 0, 4}, 2);
    assertEquals(ROWS.moments().scatter().get(4, 6), actual.scatter().get(2, 0));
    assertEquals(ROWS.moments().mean(4), actual.mean(2));
    assertEquals(1, actual.targets());
  }

  @Test
  void allColumnsAreTheSameBits() {
    assertEquals(ROWS.moments(), ROWS.moments().selected(new int[] {0, 1, 2, 3, 4, 5, 6}, 5));
  }

  @Test
  void factorIsThatOfTheColumns() {
    Moments narrow = ROWS.factoredMoments().selected(new int[] {4, 0, 6}, 2);
    Matrix factor = narrow.factor().orElseThrow();
    for (int i = 0; i < 3; i++) {
      for (int j = i; j < 3; j++) {
        double sum = 0;
        for (int l = 0; l < 3; l++) {
          sum += factor.get(l, i) * factor.get(l, j);
        }
        assertEquals(narrow.scatter().get(i, j), sum, 1e-12 * Math.abs(sum) + 1e-12);
      }
    }
  }

  @Test
  void columnsThatAreNotThereOrTwiceAreRefused() {
    for (int[] columns : new int[][] {{0, 7}, {1, 1}, {-1, 0}}) {
      assertEquals(
          "Cannot select column "
              + (columns[0] < 0 ? -1 : columns[1])
              + " of 7: it is not there, or selected twice",
          assertThrows(IllegalArgumentException.class, () -> ROWS.moments().selected(columns, 1))
              .getMessage());
    }
  }
}

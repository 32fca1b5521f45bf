package org.ridgeline.moments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RowBlockTest {
  @Test
  void rowsAreCopiedInOrder() {
    RowBlock block = new RowBlock(3, 2);
    double[] row = {1, 2};
    block.append(row, 1);
    row[0] = 9;
    block.append(new double[] {0, 3, 4, 0}, 1, 1);
    assertFalse(block.isWeighted());
    int at = block.claimRow(0.5);
    block.values()[at] = 5;
    block.values()[at + 1] = 6;
    assertTrue(block.isFull());
    assertTrue(block.isWeighted());
    assertEquals(0.5, block.weight(2));
    for (int i = 0; i < 6; i++) {
      assertEquals(i + 1, block.values()[i]);
    }
  }

  @Test
  void clearingForgetsRowsAndWeights() {
    RowBlock block = new RowBlock(1, 1);
    block.append(new double[] {1}, 2);
    block.clear();
    assertEquals(0, block.rows());
    assertFalse(block.isWeighted());
    assertFalse(block.isFull());
  }

  @Test
  void aFullBlockRefusesAnotherRow() {
    RowBlock block = new RowBlock(1, 1);
    block.append(new double[] {1}, 1);
    assertEquals(
        "Cannot append to a full block of 1 rows: clear it first",
        refusal(() -> block.claimRow(1)));
    assertEquals(
        "Cannot append to a full block of 1 rows: clear it first",
        refusal(() -> block.append(new double[] {2}, 1)));
    assertEquals(1, block.values()[0]);
  }

  @Test
  void impossibleSizesAreRefused() {
    assertEquals(
        "Cannot make a block of 0 rows x 1 columns: it must have 1 to 2^31 values",
        refusal(() -> new RowBlock(0, 1)));
    assertThrows(IllegalArgumentException.class, () -> new RowBlock(1, 0));
    assertThrows(IllegalArgumentException.class, () -> new RowBlock(100_000, 100_000));
  }

  @Test
  void blocksOfWideRowsAreShorter() {
    assertEquals(256, RowBlock.rowsFor(1));
    assertEquals(256, RowBlock.rowsFor(1000));
    assertEquals(131, RowBlock.rowsFor(2000));
    assertEquals(64, RowBlock.rowsFor(40_000));
  }

  private static String refusal(Runnable action) {
    return assertThrows(IllegalArgumentException.class, action::run).getMessage();
  }
}

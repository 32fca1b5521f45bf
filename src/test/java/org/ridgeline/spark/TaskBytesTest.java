package org.ridgeline.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class TaskBytesTest {
  private static double[] numbers(int count) {
    double[] numbers = new SplittableRandom(1).doubles(count).toArray();
    numbers[0] = Double.NaN;
    numbers[1] = -0.0;
    numbers[2] = Double.MIN_VALUE;
    return numbers;
  }

  @Test
  void numbersComeBackAsTheyWere() {
    double[] numbers = numbers(1_000);
    double[][] nested = {numbers, {}};
    double[][] back = TaskBytes.read(TaskBytes.of(nested), double[][].class);
    assertArrayEquals(numbers, back[0]);
    assertEquals(0, back[1].length);
  }

  @Test
  void aDoubleTakesEightBytes() {
    int bytes = TaskBytes.of(numbers(100_000)).length;
    assertTrue(bytes >= 800_000 && bytes < 800_400, bytes + " bytes");
  }

  @Test
  void otherClassesAreRefused() {
    byte[] sent = TaskBytes.of(new ArrayList<>(List.of(new File("x"))));
    UncheckedIOException refused =
        assertThrows(UncheckedIOException.class, () -> TaskBytes.read(sent, Object.class));
    assertTrue(refused.getMessage().contains("REJECTED"), refused.getMessage());
  }

  @Test
  void everyFlippedBitIsNoticed() {
    byte[] sent = TaskBytes.of(numbers(100));
    for (int bit = 0; bit < Byte.SIZE * sent.length; bit++) {
      byte[] damaged = sent.clone();
      damaged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      assertThrows(
          IllegalStateException.class, () -> TaskBytes.read(damaged, double[].class), "bit " + bit);
    }
  }
}

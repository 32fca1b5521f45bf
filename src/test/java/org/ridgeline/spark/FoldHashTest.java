package org.ridgeline.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class FoldHashTest {
  /** Pearson's statistic against equal folds. */
  private static double chiSquare(int[] counts) {
    double n = Arrays.stream(counts).sum();
    double expected = n / counts.length;
    double sum = 0;
    for (int count : counts) {
      sum += (count - expected) * (count - expected) / expected;
    }
    return sum;
  }

  @Test
  void foldsOfRandomRowsAreEvenlyFilled() {
    SplittableRandom random = new SplittableRandom(11);
    FoldHash hash = new FoldHash(3, 7);
    int[] counts = new int[10];
    double[] row = new double[7];
    for (int i = 0; i < 100_000; i++) {
      Arrays.setAll(row, j -> random.nextGaussian());
      counts[FoldHash.fold(hash.part(row, 0, 7, 0), 10)]++;
    }
    assertTrue(chiSquare(counts) < 33.7, "1 in 10,000 for 9 degrees of freedom");
  }

  @Test
  void foldsOfSmallWholeNumbersAreEvenlyFilled() {
    FoldHash hash = new FoldHash(0, 2);
    int[] counts = new int[5];
    for (int i = 0; i < 1000; i++) {
      for (int j = 0; j < 100; j++) {
        counts[FoldHash.fold(hash.part(new double[] {i, j}, 0, 2, 0), 5)]++;
      }
    }
    assertTrue(chiSquare(counts) < 23.5, "1 in 10,000 for 4 degrees of freedom");
  }

  @Test
  void wordsOfTextsAreEvenlyDealt() {
    FoldHash hash = new FoldHash(1, 1);
    int[] counts = new int[5];
    Set<Long> words = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      long word = FoldHash.word(("customer-" + i).getBytes(StandardCharsets.UTF_8));
      words.add(word);
      counts[FoldHash.fold(hash.part(new long[] {word}, 1, 0), 5)]++;
    }
    assertEquals(20_000, words.size());
    assertTrue(chiSquare(counts) < 23.5);
  }

  @Test
  void negativeZeroIsZero() {
    assertEquals(FoldHash.word(0.0), FoldHash.word(-0.0));
    assertNotEquals(FoldHash.word(1.0), FoldHash.word(-1.0));
  }

  @Test
  void wordsAndDoublesHashAlike() {
    FoldHash hash = new FoldHash(5, 9);
    double[] values = {1, -2, 0.5, 1e300, 3};
    long[] words = Arrays.stream(values).mapToLong(FoldHash::word).toArray();
    assertEquals(hash.part(words, 5, 2), hash.part(values, 0, 5, 2));
  }

  @Test
  void orderAndSeedMatter() {
    FoldHash hash = new FoldHash(5, 2);
    long ab = hash.part(new double[] {1, 2}, 0, 2, 0);
    assertNotEquals(ab, hash.part(new double[] {2, 1}, 0, 2, 0));
    assertNotEquals(ab, new FoldHash(6, 2).part(new double[] {1, 2}, 0, 2, 0));
  }
}

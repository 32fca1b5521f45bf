package org.ridgeline.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.function.IntFunction;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

/** What numbers in another writing are in one column, they need not be in another. */
class WrittenNumbersTest {
  private static final int CELLS = 400;

  private static Map<NumberWriting, Long> counts(IntFunction<String> cells) {
    WrittenNumbers all = new WrittenNumbers();
    WrittenNumbers part = new WrittenNumbers();
    for (int i = 0; i < CELLS; i++) {
      UTF8String cell = UTF8String.fromString(cells.apply(i));
      if (CellShape.of(cell) == CellShape.TEXT) {
        part.add(cell);
      } else {
        part.addWhole(cell);
      }
      if (i % 7 == 0) {
        all.merge(part);
        part = new WrittenNumbers();
      }
    }
    all.merge(part);
    return all.counts();
  }

  private static String phone(int i) {
    return String.format("6%02d %03d %03d", i % 100, i * 7 % 1000, i * 13 % 1000);
  }

  private static String grouped(int amount) {
    return amount < 1000 ? "" + amount : String.format("%d %03d", amount / 1000, amount % 1000);
  }

  @Test
  void groupsOfOneLengthAreNoAmounts() {
    assertEquals(Map.of(), counts(WrittenNumbersTest::phone));
    assertEquals(Map.of(), counts(i -> phone(i).substring(0, 7)));
    assertEquals(Map.of(), counts(i -> i % 200 == 0 ? "0" : phone(i)));
  }

  @Test
  void groupsOfSeveralLengthsAreAmounts() {
    assertEquals(Map.of(NumberWriting.BLANKS, (long) CELLS), counts(i -> grouped(1_000 + 100 * i)));
    assertEquals(
        Map.of(NumberWriting.BLANKS, CELLS * 9L / 10),
        counts(i -> i % 10 == 0 ? "950" : grouped(1_000 + i)));
    assertEquals(
        Map.of(NumberWriting.BLANKS, (long) CELLS), counts(i -> grouped(1_000 + i) + ".50"));
    assertEquals(
        Map.of(NumberWriting.BLANKS, (long) CELLS),
        counts(i -> grouped(1_000 + i).replace(' ', '\'')));
    assertEquals(
        Map.of(NumberWriting.COMMA, (long) CELLS), counts(i -> grouped(1_000 + i) + ",50"));
  }

  @Test
  void commasInListsAreNoDecimals() {
    assertEquals(Map.of(), counts(i -> i % 9 == 0 ? "4,12,7,31" : i % 30 + "," + i % 17));
    assertEquals(
        Map.of(NumberWriting.COMMA, CELLS - 2L),
        counts(i -> i % 200 == 0 ? "4,12,7,31" : i % 30 + "," + i % 17));
    assertEquals(Map.of(NumberWriting.COMMA, (long) CELLS), counts(i -> "1," + i + "5"));
  }
}

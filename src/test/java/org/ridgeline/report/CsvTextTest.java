package org.ridgeline.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CsvTextTest {
  private static String text(CsvText csv) {
    return new String(csv.bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void fieldsAreQuotedWhereTheyMustBe() {
    assertEquals(
        "a,\"b,c\",\"d\"\"e\",\"f\ng\",\" h\",\n",
        text(new CsvText().texts(List.of("a", "b,c", "d\"e", "f\ng", " h", "")).end()));
  }

  @Test
  void whatIsNotFiniteIsEmpty() {
    assertEquals(
        "1.5,,,\ntrue,,\n",
        text(
            new CsvText()
                .number(1.5)
                .number(Double.NaN)
                .number(Double.POSITIVE_INFINITY)
                .empty(1)
                .end()
                .flag(true)
                .empty(2)
                .end()));
  }

  @Test
  void decimalsAreShortAndReadBackExactly() {
    assertEquals("0.002", CsvText.decimal(2e-3));
    assertEquals("2.2250738585072014E-308", CsvText.decimal(Double.MIN_NORMAL));
    assertEquals("2.0E-323", CsvText.decimal(2e-323));
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 1000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        assertEquals(value, Double.parseDouble(CsvText.decimal(value)), 0.0, "seed 1");
      }
    }
  }
}

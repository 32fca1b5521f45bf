package org.ridgeline.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberWritingTest {
  private static Optional<NumberWriting> of(String cell) {
    return NumberWriting.of(UTF8String.fromString(cell));
  }

  @ParameterizedTest
  @CsvSource({
    "'1,5',COMMA",
    "'-1,5e-3',COMMA",
    "'1.234,5',COMMA",
    "'1,234,567.25',COMMA",
    "'-12,34,567',COMMA",
    "'+1 234,50',COMMA",
    "'\u22121,5',COMMA",
    "'12,5 %',COMMA",
    "\u22127,MINUS",
    "\u20132.5e3,MINUS",
    "1 234 567.5,BLANKS",
    "-1\u2019234,BLANKS",
    "1\u202f234,BLANKS",
    "2.5\u00a0,BLANKS",
    "12%,PERCENT",
    "-0.5\u00a0%,PERCENT",
  })
  void oneThingPutRightMakesANumber(String cell, NumberWriting expected) {
    assertEquals(Optional.of(expected), of(cell));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1.5",
        "007",
        "-",
        "%",
        ",",
        "a,5",
        "1,",
        ",,1",
        "1 2",
        "12 34",
        "030 1234567",
        "1 2345",
        "2026-01-31",
        "10:30 5",
        "31/12",
        "\u2212",
        "1\u20132",
        "1 234 a",
        "\u00e9",
        "1 %%",
        "--1,5",
        "29,10,27,2",
        "1,2,3",
        "+48 690 747 764"
      })
  void otherTextsAreTexts(String cell) {
    assertEquals(Optional.empty(), of(cell));
  }
}

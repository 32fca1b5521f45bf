package org.ridgeline.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellShapeTest {
  private static CellShape shape(String cell) {
    return CellShape.of(UTF8String.fromString(cell));
  }

  @ParameterizedTest
  @CsvSource({
    "0,SHORT",
    "-0,SHORT",
    "+7,SHORT",
    "999999999,SHORT",
    "1000000000,LONG",
    "-1000000000,LONG",
    "9223372036854775807,LONG",
    "-9223372036854775808,LONG",
    "9223372036854775808,BIG",
    "1.,FRACTION",
    ".5,FRACTION",
    "0.5,FRACTION",
    "-1e5,FRACTION",
    "1E-05,FRACTION",
    "1.5e+300,FRACTION",
    "00.5,FRACTION",
    "' 1',FRACTION",
    "'1 ',FRACTION",
    "01e2,FRACTION",
    "007,CODE",
    "-01,CODE",
    "00,CODE",
    "' 01',CODE",
    "1D,TEXT",
    "2F,TEXT",
    "1e5f,TEXT",
    "0x1A,TEXT",
    "NaN,TEXT",
    "Infinity,TEXT",
    "-Inf,TEXT",
    "'',TEXT",
    "' ',TEXT",
    "-,TEXT",
    "+,TEXT",
    ".,TEXT",
    "e5,TEXT",
    ".e5,TEXT",
    "1e,TEXT",
    "1e+,TEXT",
    "1.2.3,TEXT",
    "1 2,TEXT",
    "--1,TEXT",
    "1_000,TEXT",
    "'1,5',TEXT",
    "\u0663,TEXT",
    "NA,TEXT"
  })
  void onlyDecimalNumbersAreNumbers(String cell, CellShape expected) {
    assertEquals(expected, shape(cell));
  }

  @ParameterizedTest
  @CsvSource({
    "01,1",
    "1.0,1",
    "1e3,1000",
    "-0,0",
    "' 7 ',7",
    "1.5,",
    "1A,",
    "9223372036854775808,"
  })
  void wholeNumbersAreReadFromTheirTexts(String text, Long expected) {
    assertEquals(Optional.ofNullable(expected), CellShape.wholeNumber(UTF8String.fromString(text)));
  }
}

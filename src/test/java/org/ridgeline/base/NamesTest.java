package org.ridgeline.base;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
  @ParameterizedTest
  @CsvSource({
    "prise, price",
    "PRICE, price",
    "'price ', price",
    "y, 'y '",
    "yy, 'y '",
    "x, ''",
    "zzz, ''",
    "c01, c1",
    "'', ''"
  })
  void nearestSharesLettersWithTheName(String name, String nearest) {
    assertEquals(
        Optional.of(nearest).filter(near -> !near.isEmpty()),
        Names.nearest(List.of("price", "y ", "c1"), name));
  }

  @Test
  void theLastOfManyIsNamed() {
    assertEquals("\"a\", \"b\", \"c\"", Names.listed(List.of("a", "b", "c"), 2));
    assertEquals("\"a\", \"b\", 1 more and \"d\"", Names.listed(List.of("a", "b", "c", "d"), 2));
    List<String> columns = IntStream.range(0, 100).mapToObj(j -> "column " + j).toList();
    String told = Names.suggestion(columns, "y");
    assertEquals("the columns are \"column 0\",", told.substring(0, 27));
    assertEquals("\"column 19\", 79 more and \"column 99\"", told.substring(told.length() - 36));
  }
}

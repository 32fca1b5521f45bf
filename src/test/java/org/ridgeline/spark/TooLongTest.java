package org.ridgeline.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.StringReader;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TooLongTest {
  /** A JVM that has thrown an exception often throws one without message and trace. */
  @Test
  void aRowOfTooManyColumnsIsToldFromALongCellWithoutTheMessageOfTheJvm() {
    Map<String, Boolean> isRow =
        Map.of(
            "1,2,3,4\n",
            true,
            "1,2,\"3\",\"4\"\n",
            true,
            "1,22222,3\n",
            false,
            "1,2,33333\n",
            false);
    CsvParserSettings settings = new CsvParserSettings();
    settings.setMaxColumns(3);
    settings.setMaxCharsPerColumn(4);
    isRow.forEach(
        (text, expected) -> {
          CsvParser parser = new CsvParser(settings);
          parser.beginParsing(new StringReader(text));
          assertThrows(TextParsingException.class, parser::parseNext);
          TextParsingException silent =
              new TextParsingException(
                  parser.getContext(), "" + settings, new ArrayIndexOutOfBoundsException());
          assertEquals(expected, TooLong.isRow(silent, 3), text);
          String told = TooLong.refusal("x.csv", silent, silent).getMessage();
          assertEquals(expected, told.startsWith("x.csv has more than 3 columns"), told);
          assertEquals(!expected, told.startsWith("a cell of x.csv is too long"), told);
        });
  }
}

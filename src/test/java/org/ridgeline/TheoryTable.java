package org.ridgeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A table of {@code src/test/resources/theory}: numbers below a line of names. */
public final class TheoryTable {
  private TheoryTable() {}

  /** Returns the rows of a table. */
  public static List<double[]> rows(String name) throws IOException {
    List<double[]> rows = new ArrayList<>();
    Path file = Path.of("src/test/resources/theory", name + ".csv");
    for (String line : Files.readAllLines(file).subList(1, Files.readAllLines(file).size())) {
      rows.add(Stream.of(line.split(",")).mapToDouble(Double::parseDouble).toArray());
    }
    return rows;
  }
}

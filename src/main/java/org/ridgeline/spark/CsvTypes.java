package org.ridgeline.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.csv.CSVInferSchema;
import org.apache.spark.sql.catalyst.csv.CSVOptions;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The pass that finds the types of the columns of CSV files from all their cells: a {@link
 * CellTally} for each. Rows that do not fit the header are counted and otherwise left out.
 */
final class CsvTypes implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN = 200; // characters of a cell

  private final ArrayList<CellTally> columns = new ArrayList<>();
  private long rows;
  private long malformed;
  private CellPlace firstMalformed; // null: there is none

  private CsvTypes(int columns) {
    for (int i = 0; i < columns; i++) {
      this.columns.add(new CellTally());
    }
  }

  /**
   * Reads all rows once.
   *
   * @param rows the texts of the columns, then the malformed row
   * @param declared words that the user has declared to be numbers
   * @param quotes what quotes around a cell mean
   */
  static CsvTypes of(
      JavaRDD<InternalRow> rows,
      int columns,
      CSVOptions options,
      Set<String> declared,
      Quotes quotes) {
    ArrayList<UTF8String> words = new ArrayList<>();
    declared.forEach(word -> words.add(UTF8String.fromString(word)));
    CSVInferSchema types = new CSVInferSchema(options);
    return rows.mapPartitionsWithIndex(
            (partition, iterator) ->
                List.of(
                        new CsvTypes(columns)
                            .addAll(new Reading(partition, types, words, quotes), iterator))
                    .iterator(),
            true)
        .fold(new CsvTypes(columns), (a, b) -> a.merge(b, types));
  }

  /** What quotes around a cell mean. */
  enum Quotes {
    /** Nothing: they are part of the cell. */
    PART,
    /** That the cell is a text, also where it looks like a number, as in JSON. */
    TEXT
  }

  /** Where the rows of a partition have come to. */
  private static final class Reading {
    private final int partition;
    private final CSVInferSchema types;
    private final List<UTF8String> declared;
    private final Quotes quotes;
    private String file = "";
    private long start;
    private long rowOfBlock;
    private long row;

    Reading(int partition, CSVInferSchema types, List<UTF8String> declared, Quotes quotes) {
      this.quotes = quotes;
      this.partition = partition;
      this.types = types;
      this.declared = declared;
    }

    boolean isQuoted(UTF8String cell) {
      return quotes == Quotes.TEXT && cell.numBytes() > 1 && cell.getByte(0) == '"';
    }

    void next() {
      String path = InputFileBlockHolder.getInputFilePath().toString();
      long from = InputFileBlockHolder.getStartOffset();
      if (from != start || !path.equals(file)) {
        file = path;
        start = from;
        rowOfBlock = 0;
      }
      row++;
      rowOfBlock++;
    }

    CellPlace place(UTF8String cell) {
      String where =
          start <= 0
              ? "row " + rowOfBlock + " of " + file
              : "row " + rowOfBlock + " after byte " + start + " of " + file;
      return new CellPlace(partition, row, where, cell.substring(0, SHOWN).toString());
    }
  }

  private CsvTypes addAll(Reading at, Iterator<InternalRow> iterator) {
    while (iterator.hasNext()) {
      InternalRow row = iterator.next();
      at.next();
      rows++;
      if (row.isNullAt(columns.size())) {
        add(row, at);
      } else {
        malformed++;
        if (firstMalformed == null) {
          firstMalformed = at.place(row.getUTF8String(columns.size()));
        }
      }
    }
    return this;
  }

  private void add(InternalRow row, Reading at) {
    for (int i = 0; i < columns.size(); i++) {
      if (row.isNullAt(i)) {
        continue;
      }
      UTF8String cell = row.getUTF8String(i);
      CellTally tally = columns.get(i);
      if (at.isQuoted(cell)) {
        UTF8String text = cell.substring(1, cell.numChars() - 1);
        tally.addQuoted(text, () -> at.place(text), at.types);
      } else if (at.declared.contains(cell)) {
        tally.addFraction();
      } else if (!tally.addNumber(cell)) {
        tally.addOther(cell, () -> at.place(cell), at.types);
      }
    }
  }

  private CsvTypes merge(CsvTypes other, CSVInferSchema types) {
    rows += other.rows;
    malformed += other.malformed;
    if (firstMalformed == null
        || (other.firstMalformed != null && other.firstMalformed.isBefore(firstMalformed))) {
      firstMalformed = other.firstMalformed;
    }
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).merge(other.columns.get(i), types);
    }
    return this;
  }

  /** The cells of column {@code i}. */
  CellTally column(int i) {
    return columns.get(i);
  }

  /** The number of rows. */
  long rows() {
    return rows;
  }

  /** Whether no row fits the header. */
  boolean isAllMalformed() {
    return rows > 0 && malformed == rows;
  }

  /** The first row that does not fit the header; only when there is one. */
  CellPlace firstMalformed() {
    return firstMalformed;
  }
}

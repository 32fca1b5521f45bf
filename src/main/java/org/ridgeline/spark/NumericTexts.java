package org.ridgeline.spark;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.csv.CSVOptions;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Text columns, in formats that have types, whose cells are numbers but for a few: the rule of
 * {@link CellTally} is that of CSV. Such a column is marked as a {@link NearNumber}. One whose
 * cells are all decimal numbers is marked, too, if there is a fraction among them; whole numbers
 * that the data keep as text may be codes. Texts of JSON count as texts among numbers; where there
 * is nothing else in a column, what is in the quotes counts. One without values is marked as an
 * {@link EmptyColumn}.
 *
 * <p>{@link PeekedCells} tell which columns may have numbers at all; one pass reads those.
 */
final class NumericTexts {
  private NumericTexts() {}

  /** Where the cells of some columns come from, as texts. */
  interface Cells {
    /** The texts of these columns, in this order; a text of JSON is in quotes. */
    org.apache.spark.sql.Dataset<Row> of(List<String> columns);
  }

  /**
   * Marks the columns that are nearly numeric.
   *
   * @param texts columns that are text whatever their cells are
   * @param cells their cells; null: those of {@code rows}
   */
  static org.apache.spark.sql.Dataset<Row> mark(
      org.apache.spark.sql.Dataset<Row> rows, Set<String> texts, Cells cells) {
    List<String> columns = withNumbers(rows, candidates(rows.schema(), texts));
    if (columns.isEmpty()) {
      return rows;
    }
    org.apache.spark.sql.Dataset<Row> all =
        cells == null ? SelectedRows.of(rows, columns) : cells.of(columns);
    CsvTypes types =
        CsvTypes.of(
            SelectedRows.classic(all.withColumn("", functions.lit(null).cast("string")))
                .queryExecution()
                .toRdd()
                .toJavaRDD(),
            columns.size(),
            new CSVOptions(
                new scala.collection.immutable.HashMap<>(),
                false,
                rows.sparkSession().conf().get("spark.sql.session.timeZone")),
            Set.of(),
            cells == null ? CsvTypes.Quotes.PART : CsvTypes.Quotes.TEXT);
    Map<String, Metadata> marks = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      String column = columns.get(i);
      CellTally tally = types.column(i);
      tally
          .nearNumberOfTexts()
          .map(near -> near.withoutNullValue().metadata())
          .or(() -> tally.empty().filter(e -> e.word().isEmpty()).map(EmptyColumn::metadata))
          .ifPresent(mark -> marks.put(column, mark));
    }
    return marks.isEmpty() ? rows : SelectedRows.marked(rows, marks);
  }

  private static List<String> candidates(StructType schema, Set<String> texts) {
    List<String> names = new ArrayList<>();
    for (StructField field : MalformedColumn.without(schema).fields()) {
      if (field.dataType() instanceof StringType && !texts.contains(field.name())) {
        names.add(field.name());
      }
    }
    return names;
  }

  /** The columns that may have numbers, as some of their rows tell. */
  private static List<String> withNumbers(
      org.apache.spark.sql.Dataset<Row> rows, List<String> columns) {
    if (columns.isEmpty()) {
      return List.of();
    }
    BitSet found =
        PeekedCells.mayHaveNumbers(
            SelectedRows.of(rows, columns).queryExecution().toRdd().toJavaRDD(), columns.size());
    return found.stream().mapToObj(columns::get).toList();
  }
}

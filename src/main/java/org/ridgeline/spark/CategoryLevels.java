package org.ridgeline.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Names;

/** The distinct values of categorical columns, sorted: numbers as numbers, texts as texts. */
final class CategoryLevels {
  private static final int MOST_LEVELS = 10_000;

  private CategoryLevels() {}

  /**
   * The levels of each column, by its name, in one pre-pass. Nulls are no level. A column with too
   * many is found out without bringing them all to the driver.
   */
  static Map<String, List<String>> of(Dataset<Row> rows, List<String> names, PassMeter meter) {
    if (names.isEmpty()) {
      return Map.of();
    }
    return meter.prePass("levels of categorical columns", () -> read(rows, names));
  }

  private static Map<String, List<String>> read(Dataset<Row> rows, List<String> names) {
    Dataset<Row> wanted = hasData(rows, names) ? MalformedColumn.wellFormed(rows) : rows;
    Dataset<Row> selected = SelectedRows.of(wanted, names);
    StructField[] fields = selected.schema().fields();
    for (StructField field : fields) {
      ColumnType.levelType(field);
    }
    int columns = names.size();
    Seen seen =
        selected
            .toJavaRDD()
            .mapPartitions(partition -> List.of(new Seen(columns).addAll(partition)).iterator())
            .fold(new Seen(columns), Seen::merge);
    Map<String, List<String>> result = new HashMap<>();
    for (int i = 0; i < columns; i++) {
      result.put(names.get(i), sorted(names.get(i), seen.values.get(i), fields[i].dataType()));
    }
    return result;
  }

  /** Whether one of the columns is in the files; Spark cannot read only whether a row is good. */
  private static boolean hasData(Dataset<Row> rows, List<String> names) {
    return InputSplits.files(SelectedRows.classic(rows).queryExecution().analyzed()).stream()
        .noneMatch(files -> Arrays.asList(files.partitionSchema().fieldNames()).containsAll(names));
  }

  /** The different values of some columns, up to one more than there may be. */
  private static final class Seen implements Serializable {
    private static final long serialVersionUID = 1L;
    private final ArrayList<HashSet<Object>> values = new ArrayList<>();

    Seen(int columns) {
      for (int i = 0; i < columns; i++) {
        values.add(new HashSet<>());
      }
    }

    Seen addAll(Iterator<Row> rows) {
      while (rows.hasNext()) {
        Row row = rows.next();
        for (int i = 0; i < values.size(); i++) {
          add(i, row.get(i));
        }
      }
      return this;
    }

    Seen merge(Seen other) {
      for (int i = 0; i < values.size(); i++) {
        for (Object value : other.values.get(i)) {
          add(i, value);
        }
      }
      return this;
    }

    private void add(int i, Object value) {
      if (value != null && values.get(i).size() <= MOST_LEVELS) {
        values.get(i).add(value);
      }
    }
  }

  private static List<String> sorted(String name, Set<Object> values, DataType type) {
    if (values.isEmpty()) {
      throw new DataException(
          String.format("the categorical column %s has no values", Names.quoted(name)));
    }
    if (values.size() > MOST_LEVELS) {
      throw new DataException(
          String.format(
              "the categorical column %s has more than %d levels; is it an id?",
              Names.quoted(name), MOST_LEVELS));
    }
    boolean isNumber = !(type instanceof StringType) && values.iterator().next() instanceof Number;
    Comparator<String> order =
        isNumber ? Comparator.comparingLong(Long::parseLong) : Comparator.naturalOrder();
    TreeSet<String> texts = new TreeSet<>(order);
    values.forEach(value -> texts.add(value.toString()));
    return new ArrayList<>(texts);
  }
}

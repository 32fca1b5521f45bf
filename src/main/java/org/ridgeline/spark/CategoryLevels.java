package org.ridgeline.spark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;

/** The distinct values of categorical columns, sorted: numbers as numbers, texts as texts. */
final class CategoryLevels {
  private static final int MOST_LEVELS = 10_000;

  private CategoryLevels() {}

  /** The levels of each column, by its name, in one pre-pass. Nulls are no level. */
  static Map<String, List<String>> of(Dataset<Row> rows, List<String> names, PassMeter meter) {
    if (names.isEmpty()) {
      return Map.of();
    }
    return meter.prePass("levels of categorical columns", () -> read(rows, names));
  }

  private static Map<String, List<String>> read(Dataset<Row> rows, List<String> names) {
    Dataset<Row> selected = SelectedRows.of(rows, names);
    for (StructField field : selected.schema().fields()) {
      DesignBuilder.requireCategory(field);
    }
    List<String> aliases = new ArrayList<>();
    List<org.apache.spark.sql.Column> sets = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      aliases.add("c" + i);
      sets.add(functions.collect_set(functions.col("c" + i)));
    }
    StructField[] fields = selected.schema().fields();
    Row levels =
        selected
            .toDF(aliases.toArray(new String[0]))
            .agg(
                sets.get(0),
                sets.subList(1, sets.size()).toArray(new org.apache.spark.sql.Column[0]))
            .head();
    Map<String, List<String>> result = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      result.put(names.get(i), sorted(names.get(i), levels.getList(i), fields[i].dataType()));
    }
    return result;
  }

  private static List<String> sorted(String name, List<?> values, DataType type) {
    if (values.isEmpty()) {
      throw new DataException(
          String.format("the categorical column %s has no values", Names.quoted(name)));
    }
    if (values.size() > MOST_LEVELS) {
      throw new DataException(
          String.format(
              "the categorical column %s has %d levels, more than %d; is it an id?",
              Names.quoted(name), values.size(), MOST_LEVELS));
    }
    boolean isNumber = !(type instanceof StringType) && values.get(0) instanceof Number;
    Comparator<String> order =
        isNumber ? Comparator.comparingLong(Long::parseLong) : Comparator.naturalOrder();
    TreeSet<String> texts = new TreeSet<>(order);
    values.forEach(value -> texts.add(value.toString()));
    return new ArrayList<>(texts);
  }
}

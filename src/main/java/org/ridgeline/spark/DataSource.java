package org.ridgeline.spark;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Explanation;
import org.ridgeline.base.Names;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;
import org.ridgeline.dataset.ReadSpec;

/** Opens a {@link ReadSpec}. A schema that has to be inferred counts as a pre-pass. */
public final class DataSource {
  private DataSource() {}

  /**
   * The rows of {@code source}, not read yet.
   *
   * @throws DataException when the path is not there or cannot be read in this format, or the
   *     condition is not SQL
   */
  public static Dataset<Row> read(SparkSession session, ReadSpec source, PassMeter meter) {
    Dataset<Row> rows = meter.prePass("schema of the input", () -> open(session, source));
    if (source.where().isEmpty()) {
      return rows;
    }
    String condition = source.where().get();
    return SparkCall.run(
        "cannot apply the condition " + Names.quoted(condition), () -> rows.where(condition));
  }

  /**
   * The rows of {@code source} as if they had this schema: nothing is looked at but the list of
   * files, so rows must not be read from it.
   *
   * @throws DataException when the path is not there
   */
  public static Dataset<Row> unread(SparkSession session, ReadSpec source, StructType schema) {
    return SparkCall.run(
        "cannot read " + Names.quoted(source.path()),
        () ->
            session
                .read()
                .format(source.resolvedFormat())
                .options(options(source))
                .schema(schema)
                .load(source.path()));
  }

  /** What cannot be read in a guessed format may be of another. */
  private static Dataset<Row> open(SparkSession session, ReadSpec source) {
    try {
      return load(session, source);
    } catch (DataException refused) {
      throw source.isGuess()
          ? new DataException(
              Explanation.of(
                  refused.explanation().sentence(),
                  Remedy.of("if it is of another format, name that with %s", Option.FORMAT)),
              refused)
          : refused;
    }
  }

  private static Dataset<Row> load(SparkSession session, ReadSpec source) {
    Map<String, String> options = options(source);
    return SparkCall.open(
        String.format("cannot read %s as %s", Names.quoted(source.path()), source.resolvedFormat()),
        () -> {
          Dataset<Row> rows =
              session.read().format(source.resolvedFormat()).options(options).load(source.path());
          if (source.resolvedFormat().equals("csv")) {
            checkHeader(session, source, options, rows.schema().fieldNames());
          }
          if (isText(rows.schema()) && rows.isEmpty()) {
            throw new DataException(
                String.format("there are no rows in %s", Names.quoted(source.path())));
          }
          return rows;
        });
  }

  /** The user's options over ours; keys are compared without case, as Spark does. */
  private static Map<String, String> options(ReadSpec source) {
    Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    if (source.resolvedFormat().equals("csv")) {
      options.put("header", "true");
      options.put("inferSchema", "true");
      options.put("escape", "\""); // quotes are doubled, as R, pandas and RFC 4180 have it
      if (source.isTabSeparated()) {
        options.put("sep", "\t");
      }
    }
    source.options().forEach(options::put);
    return options;
  }

  /**
   * Spark renames columns of one name to {@code x0}, {@code x3}, their name and position. Where the
   * names could come from that, the header is looked at as it is in the file.
   */
  private static void checkHeader(
      SparkSession session, ReadSpec source, Map<String, String> options, String[] names) {
    if (!Boolean.parseBoolean(options.get("header")) || !looksRenamed(names)) {
      return;
    }
    Map<String, String> plain = new HashMap<>(options);
    plain.put("header", "false");
    plain.put("inferSchema", "false");
    List<Row> first = session.read().options(plain).csv(source.path()).takeAsList(1);
    Set<String> seen = new HashSet<>();
    for (int i = 0; !first.isEmpty() && i < first.get(0).length(); i++) {
      String name = first.get(0).isNullAt(i) ? "" : first.get(0).getString(i);
      if (!name.isEmpty() && !seen.add(name)) {
        throw new DataException(
            String.format(
                "there are two columns named %s in %s; rename one, column names must differ",
                Names.quoted(name), Names.quoted(source.path())));
      }
    }
  }

  /** Whether no column has a type of its own, which is what is inferred where there are no rows. */
  private static boolean isText(StructType schema) {
    return Arrays.stream(schema.fields()).allMatch(f -> f.dataType() instanceof StringType);
  }

  private static boolean looksRenamed(String[] names) {
    Set<String> bases = new HashSet<>();
    for (int i = 0; i < names.length; i++) {
      String position = Integer.toString(i);
      if (names[i].endsWith(position)) {
        String base = names[i].substring(0, names[i].length() - position.length());
        if (!bases.add(base.toLowerCase(Locale.ROOT))) {
          return true;
        }
      }
    }
    return false;
  }
}

package org.ridgeline.spark;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Explanation;
import org.ridgeline.base.Names;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;
import org.ridgeline.dataset.InputColumn;
import org.ridgeline.dataset.ReadSpec;

/** Opens a {@link ReadSpec}. A schema that has to be inferred counts as a pre-pass. */
public final class DataSource {
  private static final Map<String, String> LIBRARIES =
      Map.of(
          "delta", "io.delta:delta-spark_2.13",
          "iceberg", "org.apache.iceberg:iceberg-spark-runtime",
          "hudi", "org.apache.hudi:hudi-spark-bundle_2.13",
          "avro", "org.apache.spark:spark-avro_2.13");

  private DataSource() {}

  /**
   * The rows of {@code source}, not read yet.
   *
   * @throws DataException when the path is not there or cannot be read in this format, or the
   *     condition is not SQL
   */
  public static Dataset<Row> read(SparkSession session, ReadSpec source, PassMeter meter) {
    return read(session, source, List.of(), meter);
  }

  /**
   * The same for a model: what the files leave open is as the model has it. A column that is text
   * to the model is read as text, and vectors have its length.
   *
   * @param inputs the columns of the model
   * @throws DataException when the path is not there or cannot be read in this format, or the
   *     condition is not SQL
   */
  public static Dataset<Row> read(
      SparkSession session, ReadSpec source, List<InputColumn> inputs, PassMeter meter) {
    Dataset<Row> rows = meter.prePass("schema of the input", () -> open(session, source, inputs));
    if (source.where().isEmpty()) {
      return rows;
    }
    String condition = source.where().get();
    return SparkCall.run(
        "cannot apply the condition " + Names.quoted(condition), () -> where(rows, condition));
  }

  /** No condition says anything about a row that could not be taken apart. */
  private static Dataset<Row> where(Dataset<Row> rows, String condition) {
    return MalformedColumn.of(rows.schema())
        .map(name -> rows.where(functions.expr(condition).or(rows.col(name).isNotNull())))
        .orElseGet(() -> rows.where(condition));
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
        () -> {
          InputPlace place = InputPlace.of(session, source);
          return session
              .read()
              .format(place.format())
              .options(options(source, place, List.of()))
              .schema(schema)
              .load(place.loaded());
        });
  }

  /** What cannot be read in a guessed format may be of another. */
  private static Dataset<Row> open(
      SparkSession session, ReadSpec source, List<InputColumn> inputs) {
    InputPlace place = InputPlace.of(session, source);
    ReaderOptions given = ReaderOptions.of(session, place, source.options());
    given.check();
    try {
      Dataset<Row> rows = load(session, source, place, inputs);
      return PartitionValues.areTexts(rows, textColumns(inputs))
          ? PartitionValues.asTexts(session).during(() -> load(session, source, place, inputs))
          : rows;
    } catch (DataException refused) {
      given.blame();
      boolean isGuess = source.isGuess() && place.format().equals(source.resolvedFormat());
      throw isGuess
          ? new DataException(
              Explanation.of(
                  refused.explanation().sentence(),
                  Remedy.of("if it is of another format, name that with %s", Option.FORMAT)),
              refused)
          : refused;
    }
  }

  private static Dataset<Row> load(
      SparkSession session, ReadSpec source, InputPlace place, List<InputColumn> inputs) {
    Map<String, String> options = options(source, place, inputs);
    return SparkCall.open(
        String.format("cannot read %s as %s", Names.quoted(source.path()), place.format()),
        () -> {
          if (place.format().equals("csv")) {
            Dataset<Row> rows =
                CsvInput.open(SelectedRows.session(session), place, options, textColumns(inputs));
            ListedFiles.requireAllRead(rows);
            return rows;
          }
          if (place.format().equals("json")) {
            return JsonInput.open(
                SelectedRows.session(session), place, options, textColumns(inputs));
          }
          requireReader(session, source, place);
          if (place.format().equals("jdbc")) {
            JdbcDriver.require(source.path(), options);
          }
          Dataset<Row> rows =
              place.format().equals("libsvm")
                  ? LibsvmInput.open(session, place, options)
                  : session.read().format(place.format()).options(options).load(place.loaded());
          ListedFiles.requireAllRead(rows);
          ListedFiles.requireCompressed(rows);
          if (isText(rows.schema()) && rows.isEmpty()) {
            throw new DataException(
                String.format("there are no rows in %s", Names.quoted(source.path())));
          }
          return NumericTexts.mark(rows, textColumns(inputs), null);
        });
  }

  /** Readers of tables and of Avro are no part of Spark. */
  private static void requireReader(SparkSession session, ReadSpec source, InputPlace place) {
    String library = LIBRARIES.get(place.format());
    if (source.format().isPresent() || library == null) {
      return;
    }
    try {
      org.apache.spark.sql.execution.datasources.DataSource.lookupDataSource(
          place.format(), SelectedRows.session(session).sessionState().conf());
    } catch (Exception missing) {
      throw new DataException(
          Explanation.of(
              String.format(
                  "cannot read %s: it is of the format %s, whose reader is not on the class path",
                  Names.quoted(source.path()), place.format()),
              Remedy.of(
                  "add %s to the packages of Spark, or name another with %s",
                  library, Option.FORMAT)),
          missing);
    }
  }

  private static Map<String, String> options(
      ReadSpec source, InputPlace place, List<InputColumn> inputs) {
    Map<String, String> options =
        place.format().equals("csv")
            ? CsvInput.options(source.options(), place.isTabSeparated())
            : new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    if (place.format().equals("libsvm") && inputs.size() == 1) {
      options.put(LibsvmInput.WIDTH, Integer.toString(inputs.get(0).names().size()));
    }
    options.putAll(
        place.format().equals("json") ? JsonInput.options(source.options()) : source.options());
    options.putAll(place.options());
    return options;
  }

  private static Set<String> textColumns(List<InputColumn> inputs) {
    Set<String> texts = new HashSet<>();
    for (InputColumn input : inputs) {
      if (input.levelType().equals(Optional.of(InputColumn.LevelType.TEXT))) {
        texts.add(input.column());
      }
    }
    return texts;
  }

  /** Whether no column has a type of its own, which is what is inferred where there are no rows. */
  private static boolean isText(StructType schema) {
    return Arrays.stream(schema.fields()).allMatch(f -> f.dataType() instanceof StringType);
  }
}

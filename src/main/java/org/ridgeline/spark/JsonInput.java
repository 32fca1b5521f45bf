package org.ridgeline.spark;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Names;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;
import scala.jdk.javaapi.CollectionConverters;

/**
 * JSON files, as {@link JsonFormat} reads them, with a {@link MalformedColumn} for lines that are
 * no object of the columns found. One pass over the files finds the columns. A file that is one
 * value over several lines has no such column: whatever is wrong with it ends the reading, as
 * nobody knows how many rows it has.
 */
final class JsonInput {
  private static final String MALFORMED = "_malformed";
  private static final String FOUND_MALFORMED = "_malformed line"; // while columns are looked for
  private static final String CORRUPT = "columnNameOfCorruptRecord";

  private final SparkSession session;
  private final InputPlace place;
  private final Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final HadoopFsRelation found;
  private final String malformed;
  private final boolean areDocuments;

  private JsonInput(SparkSession session, InputPlace place, Map<String, String> given) {
    this.session = session;
    this.place = place;
    options.putAll(given);
    options.put(CORRUPT, FOUND_MALFORMED);
    this.areDocuments = Boolean.parseBoolean(options.getOrDefault("multiLine", "false"));
    Dataset<Row> opened =
        session.read().format(JsonFormat.class.getName()).options(options).load(place.loaded());
    this.found = InputSplits.files(opened.queryExecution().analyzed()).get(0);
    this.malformed = unused(found.schema());
  }

  private static String unused(StructType schema) {
    String unused = MALFORMED;
    while (Arrays.stream(schema.fieldNames()).anyMatch(unused::equalsIgnoreCase)) {
      unused += "_";
    }
    return unused;
  }

  /** The user's options, with the end of a line where Spark does not look for it by itself. */
  static Map<String, String> options(Map<String, String> given) {
    Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    options.putAll(given);
    String encoding = options.getOrDefault("encoding", options.getOrDefault("charset", "UTF-8"));
    if (!encoding.equalsIgnoreCase("UTF-8")
        && !Boolean.parseBoolean(options.getOrDefault("multiLine", "false"))) {
      options.putIfAbsent("lineSep", "\n");
    }
    return options;
  }

  /**
   * Opens the files.
   *
   * @param texts columns that are text whatever their cells are
   * @throws DataException when no line is an object, or a sample has no columns
   */
  static org.apache.spark.sql.Dataset<Row> open(
      SparkSession session, InputPlace place, Map<String, String> given, Set<String> texts) {
    JsonInput input = new JsonInput(session, place, given);
    ListedFiles.requireCompressed(session.baseRelationToDataFrame(input.found));
    StructType columns = input.columns();
    Dataset<Row> rows =
        input.open(input.areDocuments ? columns : columns.add(input.malformedField()));
    ListedFiles.requireAllRead(rows);
    return NumericTexts.mark(rows, texts, input::cells);
  }

  private StructField malformedField() {
    return MalformedColumn.field(
        malformed,
        sampled() < 1 ? InvalidTally.Problem.SAMPLED_OBJECT : InvalidTally.Problem.OBJECT);
  }

  private double sampled() {
    return Double.parseDouble(options.getOrDefault(EmptySample.OPTION, "1"));
  }

  private StructType columns() {
    StructType columns = JsonFormat.without(found.dataSchema(), FOUND_MALFORMED);
    if (!columns.isEmpty()) {
      return columns;
    }
    String path = Names.quoted(place.path());
    if (sampled() < 1) {
      throw EmptySample.refusal(place.path(), sampled());
    } else if (found.dataSchema().isEmpty()) {
      throw new DataException("there are no rows with columns in " + path);
    } else if (areDocuments) {
      requireDocuments();
      throw new DataException(
          String.format("no file of %s is one JSON object or an array of them", path),
          Remedy.of("if each line is one, leave out %s", Option.OPTION.to("multiLine=true")));
    }
    throw new DataException(
        String.format("no line of %s is a JSON object of its own", path),
        firstHint()
            .orElseGet(
                () ->
                    Remedy.of(
                        "if it is one document over several lines, use %s",
                        Option.OPTION.to("multiLine=true"))));
  }

  /**
   * Reads the files for what is wrong with them.
   *
   * @throws DataException naming one, unless they look like files of lines
   */
  private void requireDocuments() {
    StructType any = new StructType().add(malformed, DataTypes.StringType);
    try {
      SparkCall.open(
          "cannot read " + Names.quoted(place.path()),
          () -> open(any).queryExecution().toRdd().count());
    } catch (DataException refused) {
      boolean isKnown = JsonFault.refusal(place.path(), refused).isPresent();
      if (isKnown && JsonFault.lineOfSecondValue(refused).orElse(1) == 1) {
        throw refused;
      }
    }
  }

  /** What the first line asks for. */
  private Optional<Remedy> firstHint() {
    Dataset<Row> records = open(new StructType().add(malformedField()));
    List<Row> first = records.where(records.col(malformed).isNotNull()).takeAsList(1);
    return first.isEmpty() ? Optional.empty() : RecordHint.ofObject(first.get(0).getString(0));
  }

  /** Opens the files with these columns and those of partition folders. */
  private Dataset<Row> open(StructType columns) {
    Map<String, String> own = new TreeMap<>(options);
    own.put(CORRUPT, malformed);
    if (areDocuments) {
      own.put("mode", "FAILFAST");
    }
    return session.baseRelationToDataFrame(
        new HadoopFsRelation(
            found.location(),
            found.partitionSchema(),
            columns,
            found.bucketSpec(),
            found.fileFormat(),
            scala.collection.immutable.Map.from(CollectionConverters.asScala(own)),
            session));
  }

  /** JSON tells numbers from texts, which Spark forgets where a column has both. */
  private Dataset<Row> cells(List<String> columns) {
    Set<String> folders = Set.of(found.partitionSchema().fieldNames());
    StructType variants = new StructType();
    for (String column : columns) {
      if (!folders.contains(column)) {
        variants = variants.add(column, DataTypes.VariantType);
      }
    }
    String[] positions =
        IntStream.range(0, columns.size()).mapToObj(i -> "c" + i).toArray(String[]::new);
    return SelectedRows.classic(
        SelectedRows.of(open(variants), columns)
            .toDF(positions)
            .select(
                IntStream.range(0, columns.size())
                    .mapToObj(
                        i ->
                            folders.contains(columns.get(i))
                                ? functions.col(positions[i])
                                : json(functions.col(positions[i])))
                    .toArray(Column[]::new)));
  }

  private static Column json(Column variant) {
    return functions.when(
        functions.not(functions.is_variant_null(variant)), functions.to_json(variant));
  }
}

package org.ridgeline.spark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.csv.CSVOptions;
import org.apache.spark.sql.classic.DataFrameReader;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.PartitioningAwareFileIndex;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Names;
import scala.jdk.javaapi.CollectionConverters;

/**
 * CSV files, read by the names in the header of each file, with types that all cells decide ({@link
 * CellTally}) and a {@link MalformedColumn} for rows with more or fewer fields than the header. One
 * pass over the files finds the types.
 */
final class CsvInput {
  private static final String MALFORMED = "_malformed";
  private static final String CORRUPT = "columnNameOfCorruptRecord";
  private static final Set<String> NUMBER_WORDS = Set.of("nanValue", "positiveInf", "negativeInf");

  private final SparkSession session;
  private final InputPlace place;
  private final Map<String, String> options;
  private final HadoopFsRelation listed;
  private final CSVOptions parsed;
  private final CsvHeaders headers;
  private final String malformed;
  private final boolean isUtf8Assumed;

  private CsvInput(SparkSession session, InputPlace place, Map<String, String> given) {
    this.session = session;
    this.place = place;
    this.options = given;
    this.isUtf8Assumed = NotUtf8.isAssumed(given);
    StructType any = new StructType().add("any", DataTypes.StringType);
    Dataset<Row> unread =
        session.read().format("csv").options(given).schema(any).load(place.loaded());
    this.listed = InputSplits.files(unread.queryExecution().analyzed()).get(0);
    this.parsed =
        new CSVOptions(ofScala(options), false, session.conf().get("spark.sql.session.timeZone"));
    Configuration hadoop = session.sessionState().newHadoopConfWithOptions(listed.options());
    this.headers = CsvHeaders.of(session, hadoop, files(), parsed);
    this.malformed = unused(MALFORMED, headers.names());
  }

  private void requireUtf8Header() {
    for (String name : headers.names()) {
      if (NotUtf8.isIn(UTF8String.fromString(name))) {
        throw NotUtf8.refusal(name, "the header of " + place.path());
      }
    }
  }

  private static void requireUtf8(CellTally tally) {
    tally
        .notUtf8()
        .ifPresent(
            cell -> {
              throw NotUtf8.refusal(cell.cell(), cell.where());
            });
  }

  /** The user's options over those of this reader; keys are compared without case, as in Spark. */
  static Map<String, String> options(Map<String, String> given, boolean isTabSeparated) {
    Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    options.put("header", "true");
    options.put("inferSchema", "true");
    options.put("escape", "\""); // quotes are doubled, as R, pandas and RFC 4180 have it
    options.put(TooLong.OPTION, Integer.toString(TooLong.MOST));
    options.put("columnPruning", "false"); // or else nobody counts the fields of a row
    if (isTabSeparated) {
      options.put("sep", "\t");
    }
    options.putAll(given);
    return options;
  }

  /**
   * Opens the files.
   *
   * @param texts columns that are text whatever their cells are
   * @throws DataException when there are none, or no rows, or none that fits its header
   */
  static Dataset<Row> open(
      SparkSession session, InputPlace place, Map<String, String> given, Set<String> texts) {
    CsvInput input = new CsvInput(session, place, given);
    if (input.headers.groups().isEmpty()) {
      throw input.noRows();
    }
    if (input.isUtf8Assumed) {
      input.requireUtf8Header();
    }
    return input.typed(texts);
  }

  private DataException noRows() {
    return new DataException("there are no rows in " + Names.quoted(place.path()));
  }

  private List<String> files() {
    List<String> files = new ArrayList<>();
    for (FileStatus file :
        CollectionConverters.asJava(((PartitioningAwareFileIndex) listed.location()).allFiles())) {
      files.add(file.getPath().toString());
    }
    files.sort(null);
    return files;
  }

  private Dataset<Row> typed(Set<String> texts) {
    Map<String, StructField> fields = new HashMap<>();
    headers.names().forEach(name -> fields.put(name, text(name)));
    Dataset<Row> cells = open(fields);
    if (!parsed.inferSchemaFlag()) {
      return cells;
    }
    CsvTypes types = types(cells);
    for (int i = 0; i < headers.names().size(); i++) {
      String name = headers.names().get(i);
      CellTally tally = types.column(i);
      if (isUtf8Assumed) {
        requireUtf8(tally);
      }
      fields.put(
          name,
          texts.contains(name)
              ? text(name)
              : new StructField(name, tally.type(), true, tally.metadata()));
    }
    return open(fields);
  }

  private CsvTypes types(Dataset<Row> cells) {
    List<String> columns = new ArrayList<>(headers.names());
    columns.add(malformed);
    Dataset<Row> sampled =
        parsed.samplingRatio() < 1 ? cells.sample(parsed.samplingRatio(), 1) : cells;
    CsvTypes types =
        CsvTypes.of(
            SelectedRows.of(sampled, columns).queryExecution().toRdd().toJavaRDD(),
            headers.names().size(),
            parsed,
            declared(),
            CsvTypes.Quotes.PART);
    if (types.rows() == 0) {
      throw parsed.samplingRatio() < 1
          ? EmptySample.refusal(place.path(), parsed.samplingRatio())
          : noRows();
    } else if (types.isAllMalformed()) {
      String what =
          String.format(
              Locale.ROOT,
              "no row has as many fields as the header, %d; the first is %s, %s",
              headers.names().size(),
              Names.quoted(types.firstMalformed().cell()),
              types.firstMalformed().where());
      throw RecordHint.ofFields(types.firstMalformed().cell())
          .map(hint -> new DataException(what, hint))
          .orElseGet(() -> new DataException(what));
    }
    return types;
  }

  /** Words that the user has told the reader to take for numbers that are not finite. */
  private Set<String> declared() {
    Set<String> words = new HashSet<>();
    for (String key : NUMBER_WORDS) {
      if (options.containsKey(key)) {
        words.add(options.get(key));
      }
    }
    return words;
  }

  /** Opens all files with these fields, by name. */
  private Dataset<Row> open(Map<String, StructField> fields) {
    if (headers.groups().size() == 1) {
      return named(headers.names(), fields, schema -> relation(schema));
    }
    List<String> columns = new ArrayList<>(headers.names());
    columns.add(malformed);
    columns.addAll(List.of(listed.partitionSchema().fieldNames()));
    Dataset<Row> all = null;
    for (Map.Entry<List<String>, List<String>> group : headers.groups().entrySet()) {
      Dataset<Row> part =
          SelectedRows.of(
              withPartitions(
                  named(group.getKey(), fields, schema -> load(schema, group.getValue()))),
              columns);
      all = all == null ? part : all.union(part);
    }
    return all;
  }

  /** The same with the columns of all partition folders, as they are found in all files. */
  private Dataset<Row> withPartitions(Dataset<Row> rows) {
    Dataset<Row> result = rows;
    for (StructField field : listed.partitionSchema().fields()) {
      boolean isThere = List.of(rows.columns()).contains(field.name());
      Column value = isThere ? rows.col("`" + field.name() + "`") : functions.lit(null);
      result = result.withColumn(field.name(), value.cast(field.dataType()));
    }
    return result;
  }

  private interface Opening {
    Dataset<Row> with(StructType schema);
  }

  /**
   * Opens files whose columns are these. Names that Spark does not tell apart are others for as
   * long as it reads them.
   */
  private Dataset<Row> named(List<String> names, Map<String, StructField> fields, Opening opening) {
    StructType schema = new StructType();
    Set<String> taken = new HashSet<>(Set.of(malformed.toLowerCase(Locale.ROOT)));
    for (String name : names) {
      StructField field = fields.get(name);
      String distinct = name;
      for (int i = 0; !taken.add(distinct.toLowerCase(Locale.ROOT)); i++) {
        distinct = name + "_" + i;
      }
      schema = schema.add(new StructField(distinct, field.dataType(), true, field.metadata()));
    }
    schema = schema.add(MalformedColumn.field(malformed, InvalidTally.Problem.FIELDS));
    Dataset<Row> rows = opening.with(schema);
    List<String> wanted = new ArrayList<>(names);
    wanted.add(malformed);
    for (int i = wanted.size(); i < rows.columns().length; i++) {
      wanted.add(rows.columns()[i]); // of partition folders
    }
    return List.of(rows.columns()).equals(wanted) ? rows : rows.toDF(wanted.toArray(String[]::new));
  }

  private Dataset<Row> relation(StructType schema) {
    Map<String, String> own = new HashMap<>(options);
    own.put(CORRUPT, malformed);
    return session.baseRelationToDataFrame(
        new HadoopFsRelation(
            listed.location(),
            listed.partitionSchema(),
            schema,
            listed.bucketSpec(),
            listed.fileFormat(),
            ofScala(own),
            session));
  }

  private Dataset<Row> load(StructType schema, List<String> files) {
    DataFrameReader reader = reader(schema);
    place
        .root()
        .filter(FileStatus::isDirectory)
        .ifPresent(root -> reader.option("basePath", root.getPath().toString()));
    return reader.load(files.toArray(String[]::new));
  }

  private DataFrameReader reader(StructType schema) {
    return session.read().format("csv").options(options).option(CORRUPT, malformed).schema(schema);
  }

  private static scala.collection.immutable.Map<String, String> ofScala(Map<String, String> map) {
    return scala.collection.immutable.Map.from(CollectionConverters.asScala(map));
  }

  private static StructField text(String name) {
    return new StructField(name, DataTypes.StringType, true, Metadata.empty());
  }

  private static String unused(String name, List<String> names) {
    String unused = name;
    while (names.stream().anyMatch(unused::equalsIgnoreCase)) {
      unused += "_";
    }
    return unused;
  }
}

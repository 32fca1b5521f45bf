package org.ridgeline.spark;

import com.univocity.parsers.csv.CsvParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.FileSourceOptions;
import org.apache.spark.sql.catalyst.csv.CSVInferSchema;
import org.apache.spark.sql.catalyst.csv.CSVOptions;
import org.apache.spark.sql.catalyst.json.JSONOptionsInRead;
import org.apache.spark.sql.catalyst.json.JsonInferSchema;
import org.apache.spark.sql.catalyst.util.CaseInsensitiveMap;
import org.apache.spark.sql.execution.datasources.PathFilterFactory;
import org.ridgeline.base.Check;
import org.ridgeline.base.Explanation;
import org.ridgeline.base.Names;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;
import org.ridgeline.base.UsageException;
import org.ridgeline.base.Words;
import org.ridgeline.dataset.OnInvalid;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The options that the user gives to a reader of Spark. They are given to the code of Spark that
 * parses them before anything is read: what that code refuses is a mistake in an option, whatever
 * exception it throws. The option that is refused alone, too, is the one to name.
 */
final class ReaderOptions {
  private static final String CSV = "csv";
  private static final String JSON = "json";
  private static final String CORRUPT_FILES = "ignoreCorruptFiles";
  private static final String MODE = "mode";
  private static final String ANY = "any string";
  private final SparkSession session;
  private final InputPlace place;
  private final Map<String, String> given;

  private ReaderOptions(SparkSession session, InputPlace place, Map<String, String> given) {
    this.session = session;
    this.place = place;
    this.given = given;
  }

  /** The options for the reader of a place. */
  static ReaderOptions of(SparkSession session, InputPlace place, Map<String, String> given) {
    return new ReaderOptions(session, place, given);
  }

  /**
   * Checks the options. Nothing is read.
   *
   * @throws UsageException naming an option that the reader does not take
   */
  void check() {
    given.entrySet().forEach(this::requireCounted);
    require(given, this::parse);
  }

  /** Blames one option, where it is refused alone; otherwise all of them together. */
  private void require(Map<String, String> options, Consumer<Map<String, String>> reader) {
    try {
      reader.accept(options);
    } catch (Exception refused) { // Spark does not declare what it throws
      if (options.size() > 1) {
        options.forEach((key, value) -> require(Map.of(key, value), reader));
      }
      throw refusal(options, SparkCall.deepestSentence(refused), refused);
    }
  }

  /**
   * Looks for the option that keeps an input from being opened: with it alone, Spark refuses what
   * it takes without.
   *
   * @throws UsageException naming that option, where there is one
   */
  void blame() {
    if (given.isEmpty() || !canOpen()) {
      return;
    }
    require(given, this::open);
  }

  private boolean canOpen() {
    try {
      open(Map.of());
      return true;
    } catch (Exception whateverElse) { // Spark does not declare what it throws
      return false;
    }
  }

  private void open(Map<String, String> options) {
    Map<String, String> all =
        new TreeMap<>(place.format().equals(JSON) ? JsonInput.options(options) : options);
    all.putAll(place.options());
    Dataset<Row> opened =
        session.read().format(place.format()).options(all).schema(ANY).load(place.loaded());
    Check.that(opened.columns().length > 0, "nothing is left to read");
  }

  private UsageException refusal(Map<String, String> options, String why, Exception cause) {
    return new UsageException(
        String.format("cannot read %s files with %s: %s", place.format(), listed(options), why),
        cause);
  }

  private static String listed(Map<String, String> options) {
    return (options.size() == 1 ? "the option " : "the options ")
        + options.entrySet().stream()
            .map(option -> Names.quoted(option.getKey() + "=" + option.getValue()))
            .sorted()
            .collect(Collectors.joining(" and "));
  }

  /** Spark takes every word for a mode, and leaves out rows that nobody counts in one. */
  private void requireCounted(Map.Entry<String, String> option) {
    if (option.getKey().equalsIgnoreCase(CORRUPT_FILES)
        && Boolean.parseBoolean(option.getValue())) {
      throw refusal(
          Map.ofEntries(option),
          "it leaves out what cannot be read of a file, uncounted; repair the file or leave it out",
          null);
    }
    if (!option.getKey().equalsIgnoreCase(MODE) || !List.of(CSV, JSON).contains(place.format())) {
      return;
    }
    String mode = option.getValue().toUpperCase(Locale.ROOT);
    if (mode.equals("DROPMALFORMED")) {
      throw new UsageException(
          Explanation.of(
              String.format(
                  "cannot read %s files with %s: it leaves out rows uncounted",
                  place.format(), listed(Map.ofEntries(option))),
              Remedy.of(
                  "use %s to leave them out and to be told how many",
                  Option.ON_INVALID.to(Words.of(OnInvalid.DROP)))),
          null);
    } else if (!List.of("PERMISSIVE", "FAILFAST").contains(mode)) {
      throw refusal(Map.ofEntries(option), "the modes are PERMISSIVE and FAILFAST", null);
    }
  }

  /** Makes what Spark reads with. */
  private List<Object> parse(Map<String, String> options) {
    CaseInsensitiveMap<String> parsed =
        new CaseInsensitiveMap<>(
            scala.collection.immutable.Map.from(
                CollectionConverters.asScala(
                    place.format().equals(JSON) ? JsonInput.options(options) : options)));
    String zone = session.conf().get("spark.sql.session.timeZone");
    List<Object> readers = new ArrayList<>();
    if (place.format().equals(CSV)) {
      CSVOptions csv = new CSVOptions(parsed, false, zone);
      requireRatio(csv.samplingRatio());
      Check.that(csv.maxColumns() > 0, "it must be at least 1");
      readers.add(new CSVInferSchema(csv));
      readers.add(new CsvParser(csv.asParserSettings()));
    } else if (place.format().equals(JSON)) {
      JSONOptionsInRead json = new JSONOptionsInRead(parsed, zone, "_corrupt_record");
      requireRatio(json.samplingRatio());
      readers.add(new JsonInferSchema(json));
      readers.add(json.buildJsonFactory());
    }
    if (place.format().equals("libsvm")) {
      Map<String, String> own = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      own.putAll(options);
      LibsvmInput.requireOptions(own);
    }
    if (place.isOfFiles()) {
      readers.add(PathFilterFactory.create(parsed));
      readers.add(new FileSourceOptions(parsed));
    }
    return readers;
  }

  private static void requireRatio(double ratio) {
    Check.that(ratio > 0 && ratio <= 1, "it must be above 0 and at most 1");
  }
}

package org.ridgeline.spark;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.csv.CSVOptions;
import org.apache.spark.sql.catalyst.csv.UnivocityParser;
import org.apache.spark.sql.execution.datasources.CodecStreams;
import org.apache.spark.util.SerializableConfiguration;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Names;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;
import scala.collection.Iterator;

/**
 * The headers of CSV files. Only the first row of each is read: on the driver where there are few
 * files, by one small job where there are many.
 *
 * @param groups the files by their header, the one of the first file first; the same names
 */
record CsvHeaders(Map<List<String>, List<String>> groups) {
  private static final int FEW = 32;
  private static final String SEPARATORS = ";\t|,";

  /**
   * Reads the headers of files.
   *
   * @throws DataException naming the file, when a header has other names than that of the first
   *     file or one name twice, or there are no rows at all
   */
  static CsvHeaders of(
      SparkSession session, Configuration hadoop, List<String> files, CSVOptions options) {
    List<Optional<List<String>>> headers = read(session, hadoop, files, options);
    Map<List<String>, List<String>> groups = new LinkedHashMap<>();
    String first = null;
    for (int i = 0; i < files.size(); i++) {
      if (headers.get(i).isEmpty()) {
        continue; // a file without a row says nothing
      }
      List<String> names = headers.get(i).get();
      if (groups.isEmpty()) {
        first = files.get(i);
        requireSeparated(names, first, options);
      } else if (options.headerFlag()) {
        requireSameNames(groups.keySet().iterator().next(), first, names, files.get(i));
      } else {
        names = groups.keySet().iterator().next();
      }
      requireDistinct(names, files.get(i));
      groups.computeIfAbsent(names, key -> new ArrayList<>()).add(files.get(i));
    }
    return new CsvHeaders(groups);
  }

  /** The names of the columns, in the order of the first file; empty when there is no row. */
  List<String> names() {
    return groups.isEmpty() ? List.of() : groups.keySet().iterator().next();
  }

  private static List<Optional<List<String>>> read(
      SparkSession session, Configuration hadoop, List<String> files, CSVOptions options) {
    if (files.size() <= FEW) {
      return files.stream().map(file -> first(hadoop, file, options)).toList();
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    Broadcast<SerializableConfiguration> sent =
        context.broadcast(new SerializableConfiguration(hadoop));
    try {
      List<List<String>> headers =
          context
              .parallelize(files, Math.min(files.size(), context.defaultParallelism() * 4))
              .map(file -> first(sent.value().value(), file, options).orElse(null))
              .collect();
      return headers.stream().map(Optional::ofNullable).toList();
    } finally {
      sent.destroy();
    }
  }

  /** The first row of a file as names; without headers {@code _c0, _c1, ..}. */
  private static Optional<List<String>> first(
      Configuration hadoop, String file, CSVOptions options) {
    CsvParserSettings settings = options.asParserSettings();
    settings.setLineSeparatorDetectionEnabled(options.lineSeparatorInRead().isEmpty());
    try (InputStream in = CodecStreams.createInputStream(hadoop, new Path(file))) {
      Iterator<String[]> rows =
          UnivocityParser.tokenizeStream(in, false, new CsvParser(settings), options.charset());
      if (!rows.hasNext()) {
        DamagedFile.requireCompressed(new Path(file), hadoop);
        return Optional.empty();
      }
      String[] header = rows.next();
      requireNoComment(header, rows, file, options);
      return Optional.of(names(header, options));
    } catch (TextParsingException e) {
      throw DamagedFile.refusal(file, e)
          .orElseGet(
              () ->
                  TooLong.isRow(e, options.maxColumns())
                      ? TooLong.row(file, options.maxColumns(), e)
                      : TooLong.cell(file, e));
    } catch (IOException e) {
      throw DamagedFile.refusal(file, e)
          .orElseGet(
              () ->
                  new DataException("cannot read " + file + ": " + SparkCall.firstSentence(e), e));
    }
  }

  /** A header may begin with #; it has as many names as the row after it has fields. */
  private static void requireNoComment(
      String[] header, Iterator<String[]> rows, String file, CSVOptions options) {
    if (options.headerFlag() && !options.isCommentSet() && isComment(header) && rows.hasNext()) {
      String[] next = rows.next();
      if (next.length != header.length || isComment(next)) {
        String what =
            String.format("the first line of %s, %s, is no header", file, Names.quoted(header[0]));
        throw RecordHint.ofFields(header[0])
            .map(hint -> new DataException(what, hint))
            .orElseGet(() -> new DataException(what));
      }
    }
  }

  private static boolean isComment(String[] cells) {
    return cells[0] != null && cells[0].startsWith("#");
  }

  private static List<String> names(String[] cells, CSVOptions options) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < cells.length; i++) {
      boolean isNamed =
          options.headerFlag()
              && cells[i] != null
              && !cells[i].isEmpty()
              && !cells[i].equals(options.nullValue());
      names.add(isNamed ? cells[i] : "_c" + i); // as Spark calls it
    }
    return names;
  }

  private static void requireSeparated(List<String> names, String file, CSVOptions options) {
    String only = names.get(0);
    for (int i = 0; names.size() == 1 && i < SEPARATORS.length(); i++) {
      String separator = SEPARATORS.substring(i, i + 1);
      if (options.headerFlag() && only.contains(separator)) {
        throw new DataException(
            String.format("there is only one column in %s, %s", file, Names.quoted(only)),
            Remedy.of(
                "if its fields are separated by %s, use %s",
                separator.equals("\t") ? "tabs" : separator.equals(",") ? "commas" : separator,
                Option.OPTION.to("sep=" + (separator.equals("\t") ? "\\t" : separator))));
      }
    }
  }

  private static void requireSameNames(
      List<String> expected, String first, List<String> names, String file) {
    Set<String> there = new HashSet<>(names);
    if (names.size() != expected.size() || !there.containsAll(expected)) {
      throw new DataException(
          String.format(
              "the files have different headers: %s begins with %s, but %s with %s; every file"
                  + " needs a header with the same names, in any order",
              file, Names.listed(names, 10), first, Names.listed(expected, 10)));
    }
  }

  private static void requireDistinct(List<String> names, String file) {
    Names.duplicate(names)
        .ifPresent(
            twice -> {
              throw new DataException(
                  String.format(
                      "there are two columns named %s in %s; rename one, column names must differ",
                      Names.quoted(twice), Names.quoted(file)));
            });
  }
}

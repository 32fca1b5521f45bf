package org.ridgeline.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Names;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;
import org.ridgeline.base.Words;
import org.ridgeline.dataset.OnInvalid;
import org.ridgeline.dataset.UnseenLevel;

/**
 * How many rows were left out because a column holds something that is not a number, and the first
 * example of each column. Mergeable; merge in the order of partitions and the first example is the
 * first of all.
 */
final class InvalidTally implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What can be wrong with a cell. */
  enum Problem {
    /** Of a whole row, as the next three. */
    FIELDS("more or fewer fields than the header"),
    OBJECT("lines that are not one JSON object"),
    /** The same where only a sample has told the columns. */
    SAMPLED_OBJECT("lines that are not one JSON object"),
    LINE("lines that cannot be read"),
    MISSING("null, NaN or infinite values"),
    NEGATIVE("negative weights"),
    LENGTH("vectors of another length"),
    UNSEEN("levels that the model does not know"),
    /** The row is kept: the features of the category are 0. */
    UNSEEN_ZERO("levels that the model does not know");

    private final String words;

    Problem(String words) {
      this.words = words;
    }

    private boolean isOfRow() {
      return this == FIELDS || this == OBJECT || this == SAMPLED_OBJECT || this == LINE;
    }

    /** What a row asks for that has this problem. */
    private Optional<Remedy> hint(String record) {
      return switch (this) {
        case FIELDS -> RecordHint.ofFields(record);
        case OBJECT -> RecordHint.ofObject(record);
        case SAMPLED_OBJECT -> Optional.of(RecordHint.ofSampledObject(record));
        default -> Optional.empty();
      };
    }
  }

  /** One column's count and first example. */
  private static final class Entry implements Serializable {
    private static final long serialVersionUID = 1L;
    private final Problem problem;
    private final int partition;
    private final long row;
    private final String value;
    private final String file; // empty when the rows come from no file
    private final Remedy hint; // null: there is none
    private long count;

    Entry(Problem problem, int partition, long row, String value, Remedy hint) {
      this.hint = hint;
      this.problem = problem;
      this.partition = partition;
      this.row = row;
      this.value = value;
      this.file = InputFileBlockHolder.getInputFilePath().toString();
    }

    /** The column of an entry with this key. */
    String column(String key) {
      return key.substring(problem.name().length() + 1);
    }

    Entry(Entry other) {
      this.problem = other.problem;
      this.partition = other.partition;
      this.row = other.row;
      this.value = other.value;
      this.file = other.file;
      this.hint = other.hint;
      this.count = other.count;
    }
  }

  private final TreeMap<String, Entry> entries = new TreeMap<>();
  private int partition; // that the rows to come are of
  private long rows;

  /** The partition that rows are counted for. */
  int partition() {
    return partition;
  }

  /** Counts for rows of another partition from now on. */
  void startPartition(int number) {
    partition = number;
  }

  /** Counts a cell. */
  void add(String column, Problem problem, long row, String value) {
    entries.computeIfAbsent(
            problem.name() + ' ' + column, key -> new Entry(problem, partition, row, value, null))
        .count++;
  }

  /** Counts a whole row, which is this text. */
  void addRecord(Problem problem, long row, String record) {
    entries.computeIfAbsent(
            problem.name() + ' ',
            key ->
                new Entry(
                    problem,
                    partition,
                    row,
                    Names.quoted(record),
                    problem.hint(record).orElse(null)))
        .count++;
  }

  /** Counts a row that was left out. */
  void addRow() {
    rows++;
  }

  /** The number of rows left out. */
  long rows() {
    return rows;
  }

  /** Adds {@code other}, whose examples come later. */
  void merge(InvalidTally other) {
    rows += other.rows;
    for (Map.Entry<String, Entry> entry : other.entries.entrySet()) {
      Entry mine = entries.get(entry.getKey());
      if (mine == null) {
        entries.put(entry.getKey(), new Entry(entry.getValue()));
      } else {
        mine.count += entry.getValue().count;
      }
    }
  }

  /** Throws one sentence about everything that is wrong, if anything is. */
  void throwIfAny() {
    List<String> problems = sentences(problem -> problem != Problem.UNSEEN_ZERO);
    if (!problems.isEmpty()) {
      String others =
          problems.size() == 1
              ? ""
              : String.format(
                  " (%d further columns have such values too, the next: %s)",
                  problems.size() - 1, problems.get(1));
      throw new DataException(problems.get(0) + others, remedy());
    }
  }

  private Remedy remedy() {
    Optional<Remedy> hint =
        entries.values().stream()
            .filter(entry -> entry.problem.isOfRow())
            .findFirst()
            .flatMap(entry -> Optional.ofNullable(entry.hint));
    return hint.isPresent() ? Remedy.all(List.of(hint.get(), general())) : general();
  }

  private Remedy general() {
    Remedy remedy =
        Remedy.of(
            "correct them, or use %s to leave such rows out",
            Option.ON_INVALID.to(Words.of(OnInvalid.DROP)));
    boolean unseen = entries.values().stream().anyMatch(e -> e.problem == Problem.UNSEEN);
    return unseen
        ? remedy.plus(
            ", or %s to take unknown levels as none", Option.UNSEEN.to(Words.of(UnseenLevel.ZERO)))
        : remedy;
  }

  /** One sentence for each column, for warnings; empty when nothing is wrong. */
  List<String> warnings() {
    List<String> result = new ArrayList<>();
    for (String sentence : sentences(problem -> problem != Problem.UNSEEN_ZERO)) {
      result.add(sentence + ": these rows were left out");
    }
    for (String sentence : sentences(problem -> problem == Problem.UNSEEN_ZERO)) {
      result.add(sentence + ": taken as no level at all");
    }
    return result;
  }

  /** How many rows have unknown levels, by column. */
  Map<String, Long> unknownLevels() {
    Map<String, Long> counts = new TreeMap<>();
    for (Map.Entry<String, Entry> each : entries.entrySet()) {
      Entry entry = each.getValue();
      if (entry.problem == Problem.UNSEEN || entry.problem == Problem.UNSEEN_ZERO) {
        counts.put(entry.column(each.getKey()), entry.count);
      }
    }
    return counts;
  }

  private List<String> sentences(Predicate<Problem> which) {
    List<String> result = new ArrayList<>();
    for (Map.Entry<String, Entry> each : entries.entrySet()) {
      Entry entry = each.getValue();
      if (!which.test(entry.problem)) {
        continue;
      }
      result.add(
          String.format(
              Locale.ROOT,
              "%s %s in %d row%s, first %s in row %d of partition %d%s",
              entry.problem.isOfRow()
                  ? "there are"
                  : "column " + Names.quoted(entry.column(each.getKey())) + " has",
              entry.problem.words,
              entry.count,
              entry.count == 1 ? "" : "s",
              entry.value,
              entry.row + 1,
              entry.partition,
              entry.file.isEmpty() ? "" : ", in " + entry.file));
    }
    return result;
  }
}

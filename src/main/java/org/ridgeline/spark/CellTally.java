package org.ridgeline.spark;

import java.io.Serializable;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.spark.sql.catalyst.csv.CSVInferSchema;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.unsafe.types.UTF8String;
import org.ridgeline.base.Names;

/**
 * What the cells of one column of text are, so far, and what type that makes it. Mergeable in any
 * order. The rule:
 *
 * <ul>
 *   <li>A column whose cells are all decimal numbers is numeric.
 *   <li>One with cells such as {@code 007}, a zero before other digits and no point, holds codes
 *       and is text.
 *   <li>One whose cells are neither has the type that Spark finds: boolean, date, timestamp, text.
 *   <li>One of numbers and others is text, and <em>nearly numeric</em> if the others are a single
 *       cell, or at most one in a hundred, or at most three different ones and either at most one
 *       in ten or all words for a missing value. Whoever wants numbers of it is told of the first.
 *   <li>So is one of which nine in ten are numbers, some of them in another {@link NumberWriting},
 *       as far as {@link WrittenNumbers} takes them for numbers.
 *   <li>What holds for numbers holds for the words true and false in a column without numbers.
 * </ul>
 */
final class CellTally implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int MOST_KINDS = 3;
  private static final int RARE = 100;
  private static final int FEW = 10;
  private static final int MOST_DIGITS = 38; // of Spark's decimals
  private static final Set<String> MISSING =
      Set.of(
          "",
          "na",
          "n/a",
          "n.a.",
          "n.d.",
          "n/d",
          "nd",
          "<na>",
          "unknown",
          "undefined",
          "not available",
          "\u2012", // dashes
          "\u2013",
          "\u2014",
          "\u2212",
          "#n/a",
          "nan",
          "nul",
          "null",
          "none",
          "nil",
          "missing",
          "?",
          "-",
          "--",
          ".",
          "..",
          "*",
          "inf",
          "-inf",
          "+inf",
          "infinity",
          "-infinity",
          "+infinity");

  private long numbers;
  private long codes;
  private long others;
  private final WrittenNumbers written = new WrittenNumbers(); // among others
  private long truths; // true or false
  private long quoted; // of others: texts of JSON
  private long quotedNumbers; // of these: would be numbers without quotes
  private CellTally unquoted; // of the texts of JSON, as if they were cells; null: there are none
  private boolean hasFractions;
  private boolean hasLongs;
  private int digits; // of the longest whole number that no long holds; 0: there is none
  private CellPlace first; // of codes and others; null: there is none
  private CellPlace firstTruth; // null: there is none
  private CellPlace broken; // the first with letters that are not in UTF-8; null: there is none
  private String otherType = ""; // as JSON, of the others
  private transient DataType knownType; // the same
  private final HashSet<UTF8String> kinds = new HashSet<>(); // of others, up to one too many
  private boolean isAllMissing = true; // all others are words for a missing value

  /** Counts a cell, if it is a number. */
  boolean addNumber(UTF8String cell) {
    switch (CellShape.of(cell)) {
      case SHORT -> {
        numbers++;
        written.addWhole(cell);
      }
      case LONG -> {
        numbers++;
        hasLongs = true;
      }
      case BIG -> {
        numbers++;
        digits = Math.max(digits, cell.numBytes());
      }
      case FRACTION -> addFraction();
      case CODE, TEXT -> {
        return false;
      }
    }
    return true;
  }

  /** Counts a number that is not whole. */
  void addFraction() {
    numbers++;
    hasFractions = true;
  }

  /** Counts a cell that is a text among numbers, whatever it looks like. */
  void addQuoted(UTF8String cell, Supplier<CellPlace> place, CSVInferSchema types) {
    quoted++;
    CellShape shape = CellShape.of(cell);
    quotedNumbers += shape == CellShape.TEXT || shape == CellShape.CODE ? 0 : 1;
    addText(cell, place, types);
    if (unquoted == null) {
      unquoted = new CellTally();
    }
    if (!unquoted.addNumber(cell)) {
      unquoted.addOther(cell, place, types);
    }
  }

  /** Counts a cell that is no number. Cells of one partition come in the order of its rows. */
  void addOther(UTF8String cell, Supplier<CellPlace> place, CSVInferSchema types) {
    if (isTruth(cell)) {
      truths++;
      firstTruth = firstTruth == null ? place.get() : firstTruth;
      addType(cell, types);
    } else if (CellShape.of(cell) == CellShape.CODE) {
      codes++;
      first = first == null ? place.get() : first;
    } else {
      addText(cell, place, types);
    }
  }

  /** Whether a cell is one of the words that Spark takes for booleans. */
  static boolean isTruth(UTF8String cell) {
    return cell.numBytes() > 3
        && cell.numBytes() < 6
        && (cell.toString().equalsIgnoreCase("true") || cell.toString().equalsIgnoreCase("false"));
  }

  private void addText(UTF8String cell, Supplier<CellPlace> place, CSVInferSchema types) {
    first = first == null ? place.get() : first;
    if (broken == null && NotUtf8.isIn(cell)) {
      broken = place.get();
    }
    others++;
    written.add(cell);
    isAllMissing =
        isAllMissing && MISSING.contains(cell.toString().strip().toLowerCase(Locale.ROOT));
    if (kinds.size() <= MOST_KINDS && !kinds.contains(cell)) {
      kinds.add(cell.clone());
    }
    addType(cell, types);
  }

  private void addType(UTF8String cell, CSVInferSchema types) {
    if (!(otherType() instanceof StringType)) {
      widen(types.inferField(otherType(), cell.toString()));
    }
  }

  /** Java takes more for numbers than there are decimal numbers. */
  private void widen(DataType type) {
    knownType = type instanceof NumericType ? DataTypes.StringType : type;
    otherType = knownType.json();
  }

  private DataType otherType() {
    if (knownType == null) {
      knownType = otherType.isEmpty() ? DataTypes.NullType : DataType.fromJson(otherType);
    }
    return knownType;
  }

  /** Adds the cells of other partitions. */
  void merge(CellTally other, CSVInferSchema types) {
    numbers += other.numbers;
    codes += other.codes;
    others += other.others;
    truths += other.truths;
    written.merge(other.written);
    isAllMissing &= other.isAllMissing;
    quoted += other.quoted;
    quotedNumbers += other.quotedNumbers;
    hasFractions |= other.hasFractions;
    hasLongs |= other.hasLongs;
    digits = Math.max(digits, other.digits);
    first = earlier(first, other.first);
    firstTruth = earlier(firstTruth, other.firstTruth);
    broken = earlier(broken, other.broken);
    if (unquoted == null) {
      unquoted = other.unquoted;
    } else if (other.unquoted != null) {
      unquoted.merge(other.unquoted, types);
    }
    for (UTF8String kind : other.kinds) {
      if (kinds.size() <= MOST_KINDS) {
        kinds.add(kind);
      }
    }
    widen(types.mergeRowTypes(new DataType[] {otherType()}, new DataType[] {other.otherType()})[0]);
  }

  private static CellPlace earlier(CellPlace a, CellPlace b) {
    return a == null || (b != null && b.isBefore(a)) ? b : a;
  }

  /** The first cell that is not in UTF-8. */
  Optional<CellPlace> notUtf8() {
    return Optional.ofNullable(broken);
  }

  /** The type of the column. */
  DataType type() {
    if (codes > 0 || (numbers > 0 && others + truths > 0)) {
      return DataTypes.StringType;
    } else if (others + truths > 0) {
      return otherType();
    } else if (numbers == 0) {
      return DataTypes.StringType;
    } else if (hasFractions || digits > MOST_DIGITS) {
      return DataTypes.DoubleType;
    } else if (digits > 0) {
      return DataTypes.createDecimalType(digits, 0);
    }
    return hasLongs ? DataTypes.LongType : DataTypes.IntegerType;
  }

  /** Whether the column is text for want of any value. */
  Optional<EmptyColumn> empty() {
    if (numbers + codes + truths > 0 || !isAllMissing || kinds.size() > 1) {
      return Optional.empty();
    }
    return Optional.of(
        first == null ? new EmptyColumn("", "") : new EmptyColumn(first.cell(), first.where()));
  }

  /** The marks of the field of the column. */
  Metadata metadata() {
    return nearNumber()
        .map(NearNumber::metadata)
        .or(() -> empty().map(EmptyColumn::metadata))
        .orElse(Metadata.empty());
  }

  /** Why the column is text, where it is nearly numeric. */
  Optional<NearNumber> nearNumber() {
    return isOtherwiseWritten().or(this::nearlyAll);
  }

  /**
   * The same in a format that has types and keeps the column as text all the same. One of nothing
   * but numbers counts if not all are whole; whole numbers may be codes, as some in it may show.
   */
  Optional<NearNumber> nearNumberOfTexts() {
    boolean isAllQuoted = quoted > 0 && quoted == others && numbers + truths == 0;
    if (isAllQuoted) {
      return unquoted.nearNumberOfTexts();
    } else if (codes + others + truths == 0) {
      return hasFractions
          ? Optional.of(
              new NearNumber(
                  String.format(Locale.ROOT, "all its %d values are numbers", numbers), ""))
          : Optional.empty();
    }
    boolean areCodes = codes > 0 && others + truths == 0 && !hasFractions;
    return areCodes ? Optional.empty() : nearNumber();
  }

  /** Nine in ten are numbers, some of them not decimal numbers as they are written. */
  private Optional<NearNumber> isOtherwiseWritten() {
    long all = numbers + codes + others + truths;
    Map<NumberWriting, Long> counts = written.counts();
    long some = counts.values().stream().mapToLong(Long::longValue).sum();
    return codes == 0 && (numbers + some) * FEW >= all * (FEW - 1)
        ? counts.entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(
                most ->
                    new NearNumber(
                        sentence(
                            most.getValue(), all, "number%s with " + most.getKey().words() + ","),
                        ""))
        : Optional.empty();
  }

  /** All are numbers, or all are true or false, but for a few. */
  private Optional<NearNumber> nearlyAll() {
    boolean areTruths = numbers == 0;
    long good = areTruths ? truths : numbers;
    long odd = codes + others + (areTruths ? 0 : truths);
    long all = good + odd;
    int different = kinds.size() + (areTruths ? 0 : (int) Math.min(truths, 2));
    boolean fewKinds = codes == 0 && different <= MOST_KINDS && odd * FEW <= all;
    boolean allMissing = codes == 0 && isAllMissing && (areTruths || truths == 0);
    boolean single = odd == 1 && good > 1;
    boolean allInQuotes = quoted > 0 && quotedNumbers == odd;
    boolean rare = odd * RARE <= good;
    if (good == 0 || odd == 0 || !(rare || single || allInQuotes || allMissing || fewKinds)) {
      return Optional.empty();
    }
    String what = areTruths ? "neither true nor false" : "no number%s";
    return Optional.of(
        new NearNumber(sentence(odd, all, quoted > 0 ? "text%s" : what), firstOdd().cell()));
  }

  private CellPlace firstOdd() {
    return numbers == 0 ? first : earlier(first, firstTruth);
  }

  /** How many of the cells are what, and the first cell that is no number. */
  private String sentence(long some, long all, String what) {
    return String.format(
        Locale.ROOT,
        "%d of its %d values %s %s the first %s in %s",
        some,
        all,
        some == 1 ? "is" : "are",
        String.format(Locale.ROOT, what, some == 1 ? "" : "s").replaceFirst("([^,])$", "$1,"),
        Names.quoted(firstOdd().cell()),
        firstOdd().where());
  }
}

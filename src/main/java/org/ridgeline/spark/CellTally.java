package org.ridgeline.spark;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.spark.sql.catalyst.csv.CSVInferSchema;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
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
 *   <li>So is one of which nine in ten are numbers with a comma in place of the point.
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
  private long commas; // of others: numbers if a comma is a point
  private long quoted; // of others: texts among the numbers of JSON
  private long quotedNumbers; // of these: would be numbers without quotes
  private boolean hasFractions;
  private boolean hasLongs;
  private int digits; // of the longest whole number that no long holds; 0: there is none
  private CellPlace first; // of codes and others; null: there is none
  private CellPlace broken; // the first with letters that are not in UTF-8; null: there is none
  private String otherType = ""; // as JSON, of the others
  private transient DataType knownType; // the same
  private final HashMap<UTF8String, Boolean> kinds = new HashMap<>(); // is it a missing value?

  /** Counts a cell, if it is a number. */
  boolean addNumber(UTF8String cell) {
    switch (CellShape.of(cell)) {
      case SHORT -> numbers++;
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
    addOther(cell, place, types);
  }

  /** Counts a cell that is no number. Cells of one partition come in the order of its rows. */
  void addOther(UTF8String cell, Supplier<CellPlace> place, CSVInferSchema types) {
    if (first == null) {
      first = place.get();
    }
    if (broken == null && NotUtf8.isIn(cell)) {
      broken = place.get();
    }
    if (quoted == 0 && CellShape.of(cell) == CellShape.CODE) {
      codes++;
      return;
    }
    others++;
    commas += CellShape.isWithComma(cell) ? 1 : 0;
    if (kinds.size() <= MOST_KINDS && !kinds.containsKey(cell)) {
      kinds.put(cell.clone(), MISSING.contains(cell.toString().strip().toLowerCase(Locale.ROOT)));
    }
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
    commas += other.commas;
    quoted += other.quoted;
    quotedNumbers += other.quotedNumbers;
    hasFractions |= other.hasFractions;
    hasLongs |= other.hasLongs;
    digits = Math.max(digits, other.digits);
    if (first == null || (other.first != null && other.first.isBefore(first))) {
      first = other.first;
    }
    if (broken == null || (other.broken != null && other.broken.isBefore(broken))) {
      broken = other.broken;
    }
    for (Map.Entry<UTF8String, Boolean> kind : other.kinds.entrySet()) {
      if (kinds.size() <= MOST_KINDS) {
        kinds.put(kind.getKey(), kind.getValue());
      }
    }
    widen(types.mergeRowTypes(new DataType[] {otherType()}, new DataType[] {other.otherType()})[0]);
  }

  /** The first cell that is not in UTF-8. */
  Optional<CellPlace> notUtf8() {
    return Optional.ofNullable(broken);
  }

  /** The type of the column. */
  DataType type() {
    if (codes > 0 || (numbers > 0 && others > 0)) {
      return DataTypes.StringType;
    } else if (others > 0) {
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

  /** Why the column is text, where it is nearly numeric. */
  Optional<NearNumber> nearNumber() {
    long odd = codes + others;
    long all = numbers + odd;
    if (commas > 0 && codes == 0 && (numbers + commas) * FEW >= all * (FEW - 1)) {
      return Optional.of(
          new NearNumber(sentence(commas, all, "number%s with a comma, not a point,"), ""));
    }
    boolean rare = odd * RARE <= numbers;
    boolean single = others == 1 && codes == 0 && numbers > 1;
    boolean fewKinds = others > 0 && codes == 0 && kinds.size() <= MOST_KINDS;
    boolean allMissing = kinds.values().stream().allMatch(isMissing -> isMissing);
    return odd > 0
            && numbers > 0
            && (rare
                || single
                || (quoted > 0 && quotedNumbers == odd)
                || (fewKinds && (allMissing || odd * FEW <= all)))
        ? Optional.of(
            new NearNumber(sentence(odd, all, quoted > 0 ? "text%s" : "no number%s"), first.cell()))
        : Optional.empty();
  }

  /** The same of a column of text that holds nothing but numbers, and not only whole ones. */
  Optional<NearNumber> allFractions() {
    return numbers > 0 && codes + others == 0 && hasFractions
        ? Optional.of(
            new NearNumber(
                String.format(Locale.ROOT, "all its %d values are numbers", numbers), ""))
        : Optional.empty();
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
        Names.quoted(first.cell()),
        first.where());
  }
}

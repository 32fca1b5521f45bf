package org.ridgeline.spark;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Names;
import org.ridgeline.dataset.FoldOrder;
import org.ridgeline.dataset.FoldRule;

/** Decides the fold of a row, by a {@link FoldRule} bound to a column's type. */
final class FoldAssigner implements Serializable {
  private static final long serialVersionUID = 1L;

  /** How the deciding column is read. */
  private enum KeyType {
    NONE,
    NUMBER,
    TEXT,
    DAYS,
    MICROSECONDS,
    VECTOR
  }

  private final FoldRule.Kind kind;
  private final String column;
  private final KeyType keyType;
  private final NumberCell number;
  private final int folds;
  private final long seed;
  private final int contentStart;
  private final FoldHash hash;
  private final ZoneId zone;
  private transient FoldHash vectorHash; // with as many keys as the longest vector has taken

  private FoldAssigner(
      FoldRule rule, KeyType keyType, ZoneId zone, NumberCell number, int targets, int words) {
    this.zone = zone;
    this.kind = rule.kind();
    this.column = rule.column().orElse("");
    this.keyType = keyType;
    this.number = number;
    this.folds = rule.folds();
    this.seed = rule.seed();
    this.contentStart = targets + 1 + ((targets + 1) & 1);
    this.hash = new FoldHash(rule.seed(), contentStart + words);
  }

  /** The seed of the hash. */
  long seed() {
    return seed;
  }

  /**
   * Binds a rule.
   *
   * @param field the column of the rule, where it has one
   * @param targets m
   * @param words the number of original feature values of a row
   * @throws DataException when the column's type cannot decide folds
   */
  static FoldAssigner of(FoldRule rule, Optional<StructField> field, int targets, int words) {
    if (field.isEmpty()) {
      return new FoldAssigner(rule, KeyType.NONE, ZoneOffset.UTC, null, targets, words);
    }
    DataType type = field.get().dataType();
    Optional<NumberCell> number = NumberCell.of(type);
    KeyType keyType = keyType(type, number.isPresent());
    boolean fits =
        switch (rule.kind()) {
          case VECTOR -> keyType == KeyType.VECTOR;
          default -> keyType != KeyType.NONE && keyType != KeyType.VECTOR;
        };
    if (!fits) {
      throw new DataException(
          String.format(
              "column %s cannot decide the folds: it must hold %s, but is %s",
              Names.quoted(field.get().name()),
              rule.kind() == FoldRule.Kind.VECTOR ? "vectors" : "numbers, text, dates or times",
              type.simpleString()));
    }
    return new FoldAssigner(rule, keyType, zone(type), number.orElse(null), targets, words);
  }

  /** The zone in which times of this type are written. */
  private static ZoneId zone(DataType type) {
    return type instanceof TimestampType
        ? ZoneId.of(SQLConf.get().sessionLocalTimeZone())
        : ZoneOffset.UTC;
  }

  private static KeyType keyType(DataType type, boolean isNumber) {
    if (isNumber) {
      return KeyType.NUMBER;
    } else if (type instanceof StringType) {
      return KeyType.TEXT;
    } else if (type instanceof DateType) {
      return KeyType.DAYS;
    } else if (type instanceof TimestampType || type instanceof TimestampNTZType) {
      return KeyType.MICROSECONDS;
    } else if (ColumnType.isVector(type)) {
      return KeyType.VECTOR;
    }
    return KeyType.NONE;
  }

  FoldRule.Kind kind() {
    return kind;
  }

  /** The name of the deciding column, or an empty text. */
  String column() {
    return column;
  }

  /** Whether a column decides. */
  boolean hasColumn() {
    return keyType != KeyType.NONE;
  }

  /** The number of folds, where it is known before the pass. */
  Optional<Integer> knownFolds() {
    return kind == FoldRule.Kind.COLUMN ? Optional.empty() : Optional.of(folds);
  }

  /** The number of words that the labels and the weight take at the start of the content. */
  int contentStart() {
    return contentStart;
  }

  FoldHash hash() {
    return hash;
  }

  /** The fold of content whose hash parts sum to {@code h}. */
  int foldOf(long h) {
    return FoldHash.fold(h, folds);
  }

  /** The fold of a row by its key, by hash; the cell is not null. */
  int foldOfKey(SpecializedGetters row, int ordinal) {
    long word =
        switch (keyType) {
          case NUMBER ->
              number.isIntegral()
                  ? FoldHash.word(number.readLong(row, ordinal))
                  : FoldHash.word(number.read(row, ordinal));
          case TEXT -> FoldHash.word(row.getUTF8String(ordinal).getBytes());
          case DAYS -> FoldHash.word((double) row.getInt(ordinal));
          case MICROSECONDS -> FoldHash.word((double) row.getLong(ordinal));
          case NONE, VECTOR ->
              throw new IllegalStateException("Cannot hash a key: the rule has no key column");
        };
    return foldOf(hash.part(new long[] {word}, 1, 0));
  }

  /**
   * The fold of a row by the vector in a cell that is not null.
   *
   * @param head the part of the hash that labels and weight give
   */
  int foldOfVector(SpecializedGetters row, int ordinal, long head) {
    double[] values = Term.vector(row, ordinal);
    if (vectorHash == null || !vectorHash.takes(contentStart + values.length)) {
      vectorHash = new FoldHash(seed, contentStart + values.length);
    }
    return foldOf(head + vectorHash.part(values, 0, values.length, contentStart));
  }

  /** The label of a row's fold; the cell is not null. */
  String labelOf(SpecializedGetters row, int ordinal) {
    return switch (keyType) {
      case TEXT -> row.getUTF8String(ordinal).toString();
      case DAYS -> LocalDate.ofEpochDay(row.getInt(ordinal)).toString();
      case MICROSECONDS -> time(row.getLong(ordinal));
      default -> numberLabel(row, ordinal);
    };
  }

  /** A time of the session's zone, as ISO 8601 writes it: texts in the order of the times. */
  private String time(long microseconds) {
    long seconds = Math.floorDiv(microseconds, 1_000_000L);
    int nanoseconds = 1000 * (int) Math.floorMod(microseconds, 1_000_000L);
    return Instant.ofEpochSecond(seconds, nanoseconds).atZone(zone).toLocalDateTime().toString();
  }

  private String numberLabel(SpecializedGetters row, int ordinal) {
    if (number.isIntegral() || number.type() == NumberCell.Type.BOOLEAN) {
      return Long.toString(number.readLong(row, ordinal));
    }
    return label(number.read(row, ordinal));
  }

  private static String label(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    return BigDecimal.valueOf(value + 0.0).stripTrailingZeros().toPlainString();
  }

  /** Whether {@code label} stands for a usable value: NaN and infinity do not. */
  boolean isValidLabel(String label) {
    return keyType != KeyType.NUMBER || !(label.equals("NaN") || label.endsWith("Infinity"));
  }

  /** Labels in the order of folds: numbers as numbers, all others as texts. */
  FoldOrder order() {
    boolean numeric = kind != FoldRule.Kind.COLUMN || keyType == KeyType.NUMBER;
    return numeric ? FoldOrder.NUMBER : FoldOrder.TEXT;
  }

  /** The labels 0 .. k - 1 of hashed folds. */
  List<String> numberedLabels() {
    List<String> labels = new ArrayList<>();
    for (int f = 0; f < folds; f++) {
      labels.add(Integer.toString(f));
    }
    return labels;
  }
}

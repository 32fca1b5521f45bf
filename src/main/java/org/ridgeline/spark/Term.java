package org.ridgeline.spark;

import java.io.Serializable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;
import org.ridgeline.base.Names;
import org.ridgeline.dataset.InputColumn;
import org.ridgeline.dataset.UnseenLevel;

/** One column of the data and where its numbers go in a row of a chunk. */
final class Term implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int VECTOR_FIELDS = 4; // type, size, indices, values
  private static final int DENSE = 1;
  private static final double EXACT = 1L << 53; // whole numbers below are exact

  private final String column;
  private final InputColumn.Kind kind;
  private final NumberCell cell; // of the column, its elements or, null, text levels
  private final ArrayList<String> levels;
  private final InputColumn.LevelType levelType; // null: not known
  private final UnseenLevel unseen;
  private final int slot;
  private final int offset;
  private final int width;
  private final boolean byNonzeros; // values that are not 0 go to the chunk's nonzeros
  private transient Map<Object, Integer> levelIndex;

  private Term(Plan plan, int slot, int offset, boolean byNonzeros) {
    this.byNonzeros = byNonzeros;
    this.column = plan.input.column();
    this.kind = plan.input.kind();
    this.cell = plan.cell;
    this.levels = new ArrayList<>(plan.input.levels());
    this.levelType = plan.input.levelType().orElse(null);
    this.unseen = plan.unseen;
    this.slot = slot;
    this.offset = offset;
    this.width = plan.input.names().size();
  }

  /**
   * A column whose place is not known yet.
   *
   * @param input the column
   * @param cell how its numbers are read; null for text
   * @param unseen what happens to unknown levels
   */
  record Plan(InputColumn input, NumberCell cell, UnseenLevel unseen) {
    /** The term that reads selected column {@code slot} into values from {@code offset} on. */
    Term at(int slot, int offset) {
      return new Term(this, slot, offset, false);
    }
  }

  /** The same column, its values {@code shift} places further on. */
  Term shifted(int shift) {
    return new Term(new Plan(describe(), cell, unseen), slot, offset + shift, byNonzeros);
  }

  /** The same column, only its nonzeros stored. */
  Term byNonzeros() {
    return new Term(new Plan(describe(), cell, unseen), slot, offset, true);
  }

  /** Whether only its nonzeros are stored. */
  boolean isByNonzeros() {
    return byNonzeros;
  }

  private InputColumn describe() {
    return new InputColumn(
        column, kind, Collections.nCopies(width, column), levels, Optional.ofNullable(levelType));
  }

  String column() {
    return column;
  }

  InputColumn.Kind kind() {
    return kind;
  }

  NumberCell cell() {
    return cell;
  }

  /** The position of the column among the selected ones. */
  int slot() {
    return slot;
  }

  /** Where its first value stands in a row of a chunk; by nonzeros, the column of it. */
  int offset() {
    return offset;
  }

  /** The number of its values in a row of a chunk. */
  int width() {
    return width;
  }

  /** The number of words that it adds to the content of a row. */
  int words() {
    return isCategory() ? 1 : width;
  }

  /** Whether it is a plain number of type double. */
  boolean isDouble() {
    return isNumber() && cell.type() == NumberCell.Type.DOUBLE;
  }

  /** Whether it is a category. */
  boolean isCategory() {
    return kind == InputColumn.Kind.CATEGORY;
  }

  /** Whether it is a plain number. */
  boolean isNumber() {
    return kind == InputColumn.Kind.NUMBER;
  }

  /** Reads the cell at {@code ordinal} into row {@code r} of the chunk, or rejects the row. */
  void read(SpecializedGetters row, int ordinal, ClaimedRows chunk, int r) {
    if (row.isNullAt(ordinal)) {
      chunk.reject(r, column, InvalidTally.Problem.MISSING, "null");
      return;
    }
    switch (kind) {
      case NUMBER -> chunk.values()[chunk.start(r) + offset] = cell.read(row, ordinal);
      case ARRAY -> readArray(row.getArray(ordinal), chunk, r);
      case VECTOR -> readVector(row.getStruct(ordinal, VECTOR_FIELDS), chunk, r);
      case CATEGORY -> readLevel(row, ordinal, chunk, r);
    }
  }

  private void readArray(ArrayData array, ClaimedRows chunk, int r) {
    if (hasNulls(array)) {
      chunk.reject(r, column, InvalidTally.Problem.MISSING, "a null element");
    } else {
      copyArray(array, chunk, r);
    }
  }

  /** Copies an array that is known to hold no nulls into row {@code r}. */
  void copyArray(ArrayData array, ClaimedRows chunk, int r) {
    if (checkLength(array.numElements(), chunk, r)) {
      copy(array, chunk.values(), chunk.start(r) + offset);
    }
  }

  private boolean checkLength(int length, ClaimedRows chunk, int r) {
    if (length != width) {
      chunk.reject(
          r, column, InvalidTally.Problem.LENGTH, length + " elements instead of " + width);
    }
    return length == width;
  }

  private void copy(ArrayData array, double[] values, int at) {
    if (cell.type() == NumberCell.Type.DOUBLE) {
      System.arraycopy(array.toDoubleArray(), 0, values, at, width);
    } else {
      for (int j = 0; j < width; j++) {
        values[at + j] = cell.read(array, j);
      }
    }
  }

  private static boolean hasNulls(ArrayData array) {
    int length = array.numElements();
    if (array instanceof UnsafeArrayData unsafe) {
      long bits = 0;
      long from = unsafe.getBaseOffset() + Long.BYTES;
      for (long at = from; at < from + (length + 63) / 64 * (long) Long.BYTES; at += Long.BYTES) {
        bits |= Platform.getLong(unsafe.getBaseObject(), at);
      }
      return bits != 0;
    }
    for (int i = 0; i < length; i++) {
      if (array.isNullAt(i)) {
        return true;
      }
    }
    return false;
  }

  private void readVector(InternalRow vector, ClaimedRows chunk, int r) {
    boolean isDense = vector.getByte(0) == DENSE;
    if (byNonzeros) {
      readNonzeros(vector, isDense, chunk, r);
      return;
    }
    if (isDense) {
      copyArray(vector.getArray(3), chunk, r);
      return;
    }
    if (checkLength(vector.getInt(1), chunk, r)) {
      int[] indices = vector.getArray(2).toIntArray();
      double[] stored = vector.getArray(3).toDoubleArray();
      double[] values = chunk.values();
      int at = chunk.start(r) + offset;
      Arrays.fill(values, at, at + width, 0);
      for (int i = 0; i < indices.length; i++) {
        values[at + indices[i]] = stored[i];
      }
    }
  }

  private void readNonzeros(InternalRow vector, boolean isDense, ClaimedRows chunk, int r) {
    double[] stored = vector.getArray(3).toDoubleArray();
    if (checkLength(isDense ? stored.length : vector.getInt(1), chunk, r)) {
      int[] indices = isDense ? null : vector.getArray(2).toIntArray();
      for (int i = 0; i < stored.length; i++) {
        if (stored[i] != 0) {
          chunk.chunk().nonzeros().put(r, offset + (isDense ? i : indices[i]), stored[i]);
        }
      }
    }
  }

  /** The numbers of a vector of Spark ML, dense or sparse, in a cell that is not null. */
  static double[] vector(SpecializedGetters row, int ordinal) {
    InternalRow vector = row.getStruct(ordinal, VECTOR_FIELDS);
    double[] stored = vector.getArray(3).toDoubleArray();
    if (vector.getByte(0) == DENSE) {
      return stored;
    }
    double[] values = new double[vector.getInt(1)];
    int[] indices = vector.getArray(2).toIntArray();
    for (int i = 0; i < indices.length; i++) {
      values[indices[i]] = stored[i];
    }
    return values;
  }

  private void readLevel(SpecializedGetters row, int ordinal, ClaimedRows chunk, int r) {
    Object key = cell == null ? textKey(row.getUTF8String(ordinal)) : numberKey(row, ordinal);
    chunk.setCode(
        r,
        slot,
        key instanceof UTF8String text
            ? FoldHash.word(text.getBytes())
            : FoldHash.word((long) (Long) key));
    Integer level = levelIndex().get(key);
    if (level == null) {
      if (unseen == UnseenLevel.ERROR) {
        chunk.reject(r, column, InvalidTally.Problem.UNSEEN, Names.quoted(key.toString()));
        return;
      }
      chunk.note(r, column, InvalidTally.Problem.UNSEEN_ZERO, Names.quoted(key.toString()));
    }
    int first = levels.size() - width;
    boolean isOne = level != null && level >= first;
    if (byNonzeros) {
      if (isOne) {
        chunk.chunk().nonzeros().put(r, offset + level - first, 1);
      }
      return;
    }
    int at = chunk.start(r) + offset;
    Arrays.fill(chunk.values(), at, at + width, 0);
    if (isOne) {
      chunk.values()[at + level - first] = 1;
    }
  }

  /** A text as the model's levels are: a whole number, if they are and it is one. */
  private Object textKey(UTF8String text) {
    if (levelType == InputColumn.LevelType.WHOLE) {
      return CellShape.wholeNumber(text).<Object>map(whole -> whole).orElse(text);
    } else if (levelType == InputColumn.LevelType.BOOLEAN) {
      return text.trim().toLowerCase();
    }
    return text;
  }

  /** A number as the model's levels are; a fraction is no level. */
  private Object numberKey(SpecializedGetters row, int ordinal) {
    if (cell.isIntegral() || cell.type() == NumberCell.Type.BOOLEAN) {
      return cell.readLong(row, ordinal);
    }
    double value = cell.read(row, ordinal);
    boolean isWhole = Math.rint(value) == value && Math.abs(value) < EXACT;
    return isWhole ? (Object) (long) value : UTF8String.fromString(Double.toString(value));
  }

  private Map<Object, Integer> levelIndex() {
    if (levelIndex == null) {
      levelIndex = new HashMap<>();
      for (int i = 0; i < levels.size(); i++) {
        levelKey(levels.get(i), i);
      }
    }
    return levelIndex;
  }

  private void levelKey(String level, int index) {
    if (cell == null && levelType != InputColumn.LevelType.WHOLE) {
      levelIndex.put(UTF8String.fromString(level), index);
    } else if (level.equals("true") || level.equals("false")) {
      levelIndex.put(level.equals("true") ? 1L : 0L, index);
    } else if (isLong(level)) {
      levelIndex.put(Long.valueOf(level), index);
    }
  }

  /** A model of a text column may be used on a column of whole numbers. */
  private static boolean isLong(String level) {
    return level.matches("-?[0-9]{1,19}")
        && new BigInteger(level).bitLength() < Long.SIZE
        && Long.toString(Long.parseLong(level)).equals(level);
  }

  /** The terms that are categories. */
  static List<Term> categories(List<Term> terms) {
    return terms.stream().filter(Term::isCategory).toList();
  }
}

package org.ridgeline.spark;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The cells of one column that are numbers in another {@link NumberWriting}, and what tells whether
 * the column is one of such numbers at all. Mergeable in any order. No numbers are:
 *
 * <ul>
 *   <li>Digits in groups of three with blanks between them, such as {@code 619 160 965}, in a
 *       column that has as good as no cell of another length: a telephone number or a postal code.
 *       Amounts differ in length, and those below 1000 have no blank.
 *   <li>Digits with commas between them, in a column where one cell in a hundred or more has
 *       several commas that separate no thousands: lists.
 * </ul>
 */
final class WrittenNumbers implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int RARE = 100;
  private static final int SMALL_DIGITS = 3;
  private static final Pattern GROUPS =
      Pattern.compile("(\\d{1,3})([ \\u00a0\\u2009\\u202f]\\d{3})+");
  private static final Pattern LIST = Pattern.compile("[-+.\\d]+(?: ?, ?[-+.\\d]+){2,}");

  private final EnumMap<NumberWriting, Long> counts = new EnumMap<>(NumberWriting.class);
  private final HashMap<Integer, Long> lengths = new HashMap<>(); // of cells in groups, in digits
  private long lists;
  private long small; // numbers of at most three digits, in a plain writing

  /** Counts a cell that is no decimal number as it is written. */
  void add(UTF8String cell) {
    NumberWriting.of(cell)
        .ifPresentOrElse(
            writing -> {
              counts.merge(writing, 1L, Long::sum);
              if (writing == NumberWriting.BLANKS) {
                addGroups(cell.toString());
              }
            },
            () -> lists += isList(cell) ? 1 : 0);
  }

  /** Counts a whole number in a plain writing. */
  void addWhole(UTF8String cell) {
    small += cell.numBytes() <= SMALL_DIGITS ? 1 : 0;
  }

  private void addGroups(String cell) {
    Matcher groups = GROUPS.matcher(cell);
    if (groups.matches()) {
      int blanks = (cell.length() - groups.group(1).length()) / (1 + SMALL_DIGITS);
      lengths.merge(cell.length() - blanks, 1L, Long::sum);
    }
  }

  private static boolean isList(UTF8String cell) {
    return cell.numBytes() > 0
        && Character.isDigit(cell.getByte(0))
        && LIST.matcher(cell.toString()).matches();
  }

  /** Adds the cells of other partitions. */
  void merge(WrittenNumbers other) {
    other.counts.forEach((writing, count) -> counts.merge(writing, count, Long::sum));
    other.lengths.forEach((digits, count) -> lengths.merge(digits, count, Long::sum));
    lists += other.lists;
    small += other.small;
  }

  /** How many cells are numbers, by their writing; empty where none is. */
  Map<NumberWriting, Long> counts() {
    EnumMap<NumberWriting, Long> numbers = new EnumMap<>(counts);
    long grouped = lengths.values().stream().mapToLong(Long::longValue).sum();
    long longest = lengths.values().stream().mapToLong(Long::longValue).max().orElse(0);
    if ((grouped - longest + small) * RARE < grouped) {
      numbers.merge(NumberWriting.BLANKS, -grouped, Long::sum);
    }
    if (lists > 0 && lists * RARE >= counts.getOrDefault(NumberWriting.COMMA, 0L)) {
      numbers.remove(NumberWriting.COMMA);
    }
    numbers.values().removeIf(count -> count == 0);
    return numbers;
  }
}

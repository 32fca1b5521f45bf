package org.ridgeline.base;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Column names as untrusted text: exact look-up, quoting, and the nearest name to a misspelled one.
 */
public final class Names {
  private static final int LONGEST = 200;
  private static final int LISTED = 20;

  private Names() {}

  /**
   * Returns the name between double quotes, control characters made visible, cut when it is very
   * long.
   */
  public static String quoted(String name) {
    StringBuilder text = new StringBuilder("\"");
    name.codePoints()
        .limit(LONGEST)
        .forEach(
            c -> {
              if (Character.isISOControl(c)) {
                text.append(String.format("\\u%04x", c));
              } else {
                text.appendCodePoint(c);
              }
            });
    return text.append(name.codePointCount(0, name.length()) > LONGEST ? "..\"" : "\"").toString();
  }

  /** Returns a hint such as {@code did you mean "price"?}, or the columns there are. */
  public static String suggestion(Collection<String> names, String name) {
    return nearest(names, name)
        .map(near -> "did you mean " + quoted(near) + "?")
        .orElseGet(() -> "the columns are " + listed(names, LISTED));
  }

  /**
   * Returns the names, quoted: all, or the first {@code limit}, how many more there are, and the
   * last, which is often the label.
   */
  public static String listed(Collection<String> names, int limit) {
    List<String> quoted = names.stream().map(Names::quoted).toList();
    int more = quoted.size() - limit - 1;
    return more <= 0
        ? String.join(", ", quoted)
        : String.join(", ", quoted.subList(0, limit))
            + ", "
            + more
            + " more and "
            + quoted.get(quoted.size() - 1);
  }

  /** Returns the first name that occurs twice. */
  public static Optional<String> duplicate(List<String> names) {
    Set<String> seen = new HashSet<>();
    return names.stream().filter(name -> !seen.add(name)).findFirst();
  }

  /** Returns the name that {@code name} was probably meant to be, if any is near. */
  public static Optional<String> nearest(Collection<String> names, String name) {
    String best = null;
    String wanted = name.strip().toLowerCase(Locale.ROOT);
    int bestDistance = Math.min(Math.max(2, wanted.length() / 2), wanted.length() - 1);
    for (String candidate : names) {
      int distance = distance(candidate.strip().toLowerCase(Locale.ROOT), wanted);
      if (distance < bestDistance || (distance == bestDistance && best == null)) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return Optional.ofNullable(best);
  }

  /**
   * Returns the number of insertions, deletions and replacements between two texts (Levenshtein).
   */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}

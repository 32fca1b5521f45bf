package org.ridgeline.dataset;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Names;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;

/**
 * Chooses columns by a list of globs: {@code *} is any text, {@code ?} any character, {@code !glob}
 * removes; only removals start from the default set. An exact name comes before a glob.
 */
public final class FeatureGlobs {
  private FeatureGlobs() {}

  /**
   * Returns the chosen names, in the order in which globs first match them.
   *
   * @param globs the list
   * @param names the columns that may be chosen, in the order of the data
   * @param defaults the columns that are chosen when nothing is asked for
   * @throws DataException when a glob matches nothing, naming the nearest column
   */
  public static List<String> choose(List<String> globs, List<String> names, List<String> defaults) {
    Set<String> chosen = new LinkedHashSet<>();
    boolean onlyRemovals = globs.stream().allMatch(glob -> isRemoval(glob, names));
    if (onlyRemovals) {
      chosen.addAll(defaults);
    }
    for (String glob : globs) {
      if (!isRemoval(glob, names)) {
        chosen.addAll(matching(Option.FEATURES, glob, names, defaults));
      }
    }
    for (String glob : globs) {
      if (isRemoval(glob, names)) {
        matching(Option.FEATURES, glob.substring(1), names, names).forEach(chosen::remove);
      }
    }
    return new ArrayList<>(chosen);
  }

  /**
   * Returns the positions of the names that match one glob.
   *
   * @param option that has the glob, for the message
   * @throws DataException when there are none, naming the nearest
   */
  public static List<Integer> positions(Option option, String glob, List<String> names) {
    List<String> found = matching(option, glob, names, names);
    return IntStream.range(0, names.size())
        .filter(j -> found.contains(names.get(j)))
        .boxed()
        .toList();
  }

  /** Whether {@code glob} names a column exactly. */
  static boolean isExact(String glob, List<String> names) {
    return names.contains(glob);
  }

  private static boolean isRemoval(String glob, List<String> names) {
    return glob.startsWith("!") && !isExact(glob, names);
  }

  /** Returns the matches: an exact name from {@code names}, wildcards only from {@code usable}. */
  private static List<String> matching(
      Option option, String glob, List<String> names, List<String> usable) {
    if (isExact(glob, names)) {
      return List.of(glob);
    }
    Pattern pattern = pattern(glob);
    List<String> found = usable.stream().filter(n -> pattern.matcher(n).matches()).toList();
    if (found.isEmpty()) {
      throw new DataException(
          Names.quoted(glob) + " matches no usable column",
          Remedy.of("correct %s: %s", option, Names.suggestion(names, glob)));
    }
    return found;
  }

  private static Pattern pattern(String glob) {
    StringBuilder regex = new StringBuilder();
    glob.codePoints()
        .mapToObj(Character::toString)
        .map(c -> c.equals("*") ? ".*" : c.equals("?") ? "." : Pattern.quote(c))
        .forEach(regex::append);
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}

package org.ridgeline.cli;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ridgeline.base.Check;
import org.ridgeline.base.Names;
import org.ridgeline.base.UsageException;
import org.ridgeline.dataset.ColumnRoles;

/** Reads settings from Spark's configuration and merges sources of settings. */
final class SettingSources {
  private SettingSources() {}

  /**
   * Returns the settings among {@code spark.*} properties; pairs are {@code
   * spark.ridgeline.NAME.KEY}.
   */
  static Map<Setting, List<String>> ofSpark(Map<String, String> properties) {
    Map<Setting, List<String>> found = new EnumMap<>(Setting.class);
    for (Map.Entry<String, String> entry : new TreeMap<>(properties).entrySet()) {
      if (entry.getKey().startsWith(Setting.PREFIX)) {
        String name = entry.getKey().substring(Setting.PREFIX.length());
        put(found, name, entry.getValue(), Setting.PREFIX);
      }
    }
    return found;
  }

  private static void put(
      Map<Setting, List<String>> found, String name, String value, String prefix) {
    int dot = name.indexOf('.');
    Setting setting = named(dot < 0 ? name : name.substring(0, dot), prefix);
    List<String> values = found.computeIfAbsent(setting, s -> new ArrayList<>());
    switch (setting.shape()) {
      case PAIRS -> {
        Check.that(dot > 0, "Cannot read %s%s: write %s%s.KEY", prefix, name, prefix, name);
        values.add(name.substring(dot + 1) + "=" + value);
      }
      case LIST -> values.addAll(ColumnRoles.globs(value));
      default -> {
        Check.that(dot < 0, "Unknown setting %s%s", prefix, name);
        values.add(value);
      }
    }
  }

  /**
   * Returns the setting of a name.
   *
   * @param where what stands before it in this source, for the message
   */
  static Setting named(String name, String where) {
    return Setting.of(name)
        .orElseThrow(
            () ->
                new UsageException(
                    "Unknown setting '"
                        + where
                        + name
                        + "'"
                        + Names.nearest(Setting.keys(), name)
                            .map(near -> ": did you mean '" + where + near + "'?")
                            .orElse("")));
  }

  /**
   * Returns the values from the first source that has them; pairs from all, the first source
   * winning.
   */
  static List<String> merge(Setting setting, List<Map<Setting, List<String>>> sources) {
    if (setting.shape() != Setting.Shape.PAIRS) {
      return sources.stream()
          .map(source -> source.getOrDefault(setting, List.of()))
          .filter(values -> !values.isEmpty())
          .findFirst()
          .orElse(List.of());
    }
    Map<String, String> pairs = new LinkedHashMap<>();
    for (Map<Setting, List<String>> source : sources) {
      for (String value : source.getOrDefault(setting, List.of())) {
        for (String pair : setting.pairsIn(value)) {
          int at = setting.splitOf(pair);
          Check.that(at > 0, "Cannot read a value of %s: it must be KEY=VALUE", setting.flag());
          pairs.putIfAbsent(pair.substring(0, at).strip(), pair.strip());
        }
      }
    }
    return List.copyOf(pairs.values());
  }
}

package org.ridgeline.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.io.File;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.ridgeline.base.Check;
import org.ridgeline.base.UsageException;

/** Settings in a HOCON file (JSON and properties are HOCON too). */
final class SettingFile {
  private SettingFile() {}

  /**
   * Reads the settings of a file.
   *
   * @throws IllegalArgumentException when it cannot be read, or naming the nearest key to one that
   *     does not exist
   */
  static Map<Setting, List<String>> read(String path) {
    File file = new File(path);
    Check.that(file.isFile(), "Cannot read --config %s: there is no such file", path);
    try {
      Config config = ConfigFactory.parseFile(file).resolve();
      Map<Setting, List<String>> found = new EnumMap<>(Setting.class);
      for (Map.Entry<String, ConfigValue> entry : config.root().entrySet()) {
        Setting setting = SettingSources.named(entry.getKey(), "");
        found.put(setting, values(setting, entry.getValue(), path));
      }
      return found;
    } catch (ConfigException e) {
      throw new UsageException("Cannot read --config " + path + ": " + e.getMessage(), e);
    }
  }

  private static List<String> values(Setting setting, ConfigValue value, String path) {
    if (setting.shape() == Setting.Shape.PAIRS && value instanceof ConfigObject object) {
      List<String> pairs = new ArrayList<>();
      for (String key : object.keySet()) {
        pairs.addAll(pair(key, object.get(key)));
      }
      return pairs;
    }
    if (value instanceof ConfigList list) {
      List<String> elements = list.stream().map(SettingFile::scalar).toList();
      return switch (setting.shape()) {
        case LIST, PAIRS -> elements;
        case COMMAS -> List.of(String.join(",", elements));
        default ->
            throw new UsageException(
                "Cannot read '" + setting.key() + "' in " + path + ": it takes one value");
      };
    }
    Check.that(
        !(value instanceof ConfigObject),
        "Cannot read '%s' in %s: it takes no nested keys",
        setting.key(),
        path);
    return List.of(scalar(value));
  }

  /** Returns pairs by dotted key: HOCON nests them, {@code option { fs.x = 1 }}. */
  private static List<String> pair(String key, ConfigValue value) {
    if (value instanceof ConfigObject object) {
      List<String> pairs = new ArrayList<>();
      for (String inner : object.keySet()) {
        pairs.addAll(pair(key + "." + inner, object.get(inner)));
      }
      return pairs;
    }
    return List.of(key + "=" + scalar(value));
  }

  /** Returns the text as it was written: 1e-3 stays 1e-3. */
  private static String scalar(ConfigValue value) {
    return value.atKey("value").getString("value");
  }
}

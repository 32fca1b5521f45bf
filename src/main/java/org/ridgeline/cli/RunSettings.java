package org.ridgeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ridgeline.base.DataException;

/** The settings of a finished run, from the options in its {@code report.json}. */
final class RunSettings {
  private static final String MASK = "*****";

  private RunSettings() {}

  /**
   * Reads them back.
   *
   * @param current the settings of this command: where a value was masked as a secret, theirs holds
   * @throws DataException when the report is not one of ours, or a secret is not given again
   */
  static Settings of(byte[] report, String directory, Settings current) {
    JsonNode options;
    try {
      options = new ObjectMapper().readTree(report).path("options");
    } catch (IOException e) {
      throw damaged(directory, e);
    }
    if (!options.isObject()) {
      throw damaged(directory, null);
    }
    Map<Setting, List<String>> given = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      List<String> values = values(options.path(setting.key()), setting, directory, current);
      if (!values.isEmpty()) {
        given.put(setting, values);
      }
    }
    return Settings.restored(given);
  }

  private static DataException damaged(String directory, Exception cause) {
    return new DataException(
        "Cannot use report.json in " + directory + ": it does not tell the options of a run",
        cause);
  }

  private static List<String> values(
      JsonNode value, Setting setting, String directory, Settings current) {
    List<String> values = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(element -> values.add(element.asText()));
    } else if (value.isObject()) {
      for (Iterator<String> keys = value.fieldNames(); keys.hasNext(); ) {
        String key = keys.next();
        String text = value.get(key).asText();
        values.add(
            key + "=" + (text.equals(MASK) ? secret(key, setting, directory, current) : text));
      }
    } else if (!value.isNull() && !value.isMissingNode()) {
      values.add(value.asText());
    }
    return values;
  }

  private static String secret(String key, Setting setting, String directory, Settings current) {
    return Optional.ofNullable(current.pairs(setting).get(key))
        .orElseThrow(
            () ->
                new DataException(
                    "Cannot read the data of "
                        + directory
                        + " again: its report keeps no secrets, give "
                        + Setting.PREFIX
                        + setting.key()
                        + "."
                        + key
                        + " in Spark's configuration"));
  }
}

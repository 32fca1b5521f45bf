package org.ridgeline.spark;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.SparkSession;

/**
 * Settings of a session that hold while a plan is made and are put back afterwards. One plan is
 * made at a time, so that threads that fit models side by side do not see each other's settings.
 */
final class ConfScope {
  private final RuntimeConfig conf;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final Map<String, String> defaults = new LinkedHashMap<>();

  private ConfScope(RuntimeConfig conf) {
    this.conf = conf;
  }

  static ConfScope on(SparkSession session) {
    return new ConfScope(session.conf());
  }

  /** A setting for the time of {@link #during}. */
  ConfScope with(String key, String value) {
    settings.put(key, value);
    return this;
  }

  /** The same, unless the user chose a value. */
  ConfScope withDefault(String key, String value) {
    defaults.put(key, value);
    return this;
  }

  /** Runs {@code action} under the settings. */
  <T> T during(Supplier<T> action) {
    synchronized (ConfScope.class) {
      defaults.forEach(this::setUnlessChosen);
      return runWithSettings(action);
    }
  }

  private void setUnlessChosen(String key, String value) {
    if (!conf.contains(key)) {
      settings.put(key, value);
    }
  }

  private <T> T runWithSettings(Supplier<T> action) {
    Map<String, Optional<String>> before = new LinkedHashMap<>();
    for (String key : settings.keySet()) {
      before.put(key, conf.contains(key) ? Optional.of(conf.get(key)) : Optional.empty());
    }
    try {
      settings.forEach(conf::set);
      return action.get();
    } finally {
      before.forEach(
          (key, value) -> value.ifPresentOrElse(v -> conf.set(key, v), () -> conf.unset(key)));
    }
  }
}

package org.ridgeline.spark;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.SparkSession;

/** Settings of a session that hold while a plan is made and are put back afterwards. */
final class ConfScope implements AutoCloseable {
  private final RuntimeConfig conf;
  private final Map<String, String> before = new LinkedHashMap<>();

  private ConfScope(RuntimeConfig conf) {
    this.conf = conf;
  }

  static ConfScope on(SparkSession session) {
    return new ConfScope(session.conf());
  }

  /** Sets {@code key} until this is closed. */
  ConfScope set(String key, String value) {
    before.putIfAbsent(key, conf.contains(key) ? conf.get(key) : "");
    conf.set(key, value);
    return this;
  }

  /** The same, unless the user chose a value. */
  ConfScope setDefault(String key, String value) {
    return conf.contains(key) ? this : set(key, value);
  }

  @Override
  public void close() {
    before.forEach(
        (key, value) -> {
          if (value.isEmpty()) {
            conf.unset(key);
          } else {
            conf.set(key, value);
          }
        });
  }
}

package org.ridgeline.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ridgeline.spark.OnInvalid;
import org.ridgeline.spark.Source;

/**
 * What to read.
 *
 * @param path file, directory or URL
 * @param format Spark's name of the format, or empty: by extension
 * @param reader options for Spark's reader
 * @param where a row filter
 * @param onInvalid what happens to rows with null, NaN or infinite values
 */
record ReadOptions(
    String path,
    Optional<String> format,
    Map<String, String> reader,
    Optional<String> where,
    OnInvalid onInvalid) {

  static ReadOptions of(Settings settings) {
    String onInvalid = settings.choice(Setting.ON_INVALID, List.of("error", "drop"));
    return new ReadOptions(
        settings.required(Setting.INPUT),
        settings.text(Setting.FORMAT),
        settings.pairs(Setting.OPTION),
        settings.text(Setting.WHERE),
        onInvalid.equals("drop") ? OnInvalid.DROP : OnInvalid.ERROR);
  }

  Source source() {
    return new Source(path, format, reader, where);
  }
}

package org.ridgeline.dataset;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ridgeline.base.Check;

/**
 * Where data are and how they are read.
 *
 * @param path a file, directory or glob
 * @param format a format of {@code spark.read}; absent: by the extension
 * @param options options of that format
 * @param where an SQL condition that rows must meet
 */
public record ReadSpec(
    String path, Optional<String> format, Map<String, String> options, Optional<String> where) {
  /** Checks the path. */
  public ReadSpec {
    Check.that(!path.isBlank(), "Cannot read the data: the path is empty");
    options = Map.copyOf(options);
  }

  /** Returns a path; its extension gives the format. */
  public static ReadSpec of(String path) {
    return new ReadSpec(path, Optional.empty(), Map.of(), Optional.empty());
  }

  /** Returns the same, read in this format. */
  public ReadSpec withFormat(String name) {
    return new ReadSpec(path, Optional.of(name), options, where);
  }

  /** Returns the same with one more option. */
  public ReadSpec withOption(String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(options);
    more.put(key, value);
    return new ReadSpec(path, format, more, where);
  }

  /** Returns the value of an option, whose name is compared without case, as Spark does. */
  public Optional<String> option(String key) {
    return options.entrySet().stream()
        .filter(option -> option.getKey().equalsIgnoreCase(key))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** Returns the same, reduced to rows that meet {@code condition}. */
  public ReadSpec withWhere(String condition) {
    return new ReadSpec(path, format, options, Optional.of(condition));
  }

  /** Returns the format: as given, or by the extension; anything else is Parquet. */
  public String resolvedFormat() {
    return format.orElseGet(this::formatOfExtension);
  }

  /** Whether neither {@code format} nor the extension gives the format. */
  public boolean isGuess() {
    return format.isEmpty() && extension().isEmpty();
  }

  private String formatOfExtension() {
    String known = extension().orElse("parquet");
    return known.equals("tsv") ? "csv" : known;
  }

  private Optional<String> extension() {
    return extension(path);
  }

  /** Returns the extension of a file or folder, if it is one that tells a format. */
  public static Optional<String> extension(String path) {
    String name = path.toLowerCase(Locale.ROOT).replaceAll("/+$", "");
    name = name.replaceAll("\\.(gz|bz2|zst|xz|snappy|deflate)$", "");
    for (String known : new String[] {"csv", "tsv", "json", "orc", "parquet", "libsvm", "avro"}) {
      if (name.endsWith("." + known)) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }

  /** Whether the fields of a text file are separated by tabs. */
  public boolean isTabSeparated() {
    return format.isEmpty() && path.toLowerCase(Locale.ROOT).matches(".*\\.tsv(\\.[a-z0-9]+)?/*");
  }
}

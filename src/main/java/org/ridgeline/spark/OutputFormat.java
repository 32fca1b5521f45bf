package org.ridgeline.spark;

import java.util.Locale;

/** The formats that predictions are written in. */
public enum OutputFormat {
  /** Parquet. */
  PARQUET,
  /** Text with a header; it cannot hold arrays or vectors. */
  CSV;

  /** The name that Spark knows it by. */
  String sparkName() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package org.ridgeline.cli;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ridgeline.linalg.Check;
import org.ridgeline.spark.OutputFormat;
import org.ridgeline.spark.UnseenLevel;

/**
 * What {@code predict} was asked to do, checked.
 *
 * @param read what to read
 * @param unseen what happens at an unknown level
 * @param format of the files to write
 * @param output where they go
 */
record PredictOptions(
    ReadOptions read, UnseenLevel unseen, OutputFormat format, OutputOptions output) {
  PredictOptions {
    Check.that(output.directory().isPresent(), "The command 'predict' needs --out");
  }

  static PredictOptions of(Settings settings) {
    String format = settings.choice(Setting.OUTPUT_FORMAT, List.of("parquet", "csv"));
    OutputOptions output = OutputOptions.of(settings, Set.of());
    return new PredictOptions(
        ReadOptions.of(settings),
        ModelRun.unseen(settings),
        format.equals("csv") ? OutputFormat.CSV : OutputFormat.PARQUET,
        new OutputOptions(
            output.directory(),
            output.ifExists(),
            output.moments(),
            output.form(),
            Optional.empty()));
  }

  String directory() {
    return output.directory().orElseThrow();
  }
}

package org.ridgeline.report;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ridgeline.base.Check;

/** The files of a finished run that {@code report.html} is made of. */
public final class RunFiles {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final JsonNode report;
  private final CsvTable path;
  private final CsvTable coefficients;
  private final Optional<CsvTable> residuals;
  private final Optional<CsvTable> forecast;
  private final Map<String, String> verdicts;

  private RunFiles(
      JsonNode report,
      CsvTable path,
      CsvTable coefficients,
      Optional<CsvTable> residuals,
      Optional<CsvTable> forecast,
      Map<String, String> verdicts) {
    this.report = report;
    this.path = path;
    this.coefficients = coefficients;
    this.residuals = residuals;
    this.forecast = forecast;
    this.verdicts = verdicts;
  }

  /**
   * Reads the files. Keys and columns that are absent mean not computed.
   *
   * @param report the bytes of {@code report.json}
   * @param path the bytes of {@code path.csv}
   * @param coefficients the bytes of {@code coefficients.csv}
   * @throws IllegalArgumentException with one sentence, when they are not files of one fit or
   *     tuning
   */
  public static RunFiles read(byte[] report, byte[] path, byte[] coefficients) {
    RunFiles files =
        new RunFiles(
            parse(report),
            CsvTable.read("path.csv", path),
            CsvTable.read("coefficients.csv", coefficients),
            Optional.empty(),
            Optional.empty(),
            Map.of());
    Check.that(
        files.report.path("data").isObject() && !files.targets().isEmpty(),
        "Cannot make a report: report.json has no data or no targets, so it is not of a fit or"
            + " tune");
    requireColumns("path.csv", files.path, "target", "lambda", "df", "selected");
    requireColumns("coefficients.csv", files.coefficients, "target", "feature", "coefficient");
    for (String target : files.targets()) {
      PathRows rows = PathRows.of(files.path, target);
      Check.that(
          rows.marked("selected").isPresent(),
          "Cannot make a report: path.csv has no selected lambda for target '%s'",
          target);
    }
    return files;
  }

  /**
   * These files with a sample of residuals.
   *
   * @param csv the bytes of {@code residuals.csv}
   */
  public RunFiles withResiduals(byte[] csv) {
    CsvTable table = CsvTable.read(ResidualsCsv.FILE, csv);
    requireColumns(ResidualsCsv.FILE, table, "target", "observed", "fitted", "residual", "weight");
    return new RunFiles(report, path, coefficients, Optional.of(table), forecast, verdicts);
  }

  /**
   * These files with a forecast.
   *
   * @param csv the bytes of {@code forecast.csv}
   * @param json the bytes of {@code forecast.json}
   */
  public RunFiles withForecast(byte[] csv, byte[] json) {
    CsvTable table = CsvTable.read(ForecastCsv.FILE, csv);
    requireColumns(ForecastCsv.FILE, table, "target", "rows", "mse", "bound", "kind");
    return new RunFiles(
        report, path, coefficients, residuals, Optional.of(table), ForecastJson.verdicts(json));
  }

  private static JsonNode parse(byte[] json) {
    try {
      return MAPPER.readTree(json);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "Cannot make a report: report.json is not JSON: "
              + e.getMessage().lines().findFirst().orElse(""),
          e);
    }
  }

  private static void requireColumns(String file, CsvTable table, String... names) {
    for (String name : names) {
      Check.that(
          table.header().contains(name), "Cannot make a report: %s has no column '%s'", file, name);
    }
  }

  /** {@code report.json}. */
  JsonNode report() {
    return report;
  }

  /** {@code coefficients.csv}. */
  CsvTable coefficients() {
    return coefficients;
  }

  /** {@code residuals.csv}, if there is one. */
  Optional<CsvTable> residuals() {
    return residuals;
  }

  /** {@code forecast.csv}, if there is one. */
  Optional<CsvTable> forecast() {
    return forecast;
  }

  /** Returns what more rows would do to a target, in one sentence; empty without a forecast. */
  String verdict(String target) {
    return verdicts.getOrDefault(target, "");
  }

  /** Returns the names of the targets, in order. */
  List<String> targets() {
    return report.path("targets").properties().stream().map(Map.Entry::getKey).toList();
  }

  /** Returns what {@code report.json} says of a target. */
  JsonNode target(String name) {
    return report.path("targets").path(name);
  }

  /** Returns the rows of a target in {@code path.csv}. */
  PathRows path(String target) {
    return PathRows.of(path, target);
  }

  /** Returns the name of a block of rows: its number, or the value of the fold column. */
  String block(int f) {
    return report().path("validation").path("blocks").path(f).asText(Integer.toString(f));
  }
}

/**
 * A finished run as bytes: the JSON, CSV and text that people and other programs read. Nothing here
 * opens a file, asks the clock or knows Spark: times and names are passed in.
 *
 * <p>Numbers are written with the fewest decimals that read back exactly; what was not computed is
 * {@code null} in JSON and empty in CSV.
 *
 * <pre>{@code
 * RunReport run = new RunReport("tune", data, options, targets, map, spectra, numerics, cost, ..);
 * byte[] path = PathCsv.of(run);
 * byte[] json = ReportJson.of(run);
 * byte[] page = ReportHtml.of(RunFiles.read(json, path, CoefficientsCsv.of(run)), next);
 * String screen = SummaryText.of(run, input, ending);
 * }</pre>
 */
package org.ridgeline.report;

package org.ridgeline.cli;

import java.util.Map;
import java.util.Optional;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Secrets;
import org.ridgeline.report.ForecastCsv;
import org.ridgeline.report.ForecastJson;
import org.ridgeline.report.JsonText;
import org.ridgeline.report.ReportHtml;
import org.ridgeline.report.ResidualsCsv;
import org.ridgeline.report.RunFiles;
import org.ridgeline.store.RunReader;
import org.ridgeline.store.RunStore;

/** {@code report}: rebuilds {@code report.html} from the other files of a run, without Spark. */
final class ReportCommand {
  /** The file. */
  static final String FILE = "report.html";

  private ReportCommand() {}

  static int run(RunContext context) {
    String run = context.settings().arguments().get(0);
    rebuild(run, context);
    String path = path(run);
    if (OutputOptions.form(context.settings()) == OutputOptions.Form.JSON) {
      context.console().result(JsonText.pretty(Map.of("report", path)));
    } else {
      context.console().result(Secrets.masked(path) + "\n");
    }
    return ExitCode.OK;
  }

  /** Makes the page anew. */
  static void rebuild(String run, RunContext context) {
    byte[] page = ReportHtml.of(files(run, context), NextStep.predict(run));
    RunStore.replace(run, FILE, page, context.hadoop());
  }

  private static RunFiles files(String run, RunContext context) {
    try (RunReader stored = RunReader.open(run, context.hadoop())) {
      RunFiles files =
          RunFiles.read(
              stored.read("report.json"), stored.read("path.csv"), stored.read("coefficients.csv"));
      RunFiles sampled = stored.find(ResidualsCsv.FILE).map(files::withResiduals).orElse(files);
      Optional<byte[]> forecast = stored.findMadeAnew(ForecastCsv.FILE);
      Optional<byte[]> said = stored.findMadeAnew(ForecastJson.FILE);
      return forecast.isPresent() && said.isPresent()
          ? sampled.withForecast(forecast.get(), said.get())
          : sampled;
    } catch (IllegalArgumentException e) {
      throw new DataException(e.getMessage() + " (in " + run + ")", e);
    }
  }

  private static String path(String run) {
    return run + (run.endsWith("/") ? "" : "/") + FILE;
  }
}

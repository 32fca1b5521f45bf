package org.ridgeline.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.ridgeline.natives.BlasProbe;
import org.ridgeline.report.JsonText;
import org.ridgeline.report.PlainTable;
import org.ridgeline.spark.ExecutorProbes;

/**
 * {@code doctor}: prints which BLAS and LAPACK run and how fast. Exits with 0 also without native
 * libraries.
 */
final class DoctorCommand {
  private DoctorCommand() {}

  static int run(RunContext context) {
    SparkSession session = context.session();
    BlasProbe driver = BlasProbe.run("driver");
    List<BlasProbe> executors =
        context.settings().isSet(Setting.EXECUTORS) ? ExecutorProbes.of(session) : List.of();
    if (OutputOptions.form(context.settings()) == OutputOptions.Form.JSON) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("version", CommandParser.version());
      map.put("spark", session.version());
      map.put("master", session.sparkContext().master());
      map.put("driver", map(driver));
      map.put("executors", executors.stream().map(DoctorCommand::map).toList());
      map.put("warnings", context.warnings());
      context.console().result(JsonText.pretty(map));
    } else {
      context.console().result(text(session, driver, executors));
    }
    return ExitCode.OK;
  }

  private static Map<String, Object> map(BlasProbe probe) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("where", probe.where());
    map.put("java", probe.java());
    map.put("cores", probe.cores());
    map.put("heapBytes", probe.heapBytes());
    map.put("blas", probe.blas());
    map.put("lapack", probe.lapack());
    map.put("native", probe.isNative());
    map.put("library", probe.library());
    map.put("state", probe.state());
    map.put("cause", probe.cause());
    map.put("openblasNumThreads", probe.threads());
    map.put("syrkGigaflops", probe.syrkGigaflops());
    map.put("choleskyMillis", probe.choleskyMillis());
    map.put("eigenMillis", probe.eigenMillis());
    return map;
  }

  private static String text(SparkSession session, BlasProbe driver, List<BlasProbe> executors) {
    PlainTable head = new PlainTable(2);
    head.row("version", CommandParser.version());
    head.row("spark", session.version() + " on " + session.sparkContext().master());
    StringBuilder text = new StringBuilder("Ridgeline doctor\n\n").append(head.text());
    text.append('\n').append(text(driver));
    executors.forEach(probe -> text.append('\n').append(text(probe)));
    return text.toString();
  }

  private static String text(BlasProbe probe) {
    PlainTable table = new PlainTable(2);
    table.row(
        probe.where(),
        "Java "
            + probe.java()
            + ", "
            + probe.cores()
            + " cores, heap "
            + (probe.heapBytes() >> 20)
            + " MiB");
    table.row("BLAS", probe.blas());
    table.row("LAPACK", probe.lapack());
    table.row("library", probe.library().orElse("none"));
    table.row("why", probe.state());
    probe.cause().ifPresent(cause -> table.row("cause", cause));
    table.row("threads", "OPENBLAS_NUM_THREADS " + probe.threads().orElse("is not set"));
    table.row(
        "speed",
        String.format(
            java.util.Locale.ROOT,
            "dsyrk %.1f GFLOP/s, Cholesky %.1f ms, eigen %.1f ms at order 500",
            probe.syrkGigaflops(),
            probe.choleskyMillis(),
            probe.eigenMillis()));
    if (probe.isNative() && !probe.threads().filter("1"::equals).isPresent()) {
      table.row("cure", "set OPENBLAS_NUM_THREADS=1 before the JVM starts (jobs/ridgeline does)");
    }
    return table.text();
  }
}

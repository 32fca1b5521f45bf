package org.ridgeline.cli;

import org.ridgeline.base.Secrets;
import org.ridgeline.report.JsonText;
import org.ridgeline.report.PlainTable;
import org.ridgeline.store.RunStatus;
import org.ridgeline.store.RunStore;

/** {@code status}: the state of a run, without Spark. Exits with the run's code. */
final class StatusCommand {
  private StatusCommand() {}

  static int run(RunContext context) {
    String run = context.settings().arguments().get(0);
    RunStatus status = RunStore.status(run, context.hadoop());
    if (OutputOptions.form(context.settings()) == OutputOptions.Form.JSON) {
      context.console().result(JsonText.pretty(status.toMap()));
    } else {
      PlainTable table = new PlainTable(2);
      table.row("run", Secrets.masked(run));
      table.row("state", status.state().label());
      status.exitCode().ifPresent(code -> table.row("exit code", Integer.toString(code)));
      status.error().ifPresent(error -> table.row("error", error));
      status.startedAt().ifPresent(time -> table.row("started", time));
      status.finishedAt().ifPresent(time -> table.row("finished", time));
      context.console().result(table.text());
    }
    return status.statusCode();
  }
}

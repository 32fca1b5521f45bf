package org.ridgeline.cli;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.ridgeline.base.Secrets;
import org.ridgeline.report.JsonText;
import org.ridgeline.store.RunIfExists;
import org.ridgeline.store.RunStatus;
import org.ridgeline.store.RunStore;

/** {@code --if-exists skip} and {@code resume} on a run that is complete: nothing is left to do. */
final class FinishedRun {
  private static final Set<RunIfExists> KEEPING = EnumSet.of(RunIfExists.SKIP, RunIfExists.RESUME);

  private FinishedRun() {}

  /** Prints and returns the exit code of the finished run in {@code --out}; empty without one. */
  static OptionalInt code(RunContext context) {
    Settings settings = context.settings();
    Optional<String> out = settings.text(Setting.OUT);
    if (out.isEmpty()
        || settings.command() == Command.PLAN
        || !Setting.OUT.isTakenBy(settings.command())
        || !KEEPING.contains(OutputOptions.ifExists(settings))) {
      return OptionalInt.empty();
    }
    Optional<RunStatus> finished = RunStore.finished(out.get(), context.hadoop());
    if (finished.isEmpty()) {
      return OptionalInt.empty();
    }
    if (OutputOptions.form(settings) == OutputOptions.Form.JSON) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("out", out.get());
      map.put("skipped", true);
      map.putAll(finished.get().toMap());
      context.console().result(JsonText.pretty(map));
    } else {
      context.console().result(Secrets.masked(out.get()) + " is complete: nothing to do\n");
    }
    return OptionalInt.of(finished.get().statusCode());
  }
}

package org.ridgeline.cli;

import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;
import org.ridgeline.base.Words;

/** Words the options of a remedy as flags: {@code --on-invalid drop}. */
final class Flags {
  private Flags() {}

  /** Returns the text of a remedy. */
  static String of(Remedy remedy) {
    return remedy.worded(Flags::of);
  }

  /** Returns an option as it is typed into a shell, with its value. */
  static String of(Option.Use use) {
    if (use.option() == Option.MAX_RESULT_SIZE) { // spark-submit has no flag of its own for it
      return "--conf " + use.option().sparkKey().orElseThrow() + withValue(use, "=");
    }
    return "--" + Words.of(use.option()) + withValue(use, " ");
  }

  private static String withValue(Option.Use use, String separator) {
    return use.value().map(value -> separator + NextStep.shell(value)).orElse("");
  }
}

package org.ridgeline.cli;

import java.util.OptionalDouble;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.store.MomentsStore;

/** {@code moments show}: prints a summary of stored moments after reading every byte. */
final class MomentsShowCommand {
  private MomentsShowCommand() {}

  static int run(RunContext context) {
    String name = context.settings().arguments().get(0);
    MomentsSet saved = MomentsStore.read(name, context.hadoop());
    MomentsOutput.print(context, name, saved, OptionalDouble.empty());
    return ExitCode.OK;
  }
}

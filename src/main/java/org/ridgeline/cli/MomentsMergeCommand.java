package org.ridgeline.cli;

import java.util.List;
import org.ridgeline.dataset.MomentsPair;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.store.MomentsStore;

/** {@code moments merge}: the moments of all the rows of several. */
final class MomentsMergeCommand {
  private MomentsMergeCommand() {}

  static int run(RunContext context) {
    List<String> names = context.settings().arguments();
    MomentsOutput output = MomentsOutput.open(context, names.toArray(String[]::new));
    MomentsSet merged = MomentsStore.read(names.get(0), context.hadoop());
    for (String name : names.subList(1, names.size())) {
      MomentsSet next = MomentsStore.read(name, context.hadoop());
      merged = new MomentsPair("merge", names.get(0), merged, name, next).plus();
    }
    return output.commit(merged);
  }
}

package org.ridgeline.cli;

import java.util.List;
import org.ridgeline.dataset.MomentsPair;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.store.MomentsStore;

/** {@code moments subtract}: the moments of the first without the rows of the second. */
final class MomentsSubtractCommand {
  private MomentsSubtractCommand() {}

  static int run(RunContext context) {
    List<String> names = context.settings().arguments();
    MomentsOutput output = MomentsOutput.open(context, names.toArray(String[]::new));
    MomentsSet whole = MomentsStore.read(names.get(0), context.hadoop());
    MomentsSet part = MomentsStore.read(names.get(1), context.hadoop());
    MomentsPair.Difference rest =
        new MomentsPair("subtract", names.get(0), whole, names.get(1), part).minus();
    return output.commit(rest.moments(), rest.digitsLost());
  }
}

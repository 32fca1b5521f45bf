package org.ridgeline.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.ridgeline.base.Secrets;

/** What a user does after a training: the end of its summary, and the command in its report. */
final class NextStep {
  private NextStep() {}

  /** Returns the command that predicts with the run in {@code directory}; empty for no name. */
  static String predict(String directory) {
    return directory.isEmpty()
        ? ""
        : "jobs/ridgeline predict --model "
            + shell(Secrets.masked(directory))
            + " --input NEW.csv --out PREDICTIONS";
  }

  /** Returns the last rows of a summary, their labels and texts in order. */
  static Map<String, String> ending(Optional<String> directory) {
    Map<String, String> rows = new LinkedHashMap<>();
    if (directory.isPresent()) {
      String run = Secrets.masked(directory.get());
      rows.put("saved", run + ": report.json, path.csv, coefficients.csv, model.json");
      rows.put("report", run + "/report.html");
      rows.put("next", predict(run));
    } else {
      rows.put("saved", "nothing: add --out DIR to keep the model and the whole path");
    }
    return rows;
  }

  /** Returns a word as a shell needs it. */
  static String shell(String word) {
    return word.matches("[A-Za-z0-9_./:=@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}

package org.ridgeline.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.ridgeline.linalg.Check;
import org.ridgeline.report.SavedModel;
import org.ridgeline.spark.InputColumn;

/** The columns of a design, as a saved model remembers them. */
final class SavedInputs {
  private SavedInputs() {}

  static List<SavedModel.Input> of(List<InputColumn> columns) {
    return columns.stream()
        .map(
            column ->
                new SavedModel.Input(
                    column.column(),
                    column.kind().name().toLowerCase(Locale.ROOT),
                    column.names(),
                    column.levels()))
        .toList();
  }

  static List<InputColumn> columns(List<SavedModel.Input> inputs) {
    return inputs.stream()
        .map(
            input ->
                new InputColumn(input.column(), kind(input.kind()), input.names(), input.levels()))
        .toList();
  }

  private static InputColumn.Kind kind(String word) {
    List<String> words =
        Arrays.stream(InputColumn.Kind.values())
            .map(kind -> kind.name().toLowerCase(Locale.ROOT))
            .toList();
    Check.that(
        words.contains(word), "Cannot use the model: it has an input of unknown kind '%s'", word);
    return InputColumn.Kind.valueOf(word.toUpperCase(Locale.ROOT));
  }
}

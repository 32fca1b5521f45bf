package org.ridgeline.dataset;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Names;

/** Features are told apart by their names, in files as well as in options. */
public final class FeatureNames {
  /** What the intercept is called among the features. */
  private static final String INTERCEPT = "(intercept)";

  private FeatureNames() {}

  /**
   * Checks that no two features of these columns have one name, and none that of the intercept.
   *
   * @throws DataException naming both columns
   */
  public static void requireDistinct(List<InputColumn> inputs) {
    Map<String, String> origins = new HashMap<>();
    origins.put(INTERCEPT, "the intercept");
    for (InputColumn input : inputs) {
      for (int j = 0; j < input.names().size(); j++) {
        String name = input.names().get(j);
        String other = origins.put(name, origin(input, j));
        if (other != null) {
          throw new DataException(
              String.format(
                  "two features would be called %s: %s and %s; rename one column",
                  Names.quoted(name), other, origin(input, j)));
        }
      }
    }
  }

  private static String origin(InputColumn input, int j) {
    String column = "column " + Names.quoted(input.column());
    return switch (input.kind()) {
      case NUMBER -> column;
      case ARRAY, VECTOR -> "element " + j + " of " + column;
      case CATEGORY -> {
        int dropped = input.levels().size() - input.names().size();
        yield "level " + Names.quoted(input.levels().get(j + dropped)) + " of " + column;
      }
    };
  }
}

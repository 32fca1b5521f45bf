package org.ridgeline.ml;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.ridgeline.base.DataException;
import org.ridgeline.base.DoesNotFitException;
import org.ridgeline.base.Explained;
import org.ridgeline.base.Option;
import org.ridgeline.base.SingularException;
import org.ridgeline.base.UsageException;
import org.ridgeline.base.Words;

/**
 * Words the options of a remedy as the setters of a stage: {@code setSelect("cv-min")}. What a
 * stage has no parameter for keeps its plain words.
 */
final class Setters {
  private final Params stage;

  private Setters(Params stage) {
    this.stage = stage;
  }

  /**
   * Runs the work of a stage.
   *
   * @throws RuntimeException what the work throws; where it has a remedy, an exception of the same
   *     class with the remedy in the words of this stage
   */
  static <T> T run(Params stage, Supplier<T> work) {
    try {
      return work.get();
    } catch (DataException | DoesNotFitException | SingularException | UsageException e) {
      throw e.explanation().remedy().isEmpty() ? e : ((Explained) e).worded(of(stage));
    }
  }

  /** Returns how a stage words an option. */
  static Function<Option.Use, String> of(Params stage) {
    return new Setters(stage)::word;
  }

  private String word(Option.Use use) {
    Optional<String> sparkKey = use.option().sparkKey();
    if (sparkKey.isPresent()) {
      return sparkKey.get() + use.value().map(value -> "=" + value).orElse("");
    }
    String name = parameter(use.option());
    if (!stage.hasParam(name)) {
      return use.toString();
    }
    String setter = "set" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    return setter + use.value().map(value -> "(" + literal(name, value) + ")").orElse("");
  }

  /** The name of the parameter that does what an option does: {@code fold-col} is foldCol. */
  private static String parameter(Option option) {
    return switch (option) {
      case FOLDS -> "numFolds";
      case ID_COL -> "groupCol";
      case STANDARDIZE -> "standardization";
      default -> camelCase(Words.of(option));
    };
  }

  private static String camelCase(String word) {
    return Pattern.compile("-(.)")
        .matcher(word)
        .replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT));
  }

  private String literal(String name, String value) {
    if (name.equals("standardization")) {
      return Boolean.toString(!value.equals("none"));
    }
    boolean isText = stage.getParam(name).getClass() == Param.class;
    return isText ? '"' + value + '"' : value;
  }
}

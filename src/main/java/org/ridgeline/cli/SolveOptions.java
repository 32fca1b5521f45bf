package org.ridgeline.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.ridgeline.base.Check;
import org.ridgeline.base.UsageException;
import org.ridgeline.base.Words;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.Intercept;
import org.ridgeline.ridge.LambdaConvention;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.Scaling;
import org.ridgeline.ridge.SolverKind;
import org.ridgeline.ridge.WeightKind;
import org.ridgeline.select.LambdaRequest;
import org.ridgeline.select.Rule;
import org.ridgeline.select.TuningSpec;
import org.ridgeline.select.Validation;
import org.ridgeline.train.MapSearch;
import org.ridgeline.train.PenaltySpec;
import org.ridgeline.train.SolveSpec;
import org.ridgeline.train.StoredRun;

/** The options that say what to solve for, as a {@link SolveSpec}. */
final class SolveOptions {
  private SolveOptions() {}

  /**
   * Reads what to solve for.
   *
   * @param map the feature maps, if there are any
   */
  static SolveSpec of(
      Settings settings, Optional<MapSearch> map, Function<String, StoredRun> runs) {
    return of(settings, map, runs, ValidationOptions.of(settings, rule(settings)));
  }

  private static SolveSpec of(
      Settings settings,
      Optional<MapSearch> map,
      Function<String, StoredRun> runs,
      Validation validation) {
    Check.that(
        map.isEmpty() || settings.text(Setting.PRIOR).isEmpty(),
        SolveSpec.LINEAR_ONLY); // before the run is read
    Scaling scaling = scaling(settings);
    RidgeSpec spec =
        new RidgeSpec(
                settings.isSet(Setting.NO_INTERCEPT) ? Intercept.NONE : Intercept.FREE,
                map.isPresent() ? Scaling.MAPPED : scaling,
                settings.choice(Setting.SOLVER, SolverKind.class))
            .with(weights(settings));
    return new SolveSpec(
        new TuningSpec(spec, lambdas(settings), rule(settings), search(settings)).with(validation),
        PenaltySpec.of(settings.list(Setting.PENALTY), settings.text(Setting.PRIOR).map(runs)),
        settings.isSet(Setting.EXACT_RESIDUALS)
            ? SolveSpec.Residuals.EXACT
            : SolveSpec.Residuals.MOMENTS,
        (int) Math.min(1000, settings.whole(Setting.REFINEMENTS, 0)));
  }

  /**
   * Returns what to solve for in stored moments.
   *
   * @throws IllegalArgumentException when something needs the rows, or differs from how they were
   *     read
   */
  static SolveSpec ofStored(Settings settings, MomentsSet saved, Function<String, StoredRun> runs) {
    Validation validation = ValidationOptions.ofStored(settings, rule(settings), saved.folds());
    SolveSpec asked = of(settings, Optional.empty(), runs, validation);
    String needsRows = "Cannot use %s with stored moments: it reads the rows again; use tune";
    Check.that(asked.tuning().rule() != Rule.LOO, needsRows, "--select loo");
    Check.that(asked.residuals() == SolveSpec.Residuals.MOMENTS, needsRows, "--exact-residuals");
    Check.that(asked.refinements() == 0, needsRows, "--refinements");
    Check.that(
        asked.tuning().ridge().solver() != SolverKind.DUAL || saved.moments().keepRows(),
        "Cannot use --solver dual with these moments: they do not keep the rows");
    Check.that(
        saved.maps().isEmpty() || !settings.isGiven(Setting.STANDARDIZE),
        "Cannot use --standardize with the moments of a feature map: its inputs were scaled before");
    Intercept intercept = asked.tuning().ridge().intercept();
    boolean hasCategory =
        saved.columns().inputs().stream().anyMatch(input -> !input.levels().isEmpty());
    Check.that(
        intercept == saved.columns().intercept() || !hasCategory,
        "Cannot solve %s an intercept: the levels of categories were encoded for a model %s one",
        intercept == Intercept.FREE ? "with" : "without",
        intercept == Intercept.FREE ? "without" : "with");
    RidgeSpec ridge = asked.tuning().ridge().with(saved.columns().weightKind());
    boolean single = saved.moments().folds() == 1 && !settings.isGiven(Setting.SELECT);
    Rule rule = single && asked.tuning().rule().needsFolds() ? Rule.GCV : asked.tuning().rule();
    RidgeSpec spec = saved.maps().isPresent() ? ridge.with(Scaling.MAPPED) : ridge;
    return asked.with(asked.tuning().with(spec).with(rule));
  }

  private static WeightKind weights(Settings settings) {
    WeightKind kind = settings.choice(Setting.WEIGHT_KIND, WeightKind.class);
    Check.that(
        kind == WeightKind.PRECISION || settings.text(Setting.WEIGHT).isPresent(),
        "Cannot use --weight-kind frequency without --weight");
    return kind;
  }

  /** Returns what {@code --standardize} says: of the columns, or with a map of its inputs. */
  static Scaling scaling(Settings settings) {
    String word = settings.choice(Setting.STANDARDIZE, List.of("population", "sample", "none"));
    Check.that(
        !word.equals("sample") || settings.text(Setting.WEIGHT).isEmpty(),
        "Cannot use --standardize sample with --weight: use population");
    return Scaling.valueOf(word.toUpperCase(Locale.ROOT));
  }

  /**
   * Returns the rule asked for; {@code fit} looks at GCV, everything else at folds. So does {@code
   * fit} with a feature map, where GCV can take next to no penalty for the best.
   */
  static Rule rule(Settings settings) {
    if (isOneLambda(settings)) {
      Check.that(
          !settings.isGiven(Setting.SELECT),
          "Cannot use --select with --lambda or --df: one lambda leaves nothing to select");
      return Rule.GIVEN;
    }
    if (!settings.isGiven(Setting.SELECT)) {
      boolean plain = settings.text(Setting.MAP).filter(map -> !map.equals("none")).isEmpty();
      return settings.command() == Command.FIT && plain ? Rule.GCV : Rule.CV_MIN;
    }
    List<String> words = new ArrayList<>(Words.all(Rule.class));
    words.remove(Rule.GIVEN.label());
    return Words.find(Rule.class, settings.choice(Setting.SELECT, words)).orElseThrow();
  }

  /** Whether one lambda is asked for, which leaves no choice. */
  static boolean isOneLambda(Settings settings) {
    return settings.isGiven(Setting.LAMBDA) || settings.isGiven(Setting.DF);
  }

  /** Whether to search between grid points, which only some rules allow. */
  private static TuningSpec.Search search(Settings settings) {
    if (!settings.isSet(Setting.REFINE)) {
      return TuningSpec.Search.GRID;
    }
    Rule rule = rule(settings);
    Check.that(
        rule != Rule.GIVEN,
        "Cannot use --refine with --lambda or --df: there is nothing to search");
    Check.that(
        rule.isContinuous(),
        "Cannot use --refine with --select %s: %s",
        rule.label(),
        rule == Rule.LOO
            ? "each further lambda would take a pass over the data"
            : "its lambda is a point of the grid by definition");
    Check.that(
        !settings.isSet(Setting.EXACT_RESIDUALS),
        "Cannot use --refine with --exact-residuals: the second pass measures the grid only");
    return TuningSpec.Search.REFINED;
  }

  private static LambdaRequest lambdas(Settings settings) {
    LambdaConvention convention = LambdaConvention.of(settings.required(Setting.LAMBDA_CONVENTION));
    if (settings.isGiven(Setting.DF)) {
      Check.that(
          !settings.isGiven(Setting.LAMBDA) && !settings.isGiven(Setting.LAMBDAS),
          "Cannot use --df with --lambda or --lambdas: it stands for one lambda");
      return degreesOfFreedom(number(settings.required(Setting.DF), "--df"));
    }
    if (settings.isGiven(Setting.LAMBDA)) {
      Check.that(
          !settings.isGiven(Setting.LAMBDAS),
          "Cannot use --lambda and --lambdas together: give one lambda or a grid");
      return LambdaRequest.of(convention, number(settings.required(Setting.LAMBDA), "--lambda"));
    }
    String grid = settings.required(Setting.LAMBDAS).strip();
    if (grid.equals("auto")) {
      return LambdaRequest.automatic();
    }
    return LambdaRequest.of(convention, parse(grid));
  }

  private static LambdaRequest degreesOfFreedom(double df) {
    Check.that(
        df > 0 && df < Double.POSITIVE_INFINITY,
        "Cannot read --df '%s': it must be between 0 and the number of features",
        df);
    return LambdaRequest.degreesOfFreedom(df);
  }

  private static double[] parse(String grid) {
    String[] range = grid.split(":", -1);
    if (range.length == 3) {
      Check.that(
          range[2].strip().matches("\\d{1,6}"),
          "Cannot read --lambdas '%s': COUNT in FROM:TO:COUNT must be a whole number from 1 to"
              + " 999999",
          grid);
      Vec values =
          LambdaRequest.logSpaced(
              number(range[0], "--lambdas"),
              number(range[1], "--lambdas"),
              Integer.parseInt(range[2].strip()));
      return values.toArray();
    }
    return Arrays.stream(grid.split(",", -1)).mapToDouble(x -> number(x, "--lambdas")).toArray();
  }

  static double number(String text, String flag) {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      throw new UsageException(
          "Cannot read "
              + flag
              + ": '"
              + text
              + "' is not a number"
              + (flag.equals("--lambdas") ? " (auto, FROM:TO:COUNT or a,b,c)" : ""),
          e);
    }
  }
}

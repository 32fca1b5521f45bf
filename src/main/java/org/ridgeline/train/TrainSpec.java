package org.ridgeline.train;

import java.util.List;
import java.util.Optional;
import org.ridgeline.base.Check;
import org.ridgeline.base.Names;
import org.ridgeline.dataset.ColumnRoles;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.dataset.OnInvalid;
import org.ridgeline.dataset.ReadSpec;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.Scaling;
import org.ridgeline.ridge.SolverKind;
import org.ridgeline.select.LambdaRequest;
import org.ridgeline.select.Rule;

/**
 * Everything that decides a fit.
 *
 * @param columns which column is what; its intercept is that of {@code solve}
 * @param onInvalid what becomes of rows with null, NaN or infinite values
 * @param solve what to solve for
 * @param map the feature maps to search, if any; the columns of the model are then theirs, and
 *     their sizes, which are part of the kernel, are not scaled
 * @param source the recorded origin of the rows, secrets masked; a training does not open it
 */
public record TrainSpec(
    ColumnRoles columns,
    OnInvalid onInvalid,
    SolveSpec solve,
    Optional<MapSearch> map,
    Optional<ReadSpec> source) {
  /** Checks that a rule that needs folds has them, and what does not go with a map. */
  public TrainSpec {
    if (map.isPresent()) {
      solve = solve.with(solve.tuning().ridge().with(Scaling.MAPPED));
    }
    Check.that(
        !solve.tuning().rule().needsFolds() || columns.folds().kind() != FoldRule.Kind.SINGLE,
        "Cannot choose lambda by %s without folds",
        solve.tuning().rule().label());
    columns = columns.withIntercept(solve.intercept());
  }

  /** Returns a tuning of an automatic grid of lambdas by 5 folds of the rows' content. */
  public static TrainSpec tune(String... labels) {
    return of(
        ColumnRoles.of(labels).withFolds(FoldRule.hashed(FoldRule.USUAL, 0)),
        SolveSpec.of(LambdaRequest.automatic(), Rule.CV_MIN));
  }

  /** Returns a fit of all rows, lambda chosen from an automatic grid by generalized CV. */
  public static TrainSpec fit(String... labels) {
    return of(ColumnRoles.of(labels), SolveSpec.of(LambdaRequest.automatic(), Rule.GCV));
  }

  /** Returns a training without a feature map that refuses invalid rows. */
  public static TrainSpec of(ColumnRoles columns, SolveSpec solve) {
    return new TrainSpec(columns, OnInvalid.ERROR, solve, Optional.empty(), Optional.empty());
  }

  /** Returns this with other columns. */
  public TrainSpec with(ColumnRoles choice) {
    return new TrainSpec(choice, onInvalid, solve, map, source);
  }

  /** Returns this with another treatment of invalid rows. */
  public TrainSpec with(OnInvalid choice) {
    return new TrainSpec(columns, choice, solve, map, source);
  }

  /** Returns this with another solve specification. */
  public TrainSpec with(SolveSpec choice) {
    return new TrainSpec(columns, onInvalid, choice, map, source);
  }

  /** Returns this with these feature maps. */
  public TrainSpec with(MapSearch choice) {
    return new TrainSpec(columns, onInvalid, solve, Optional.of(choice), source);
  }

  /**
   * Returns this for moments without their rows: weights and maps are theirs.
   *
   * @throws IllegalArgumentException when something needs the rows, or the labels are others
   */
  TrainSpec ofStored(MomentsSet moments) {
    Check.that(
        passes() == 1,
        "Cannot solve stored moments by leave-one-out, exact residuals or refinements: they read the"
            + " rows");
    Check.that(
        solve.tuning().ridge().solver() != SolverKind.DUAL || moments.moments().keepRows(),
        "Cannot solve stored moments by the dual: they do not keep the rows");
    List<String> stored = moments.columns().labels();
    Check.that(
        columns.labels().equals(stored),
        "Cannot solve stored moments for %s: their labels are %s; choose among their columns first",
        Names.listed(columns.labels(), 10),
        Names.listed(stored, 10));
    RidgeSpec ridge = solve.tuning().ridge().with(moments.columns().weightKind());
    return with(solve.with(moments.maps().isPresent() ? ridge.with(Scaling.MAPPED) : ridge));
  }

  /** Returns how often the data are read; exact residuals once for every map setting. */
  public int passes() {
    return 1 + exactPasses() + leaveOneOutPasses() + solve.refinements();
  }

  /** Returns how many passes measure residuals. */
  int exactPasses() {
    boolean exact = solve.residuals() == SolveSpec.Residuals.EXACT;
    return exact ? map.map(MapSearch::settings).orElse(1) : 0;
  }

  /** Returns how many passes leave each row out. */
  int leaveOneOutPasses() {
    boolean loo = solve.tuning().rule() == Rule.LOO;
    return loo ? map.map(MapSearch::leaveOneOutPasses).orElse(1) : 0;
  }
}

package org.ridgeline.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.ridgeline.dataset.FittedModel;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.dataset.ResolvedSpec;
import org.ridgeline.dataset.UnseenLevel;
import org.ridgeline.features.MapDescription;
import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.Lapack;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.Moments;
import org.ridgeline.report.MapReport;
import org.ridgeline.report.MeanPredictor;
import org.ridgeline.report.RunReport;
import org.ridgeline.report.TargetResult;
import org.ridgeline.report.ValidationReport;
import org.ridgeline.ridge.RidgeModel;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.select.FoldScores;
import org.ridgeline.select.NestedScores;
import org.ridgeline.select.SolverReport;
import org.ridgeline.select.Splits;
import org.ridgeline.select.Surface;
import org.ridgeline.select.TargetTuning;
import org.ridgeline.select.TuningResult;
import org.ridgeline.spark.Design;
import org.ridgeline.spark.Designs;
import org.ridgeline.spark.Scorers;
import org.ridgeline.spark.ScoringJob;

/** A finished training: what was chosen for each target, the model, and how sure it is. */
public final class TrainingResult {
  private final TrainSpec spec;
  private final MomentsSet moments;
  private final Choice choice;
  private final Supplier<ModelErrors> computation;
  private final List<String> warnings;
  private ModelErrors errors; // null until they are asked for

  private TrainingResult(
      TrainSpec spec,
      MomentsSet moments,
      Choice choice,
      Supplier<ModelErrors> computation,
      List<String> warnings) {
    this.spec = spec;
    this.moments = moments;
    this.choice = choice;
    this.computation = computation;
    this.warnings = List.copyOf(warnings);
  }

  /**
   * What was solved and chosen.
   *
   * @param ridge what was fitted, the penalty on the features included
   * @param targets path, scores and choice of each target
   * @param solved how the chosen model of each target was solved
   * @param tuning the whole tuning, without a map
   * @param map the settings and maps, with one
   */
  private record Choice(
      RidgeSpec ridge,
      List<TargetTuning> targets,
      List<SolverReport> solved,
      Optional<TuningResult> tuning,
      Optional<MapReport> map) {
    /** The splits that were scored. */
    Splits splits() {
      return tuning
          .map(TuningResult::folds)
          .orElseGet(() -> map.orElseThrow().surface().choices().get(0).folds())
          .splits();
    }

    /** The errors of the tuned model of each target; empty when they were not measured. */
    List<NestedScores> nested() {
      return tuning.map(TuningResult::nested).orElseGet(() -> map.orElseThrow().surface().nested());
    }
  }

  /** Returns the result of a training on the columns themselves. */
  static TrainingResult of(
      TrainSpec spec, MomentsSet moments, TuningResult tuned, Supplier<ModelErrors> errors) {
    List<SolverReport> solved = new ArrayList<>();
    for (int t = 0; t < tuned.targets().size(); t++) {
      solved.add(SolverReport.of(tuned, t));
    }
    Choice choice =
        new Choice(
            tuned.problem().spec(), tuned.targets(), solved, Optional.of(tuned), Optional.empty());
    return new TrainingResult(spec, moments, choice, errors, List.of());
  }

  /** Returns the result of a training with a feature map. */
  static TrainingResult of(
      TrainSpec spec, MomentsSet moments, MapReport map, Supplier<ModelErrors> errors) {
    Choice choice =
        new Choice(
            spec.solve().tuning().ridge(),
            map.surface().targets(),
            map.surface().choices().stream().map(Surface.Choice::solved).toList(),
            Optional.empty(),
            Optional.of(map));
    return new TrainingResult(spec, moments, choice, errors, List.of());
  }

  /** Returns this with what there is to warn of. */
  TrainingResult with(List<String> sentences) {
    return new TrainingResult(spec, moments, choice, computation, sentences);
  }

  /**
   * Returns what there is to warn of, such as dependent columns or a rule that chose badly: a
   * sentence each, options in the words of the journal's listener.
   */
  public List<String> warnings() {
    return warnings;
  }

  /** Returns what was asked. */
  public TrainSpec spec() {
    return spec;
  }

  /** Returns the moments of every fold, and what their columns are. */
  public MomentsSet moments() {
    return moments;
  }

  /** Path, scores and choice of target {@code t}, at its map setting if there is a map. */
  public TargetTuning target(int t) {
    return choice.targets().get(t);
  }

  /** Returns path, scores and choice of every target. */
  List<TargetTuning> targets() {
    return choice.targets();
  }

  /** Returns how the chosen model of every target was solved. */
  List<SolverReport> solved() {
    return choice.solved();
  }

  /** Returns how the chosen model of target {@code t} was solved. */
  public SolverReport solved(int t) {
    return choice.solved().get(t);
  }

  /** Returns the whole tuning with its systems; empty for a training with a feature map. */
  public Optional<TuningResult> tuning() {
    return choice.tuning();
  }

  /** Returns the splits of the rows that were scored; none without folds. */
  public Splits splits() {
    return choice.splits();
  }

  /** Returns the errors of the tuned model of target {@code t}, if they were measured. */
  public Optional<FoldScores> nested(int t) {
    return choice.nested().isEmpty() ? Optional.empty() : choice.nested().get(t).scores();
  }

  /** Returns the settings and maps, if there are any. */
  public Optional<MapReport> map() {
    return choice.map();
  }

  /** Returns the errors of coefficients and of a sample of rows, computed at the first call. */
  public synchronized ModelErrors errors() {
    if (errors == null) {
      errors = computation.get();
    }
    return errors;
  }

  /** Returns the names of the targets. */
  public List<String> targetNames() {
    return moments.columns().labels();
  }

  /** Returns the names of the inputs. */
  public List<String> featureNames() {
    return moments.columns().features();
  }

  /** Returns the model. */
  public FittedModel model() {
    List<TargetTuning> targets = choice.targets();
    List<MapDescription> maps = choice.map().map(MapReport::maps).orElse(List.of());
    int d = targets.stream().mapToInt(t -> t.coefficients().size()).max().orElseThrow();
    RidgeModel model =
        TargetTuning.model(
            targets, maps.isEmpty() ? featureNames() : FittedModel.mappedNames(d), targetNames());
    return new FittedModel(model, moments.columns().inputs(), maps);
  }

  /** Returns what decided the fit. */
  public ResolvedSpec resolved() {
    return new ResolvedSpec(
        spec.solve().tuning().with(choice.ridge()),
        moments.folds(),
        moments.columns().weight(),
        new ResolvedSpec.Passes(
            spec.solve().residuals() == SolveSpec.Residuals.EXACT, spec.solve().refinements()),
        spec.onInvalid(),
        spec.source(),
        Optional.empty());
  }

  /**
   * Returns the rows with a prediction beside them.
   *
   * @param rows with the input columns of the model
   */
  public Dataset<Row> predict(Dataset<Row> rows) {
    FittedModel model = model();
    Design design =
        Designs.forModel(
            rows.schema(), model.inputs(), List.of(), Optional.empty(), UnseenLevel.ERROR);
    return ScoringJob.of(design, spec.onInvalid()).score(rows, Scorers.of(model));
  }

  /** Decimal digits that the errors of the chosen models lost; those of the rows lose none. */
  double digitsLost() {
    double lost = 0;
    for (TargetTuning target : choice.targets()) {
      lost = Math.max(lost, target.path().digitsLost(target.selection().chosen()));
    }
    return lost;
  }

  /**
   * Returns the report.
   *
   * @param command {@code fit} or {@code tune}
   * @param options the options as they were resolved, secrets masked
   * @param reads what was read
   * @param journal of the training
   */
  public RunReport report(
      String command, Map<String, Object> options, RunReport.Reads reads, Journal journal) {
    Moments total = moments.moments().total();
    return new RunReport(
        command,
        new RunReport.DataSummary(
            total.rows(),
            total.weightSum(),
            featureNames(),
            moments.skipped(),
            moments.rowsDropped()),
        options,
        results(total),
        validation(),
        choice.map(),
        spectra(),
        numerics(),
        new RunReport.Cost(reads, journal.seconds()),
        journal.warnings(),
        List.of());
  }

  private ValidationReport validation() {
    FoldedMoments blocks = moments.moments();
    return new ValidationReport(
        spec.solve().tuning().validation(),
        splits(),
        IntStream.range(0, blocks.folds()).mapToObj(blocks::label).toList());
  }

  private List<TargetResult> results(Moments total) {
    List<TargetResult> results = new ArrayList<>();
    for (int t = 0; t < targetNames().size(); t++) {
      results.add(
          new TargetResult(
              targetNames().get(t),
              target(t),
              solved(t).scales(),
              total.weightSum(),
              total.targetDeviation(t),
              target(t).scores().isEmpty()
                  ? OptionalDouble.empty()
                  : OptionalDouble.of(MeanPredictor.cvMse(moments.moments(), choice.splits(), t)),
              nested(t),
              errors().inference().get(t)));
    }
    return results;
  }

  /** Returns the smallest reciprocal condition number of the chosen systems. */
  double worstCondition() {
    return choice.solved().stream().mapToDouble(SolverReport::rcond).min().orElseThrow();
  }

  private Map<String, Vec> spectra() {
    Map<String, Vec> spectra = new LinkedHashMap<>();
    for (int t = 0; t < targetNames().size(); t++) {
      String name = targetNames().get(t);
      solved(t).spectrum().ifPresent(spectrum -> spectra.put(name, spectrum));
    }
    return spectra;
  }

  private RunReport.Numerics numerics() {
    double residual = 0;
    for (SolverReport solved : choice.solved()) {
      residual = Math.max(residual, solved.relativeResidual());
    }
    return new RunReport.Numerics(
        solved(0).solver().label(),
        solved(0).rank(),
        Math.min(1, worstCondition()),
        residual,
        digitsLost(),
        errors().collinearity(),
        Blas.implementation(),
        Lapack.implementation());
  }
}

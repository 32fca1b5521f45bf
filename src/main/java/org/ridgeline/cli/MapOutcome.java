package org.ridgeline.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.infer.Inference;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.report.MapReport;
import org.ridgeline.report.ResidualRow;
import org.ridgeline.ridge.RidgePath;
import org.ridgeline.ridge.RidgeProblem;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.RidgeSystem;
import org.ridgeline.ridge.SolverTable;
import org.ridgeline.select.FoldExecutor;
import org.ridgeline.select.FoldFit;
import org.ridgeline.select.Surface;

/**
 * What a search among maps has brought. It keeps no systems, so the chosen models are solved once
 * more, each at its lambda alone.
 *
 * @param spec what was fitted
 * @param saved the moments and their maps
 * @param executor where folds are solved
 * @param sample the rows to tell the residuals of, if there are any
 */
record MapOutcome(
    RidgeSpec spec, MomentsSet saved, FoldExecutor executor, Optional<SampledResiduals> sample) {

  Outcome of(MapReport report) {
    Surface surface = report.surface();
    MomentsSet.Maps maps = saved.maps().orElseThrow();
    List<Optional<Inference>> inference = new ArrayList<>();
    List<ResidualRow> residuals = new ArrayList<>();
    for (int t = 0; t < surface.choices().size(); t++) {
      int setting = surface.choices().get(t).setting();
      FoldedMoments moments = maps.grid().moments(setting, saved.sums());
      RidgeProblem problem = RidgeProblem.of(moments.total(), spec);
      Vec lambda = Vec.of(surface.targets().get(t).lambda());
      RidgeSystem system = SolverTable.solver(problem, 1, lambda.get(0));
      List<Vec> lambdas = Collections.nCopies(problem.targets(), lambda);
      RidgePath path = system.paths(lambdas).get(t);
      Optional<Vec> known = surface.choices().get(t).solved().spectrum();
      Optional<Vec> spectrum = known.isPresent() ? known : Inference.eigenvalues(system, problem);
      inference.add(Optional.of(Inference.of(system, problem, path, 0, spectrum)));
      if (sample.isPresent()) {
        List<FoldFit> folds =
            moments.folds() > 1 ? executor.fit(moments, spec, lambdas) : List.of();
        SampledResiduals.Chosen chosen =
            new SampledResiduals.Chosen(
                system, problem, surface.targets().get(t), folds, 0, moments);
        Optional<FeatureMap> map = Optional.of(FeatureMap.of(maps.description(setting)));
        residuals.addAll(sample.get().of(t, chosen, map));
      }
    }
    return new Outcome(
        surface.targets(),
        surface.choices().stream().map(Surface.Choice::solved).toList(),
        inference,
        Optional.empty(),
        Optional.of(report),
        residuals);
  }
}

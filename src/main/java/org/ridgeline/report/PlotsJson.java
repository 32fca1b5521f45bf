package org.ridgeline.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.ridgeline.dataset.FittedModel;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.select.LambdaGrid;

/**
 * What only the plots need, under the key {@code plots} of {@code report.json}, to six digits:
 *
 * <pre>
 * spectrum      {TARGET: null, or {count, number, eigenvalue}}: eigenvalues of G, largest first, at
 *               most 200
 * coefficients  {TARGET: {lambda, df, feature, standardized}}: standardized holds one list per
 *               feature, at most 30 features (the largest at the chosen lambda) and 60 lambdas
 * </pre>
 */
final class PlotsJson {
  private static final int EIGENVALUES = 200;
  private static final int FEATURES = 30;
  private static final int LAMBDAS = 57; // and up to three that are marked
  private static final MathContext DIGITS = new MathContext(6);

  private PlotsJson() {}

  static Map<String, Object> of(RunReport run) {
    Map<String, Object> plots = new LinkedHashMap<>();
    Map<String, Object> spectra = new LinkedHashMap<>();
    Map<String, Object> targets = new LinkedHashMap<>();
    for (TargetResult target : run.targets()) {
      Vec eigenvalues = run.spectra().get(target.name());
      spectra.put(target.name(), eigenvalues == null ? null : spectrum(eigenvalues));
      int d = target.tuned().coefficients().size();
      List<String> names =
          run.map().isPresent() ? FittedModel.mappedNames(d) : run.data().features();
      targets.put(target.name(), coefficients(target, names));
    }
    plots.put("spectrum", spectra);
    plots.put("coefficients", targets);
    return plots;
  }

  private static Map<String, Object> spectrum(Vec ascending) {
    int d = ascending.size();
    List<Integer> numbers = new ArrayList<>(evenly(0, d, EIGENVALUES));
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("count", d);
    map.put("number", numbers.stream().map(j -> j + 1).toList());
    map.put("eigenvalue", numbers.stream().map(j -> rounded(ascending.get(d - 1 - j))).toList());
    return map;
  }

  private static Map<String, Object> coefficients(TargetResult target, List<String> names) {
    List<Integer> lambdas = lambdas(target);
    List<Integer> features = largest(target);
    Matrix path = target.path().coefficients().matrix();
    List<List<Double>> standardized = new ArrayList<>();
    for (int j : features) {
      double scale = target.scales().get(j);
      standardized.add(lambdas.stream().map(l -> rounded(path.get(j, l) * scale)).toList());
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("lambda", lambdas.stream().map(l -> rounded(target.path().lambdas().get(l))).toList());
    map.put("df", lambdas.stream().map(l -> rounded(target.path().df().get(l))).toList());
    map.put("feature", features.stream().map(names::get).toList());
    map.put("standardized", standardized);
    return map;
  }

  /** Evenly spaced lambdas of the grid, and the marked ones. */
  private static List<Integer> lambdas(TargetResult target) {
    LambdaGrid grid = target.tuned().grid();
    TreeSet<Integer> chosen = evenly(grid.from(), grid.to(), LAMBDAS);
    chosen.add(target.chosen());
    target.tuned().selection().minimum().ifPresent(chosen::add);
    target.tuned().selection().oneStandardError().ifPresent(chosen::add);
    return new ArrayList<>(chosen);
  }

  /** Returns the features with the largest standardized coefficients in the chosen model. */
  private static List<Integer> largest(TargetResult target) {
    Vec chosen = target.tuned().coefficients();
    return IntStream.range(0, chosen.size())
        .boxed()
        .sorted(Comparator.comparingDouble(j -> -Math.abs(chosen.get(j) * target.scales().get(j))))
        .limit(FEATURES)
        .toList();
  }

  /**
   * At most {@code most} of the numbers {@code from <= i < to}, the first and the last included.
   */
  private static TreeSet<Integer> evenly(int from, int to, int most) {
    TreeSet<Integer> numbers = new TreeSet<>();
    int steps = Math.min(most, to - from) - 1;
    for (int i = 0; i <= steps; i++) {
      numbers.add(from + (steps == 0 ? 0 : (int) ((long) (to - from - 1) * i / steps)));
    }
    return numbers;
  }

  static double rounded(double value) {
    return Double.isFinite(value) ? new BigDecimal(value).round(DIGITS).doubleValue() : value;
  }
}

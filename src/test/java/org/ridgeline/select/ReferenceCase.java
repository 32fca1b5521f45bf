package org.ridgeline.select;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.ridgeline.Rows;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.Moments;
import org.ridgeline.moments.MomentsAccumulator;
import org.ridgeline.moments.RowBlock;
import org.ridgeline.ridge.Intercept;
import org.ridgeline.ridge.Penalty;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.Scaling;
import org.ridgeline.ridge.SolverKind;

/** A folder of rows and the values that a fit to them must give. See cases/README.md. */
final class ReferenceCase {
  private final Path folder;
  private final JsonNode expected;
  private final List<String[]> rows;
  private final List<String> header;

  private ReferenceCase(Path folder) throws IOException {
    this.folder = folder;
    this.expected = new ObjectMapper().readTree(folder.resolve("expected.json").toFile());
    List<String> lines = Files.readAllLines(folder.resolve("data.csv"));
    this.header = Arrays.asList(lines.get(0).split(",", -1));
    this.rows = lines.stream().skip(1).map(line -> line.split(",", -1)).toList();
  }

  /** All cases carried with the tests, and those of the folder named by a system property. */
  static List<ReferenceCase> all() throws IOException {
    List<ReferenceCase> cases = new ArrayList<>(in(Path.of("src/test/resources/cases")));
    String more = System.getProperty("ridgeline.cases");
    if (more != null) {
      cases.addAll(in(Path.of(more)));
    }
    return cases;
  }

  private static List<ReferenceCase> in(Path parent) throws IOException {
    List<ReferenceCase> cases = new ArrayList<>();
    try (Stream<Path> folders = Files.list(parent)) {
      for (Path folder :
          folders.filter(f -> Files.exists(f.resolve("data.csv"))).sorted().toList()) {
        cases.add(new ReferenceCase(folder));
      }
    }
    return cases;
  }

  String name() {
    return folder.getFileName().toString();
  }

  JsonNode expected() {
    return expected;
  }

  /** Whether it is a regression on its own columns: no feature map. */
  boolean isRegression() {
    return expected.has("path");
  }

  /** Whether it is one whose penalty is that of plain ridge. */
  boolean isPlainRidge() {
    return isRegression() && penalty().isIdentity();
  }

  /** Tikhonov's matrix and the prior mean, where the case has them. */
  private Penalty penalty() {
    Penalty penalty = Penalty.identity();
    if (expected.has("penalty_matrix_D")) {
      JsonNode rows = expected.get("penalty_matrix_D");
      Matrix operator = Matrix.zeros(rows.size(), rows.get(0).size());
      for (int i = 0; i < operator.rows(); i++) {
        for (int j = 0; j < operator.columns(); j++) {
          operator.set(i, j, rows.get(i).get(j).asDouble());
        }
      }
      penalty = penalty.withOperator(operator);
    }
    if (expected.has("prior_mean")) {
      JsonNode mean = expected.get("prior_mean");
      double[] values = new double[mean.size()];
      Arrays.setAll(values, j -> mean.get(j).asDouble());
      penalty = penalty.withPriorMean(values);
    }
    return penalty;
  }

  /** Whether rows have weights. */
  boolean weighted() {
    return expected.path("weight_column").isTextual();
  }

  /** Whether it tells the errors of folds. */
  boolean hasFoldErrors() {
    return expected.at("/path/0/targets/0").has("cv_globalScale");
  }

  RidgeSpec spec(SolverKind solver) {
    return new RidgeSpec(
            expected.get("fitIntercept").asBoolean() ? Intercept.FREE : Intercept.NONE,
            Scaling.valueOf(expected.get("standardize").asText().toUpperCase(Locale.ROOT)),
            solver)
        .with(penalty());
  }

  double[] lambdas() {
    List<Double> lambdas = new ArrayList<>();
    expected.get("path").forEach(step -> lambdas.add(step.get("lambda").asDouble()));
    return lambdas.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /**
   * The moments of every fold with what the solver needs, folds ascending; one fold where the case
   * has none.
   */
  FoldedMoments moments(SolverKind solver) {
    List<String> columns = new ArrayList<>();
    expected.get("feature_columns").forEach(c -> columns.add(c.asText()));
    int d = columns.size();
    expected.get("target_columns").forEach(c -> columns.add(c.asText()));
    int weight = column("weight_column");
    int fold = column("fold_column");
    TreeMap<Integer, MomentsAccumulator> folds = new TreeMap<>();
    RowBlock block = new RowBlock(1, columns.size());
    for (String[] row : rows) {
      double[] values =
          columns.stream().mapToDouble(c -> Double.parseDouble(row[header.indexOf(c)])).toArray();
      block.append(values, weight < 0 ? 1 : Double.parseDouble(row[weight]));
      int number = fold < 0 ? 0 : Integer.parseInt(row[fold]);
      folds.computeIfAbsent(number, f -> sum(solver, d, values.length - d)).addInPlace(block);
    }
    List<Moments> moments = folds.values().stream().map(MomentsAccumulator::snapshot).toList();
    return FoldedMoments.of(
        folds.keySet().stream().sorted(Comparator.naturalOrder()).map(String::valueOf).toList(),
        moments);
  }

  private static MomentsAccumulator sum(SolverKind solver, int inputs, int targets) {
    return switch (solver) {
      case TSQR -> MomentsAccumulator.withFactor(inputs, targets);
      case DUAL -> MomentsAccumulator.ofRows(inputs, targets, 1000);
      case AUTO, CHOLESKY, EIGEN -> new MomentsAccumulator(inputs, targets);
    };
  }

  /** The rows themselves. */
  Rows rows() {
    int weight = column("weight_column");
    double[] weights = new double[rows.size()];
    Arrays.setAll(weights, i -> weight < 0 ? 1 : Double.parseDouble(rows.get(i)[weight]));
    return Rows.of(block("feature_columns"), block("target_columns"), weights);
  }

  private double[][] block(String key) {
    List<Integer> at = new ArrayList<>();
    expected.get(key).forEach(c -> at.add(header.indexOf(c.asText())));
    return rows.stream()
        .map(row -> at.stream().mapToDouble(j -> Double.parseDouble(row[j])).toArray())
        .toArray(double[][]::new);
  }

  private int column(String key) {
    return expected.path(key).isTextual() ? header.indexOf(expected.get(key).asText()) : -1;
  }
}

package org.ridgeline.report;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.ridgeline.base.Check;
import org.ridgeline.base.Sha256;
import org.ridgeline.base.Words;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.dataset.InputFiles;
import org.ridgeline.dataset.OnInvalid;
import org.ridgeline.dataset.ReadSpec;
import org.ridgeline.dataset.ResolvedSpec;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.Intercept;
import org.ridgeline.ridge.LambdaConvention;
import org.ridgeline.ridge.Penalty;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.Scaling;
import org.ridgeline.ridge.SolverKind;
import org.ridgeline.ridge.WeightKind;
import org.ridgeline.select.LambdaRequest;
import org.ridgeline.select.Rule;
import org.ridgeline.select.SplitRule;
import org.ridgeline.select.TuningSpec;
import org.ridgeline.select.Validation;

/**
 * The key {@code spec} of {@code model.json}: what decided the fit, in words and numbers. The
 * operator of a penalty, d x d doubles, is a file of its own: little-endian, column by column.
 */
final class SpecJson {
  private static final int VERSION = 1;
  private static final String OPERATOR_FILE = "penalty.bin";

  private SpecJson() {}

  static Map<String, Object> of(ResolvedSpec spec) {
    RidgeSpec ridge = spec.ridge();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("version", VERSION);
    map.put("intercept", ridge.intercept() == Intercept.FREE);
    map.put("standardize", Words.of(ridge.scaling()));
    map.put("solver", Words.of(ridge.solver()));
    map.put("weightKind", Words.of(ridge.weights()));
    map.put("select", Words.of(spec.rule()));
    map.put("lambdas", lambdas(spec.tuning().lambdas()));
    map.put("refine", spec.tuning().search() == TuningSpec.Search.REFINED);
    map.put("folds", folds(spec.folds()));
    map.put("validation", validation(spec.tuning().validation()));
    map.put("weight", spec.weight());
    map.put("exactResiduals", spec.passes().exactResiduals());
    map.put("refinements", spec.passes().refinements());
    map.put("onInvalid", Words.of(spec.onInvalid()));
    map.put("penalty", ridge.penalty().isIdentity() ? null : penalty(ridge.penalty()));
    map.put("source", spec.source().map(SpecJson::source).orElse(null));
    map.put("files", spec.files().map(SpecJson::files).orElse(null));
    return map;
  }

  private static Map<String, Object> lambdas(LambdaRequest request) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("values", request.values().orElse(null));
    map.put("df", request.df());
    map.put("convention", request.convention().label());
    return map;
  }

  private static Map<String, Object> folds(FoldRule rule) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("rule", Words.of(rule.kind()));
    map.put("column", rule.column());
    map.put("count", rule.folds());
    map.put("seed", rule.seed());
    return map;
  }

  /** Returns a way of validating. */
  static Map<String, Object> validation(Validation validation) {
    SplitRule rule = validation.rule();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kind", Words.of(rule.kind()));
    if (rule instanceof SplitRule.Forward forward) {
      map.put("gap", forward.gap());
      map.put("window", forward.window().isPresent() ? forward.window().getAsInt() : null);
    } else if (rule instanceof SplitRule.Purged purged) {
      map.put("gap", purged.gap());
    } else if (rule instanceof SplitRule.Repeated repeated) {
      map.put("repeats", repeated.repeats());
      map.put("folds", repeated.folds());
      map.put("seed", repeated.seed());
    }
    map.put("nested", validation.isNested());
    return map;
  }

  private static Validation validation(CheckedJson json) {
    if (json.isNull()) { // versions before had k-fold only
      return Validation.kFold();
    }
    SplitRule rule =
        switch (json.at("kind").word(SplitRule.Kind.class)) {
          case KFOLD -> new SplitRule.KFold();
          case FORWARD ->
              new SplitRule.Forward(
                  json.at("gap").size32(),
                  json.at("window").isNull()
                      ? OptionalInt.empty()
                      : OptionalInt.of(json.at("window").size32()));
          case PURGED -> new SplitRule.Purged(json.at("gap").size32());
          case REPEATED ->
              new SplitRule.Repeated(
                  json.at("repeats").size32(), json.at("folds").size32(), json.at("seed").whole());
        };
    Validation validation = new Validation(rule, Validation.Tuned.NO);
    return json.at("nested").flag() ? validation.nested() : validation;
  }

  private static Map<String, Object> penalty(Penalty penalty) {
    Penalty.Parts parts = penalty.parts();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("factors", parts.factors().orElse(null));
    map.put("priorMean", parts.priorMean().map(SpecJson::columns).orElse(null));
    map.put("operator", parts.operator().map(SpecJson::operator).orElse(null));
    map.put("originalUnits", parts.original().isEmpty() ? null : parts.original());
    return map;
  }

  private static List<Vec> columns(Matrix matrix) {
    List<Vec> columns = new ArrayList<>();
    for (int j = 0; j < matrix.columns(); j++) {
      columns.add(Vec.owning(matrix.columnCopy(j)));
    }
    return columns;
  }

  private static Map<String, Object> operator(Matrix operator) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("file", OPERATOR_FILE);
    map.put("rows", operator.rows());
    map.put("columns", operator.columns());
    map.put("sha256", Sha256.of(bytes(operator)));
    return map;
  }

  private static Map<String, Object> source(ReadSpec source) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("path", source.path());
    map.put("format", source.format());
    map.put("options", source.options());
    map.put("where", source.where());
    return map;
  }

  private static Map<String, Object> files(InputFiles files) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("count", files.count());
    map.put("bytes", files.bytes());
    map.put("sha256", files.sha256());
    return map;
  }

  /** Returns the files beside {@code model.json} that the spec needs; mostly none. */
  static Map<String, byte[]> files(ResolvedSpec spec) {
    return spec.ridge()
        .penalty()
        .parts()
        .operator()
        .map(operator -> Map.of(OPERATOR_FILE, bytes(operator)))
        .orElse(Map.of());
  }

  /** Reads the value back. */
  static ResolvedSpec read(CheckedJson json, FilesBeside files) {
    Check.that(
        json.isThere(),
        "Cannot use the model: it does not say what decided its fit; train it with this version");
    Check.that(
        json.at("version").whole() == VERSION,
        "Cannot use the model: its spec has version %d, this version reads %d",
        json.at("version").whole(),
        VERSION);
    CheckedJson penalty = json.at("penalty");
    RidgeSpec ridge =
        new RidgeSpec(
            json.at("intercept").flag() ? Intercept.FREE : Intercept.NONE,
            json.at("standardize").word(Scaling.class),
            json.at("solver").word(SolverKind.class),
            penalty.isNull() ? Penalty.identity() : penalty(penalty, files),
            json.at("weightKind").word(WeightKind.class));
    CheckedJson source = json.at("source");
    CheckedJson listed = json.at("files");
    return new ResolvedSpec(
        tuning(json, ridge),
        foldRule(json.at("folds")),
        json.at("weight").optionalText(),
        new ResolvedSpec.Passes(json.at("exactResiduals").flag(), json.at("refinements").size32()),
        json.at("onInvalid").word(OnInvalid.class),
        source.isNull() ? Optional.empty() : Optional.of(source(source)),
        listed.isNull()
            ? Optional.empty()
            : Optional.of(
                new InputFiles(
                    listed.at("count").size32(),
                    listed.at("bytes").whole(),
                    listed.at("sha256").text())));
  }

  private static TuningSpec tuning(CheckedJson json, RidgeSpec ridge) {
    CheckedJson lambdas = json.at("lambdas");
    CheckedJson values = lambdas.at("values");
    CheckedJson df = lambdas.at("df");
    return new TuningSpec(
            ridge,
            new LambdaRequest(
                values.isNull()
                    ? Optional.empty()
                    : Optional.of(Vec.owning(values.numbers(values.size()))),
                df.isNull() ? OptionalDouble.empty() : OptionalDouble.of(df.number()),
                LambdaConvention.of(lambdas.at("convention").text())),
            json.at("select").word(Rule.class),
            json.at("refine").flag() ? TuningSpec.Search.REFINED : TuningSpec.Search.GRID)
        .with(validation(json.at("validation")));
  }

  private static FoldRule foldRule(CheckedJson json) {
    return new FoldRule(
        json.at("rule").word(FoldRule.Kind.class),
        json.at("column").optionalText(),
        json.at("count").size32(),
        json.at("seed").whole());
  }

  private static Penalty penalty(CheckedJson json, FilesBeside files) {
    CheckedJson factors = json.at("factors");
    CheckedJson mean = json.at("priorMean");
    CheckedJson operator = json.at("operator");
    CheckedJson original = json.at("originalUnits");
    return Penalty.of(
        new Penalty.Parts(
            factors.isNull()
                ? Optional.empty()
                : Optional.of(Vec.owning(factors.numbers(factors.size()))),
            operator.isNull() ? Optional.empty() : Optional.of(operator(operator, files)),
            mean.isNull() ? Optional.empty() : Optional.of(matrix(mean)),
            original.isNull()
                ? List.of()
                : original.elements().stream().map(CheckedJson::flag).toList()));
  }

  private static Matrix matrix(CheckedJson columns) {
    List<CheckedJson> all = columns.elements();
    int rows = all.isEmpty() ? 0 : all.get(0).size();
    double[] data = new double[rows * all.size()];
    for (int j = 0; j < all.size(); j++) {
      System.arraycopy(all.get(j).numbers(rows), 0, data, j * rows, rows);
    }
    return Matrix.owning(rows, all.size(), data);
  }

  private static Matrix operator(CheckedJson json, FilesBeside files) {
    int rows = json.at("rows").size32();
    int columns = json.at("columns").size32();
    byte[] bytes = files.read(json.at("file").text());
    Check.that(
        bytes.length == (long) Double.BYTES * rows * columns
            && Sha256.of(bytes).equals(json.at("sha256").text()),
        "Cannot use the model: %s is not the file that it was written with",
        json.at("file").text());
    double[] data = new double[rows * columns];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(data);
    return Matrix.owning(rows, columns, data);
  }

  private static ReadSpec source(CheckedJson json) {
    CheckedJson pairs = json.at("options");
    pairs.requireObject();
    Map<String, String> options = new LinkedHashMap<>();
    pairs.node().fieldNames().forEachRemaining(key -> options.put(key, pairs.at(key).text()));
    return new ReadSpec(
        json.at("path").text(),
        json.at("format").optionalText(),
        options,
        json.at("where").optionalText());
  }

  private static byte[] bytes(Matrix matrix) {
    double[] data = matrix.data();
    ByteBuffer buffer =
        ByteBuffer.allocate(Double.BYTES * data.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asDoubleBuffer().put(data);
    return buffer.array();
  }
}

package org.ridgeline.spark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Names;
import org.ridgeline.dataset.ColumnRoles;
import org.ridgeline.dataset.FeatureGlobs;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.dataset.InputColumn;
import org.ridgeline.dataset.UnseenLevel;
import org.ridgeline.ridge.Intercept;

/** Turns a request for columns into a {@link Design} for given data. */
final class DesignCompiler {
  private final Dataset<Row> rows;
  private final PassMeter meter;
  private final List<StructField> fields;
  private final List<String> names;

  private DesignCompiler(Dataset<Row> rows, PassMeter meter) {
    this.rows = rows;
    this.meter = meter;
    this.fields = List.of(MalformedColumn.without(rows.schema()).fields());
    this.names = fields.stream().map(StructField::name).toList();
  }

  static DesignCompiler of(Dataset<Row> rows, PassMeter meter) {
    return new DesignCompiler(rows, meter);
  }

  /** Checks the schema first, then learns what only the rows show. */
  Design compile(ColumnRoles request, LabelCells allowed) {
    DesignBuilder builder = new DesignBuilder(rows.schema(), NearNumber.Purpose.TRAINING);
    Set<String> used = otherRoles(request, builder);
    List<StructField> features = features(request, used, builder);
    Set<String> categorical = new HashSet<>(request.categorical());
    List<StructField> labels =
        request.labels().stream().map(label -> builder.field(label, "label")).toList();
    List<StructField> measured = new ArrayList<>(features);
    if (allowed == LabelCells.ARRAYS) {
      measured.addAll(labels);
    }
    VectorLengths lengths = VectorLengths.of(rows, measured, meter);
    Map<String, List<String>> levels = CategoryLevels.of(rows, request.categorical(), meter);
    for (StructField field : features) {
      InputColumn input =
          categorical.contains(field.name())
              ? category(field, levels.get(field.name()), request.intercept())
              : numeric(field, lengths);
      builder.addInput(input, UnseenLevel.ERROR);
    }
    builder.requireDistinctNames();
    for (StructField label : labels) {
      builder.addTarget(
          lengths.has(label.name()) ? numeric(label, lengths) : InputColumn.number(label.name()));
    }
    request.weight().ifPresent(builder::setWeight);
    builder.setSparse(lengths.sparse());
    builder.setSkipped(skipped(request, features, used));
    return builder.build(request.folds(), request.intercept());
  }

  /** The design that reads one vector column and no target. */
  Design compileVector(String column) {
    DesignBuilder builder = new DesignBuilder(rows.schema(), NearNumber.Purpose.TRAINING);
    StructField field = builder.field(column, "feature");
    builder.addInput(
        numeric(field, VectorLengths.of(rows, List.of(field), meter)), UnseenLevel.ERROR);
    return builder.build(FoldRule.single(), Intercept.NONE);
  }

  /** The columns with a role other than feature, all checked to exist. */
  private static Set<String> otherRoles(ColumnRoles request, DesignBuilder builder) {
    Map<String, String> roles = new HashMap<>();
    for (String label : request.labels()) {
      builder.field(label, "label");
      if (roles.put(label, "label") != null) {
        throw new DataException("the label " + Names.quoted(label) + " is named twice");
      }
    }
    request.weight().ifPresent(name -> addRole(roles, builder.field(name, "weight"), "weight"));
    String fold = request.folds().kind() == FoldRule.Kind.KEY ? "group or id" : "fold";
    request.folds().column().ifPresent(name -> addRole(roles, builder.field(name, "fold"), fold));
    return roles.keySet();
  }

  private static void addRole(Map<String, String> roles, StructField field, String role) {
    String other = roles.put(field.name(), role);
    if (other != null) {
      throw new DataException(
          String.format(
              "column %s cannot be both %s and %s", Names.quoted(field.name()), other, role));
    }
  }

  private List<StructField> features(ColumnRoles request, Set<String> used, DesignBuilder builder) {
    Set<String> categorical = new HashSet<>();
    for (String name : request.categorical()) {
      builder.field(name, "categorical");
      if (used.contains(name)) {
        throw alreadyUsed(name);
      }
      categorical.add(name);
    }
    List<String> defaults =
        fields.stream()
            .filter(f -> !used.contains(f.name()))
            .filter(f -> categorical.contains(f.name()) || isWanted(f))
            .map(StructField::name)
            .toList();
    List<String> chosen = FeatureGlobs.choose(request.features(), names, defaults);
    List<String> removals =
        request.features().stream().filter(g -> g.startsWith("!") && !names.contains(g)).toList();
    List<String> kept = FeatureGlobs.choose(removals, names, defaults);
    for (String name : kept) {
      if (categorical.contains(name) && !chosen.contains(name)) {
        chosen.add(name);
      }
    }
    List<StructField> result = new ArrayList<>();
    for (String name : chosen) {
      if (used.contains(name)) {
        throw alreadyUsed(name);
      }
      result.add(builder.field(name, "feature"));
    }
    return result;
  }

  private static DataException alreadyUsed(String name) {
    return new DataException(
        String.format(
            "column %s cannot be a feature: it is already a label, weight or fold column",
            Names.quoted(name)));
  }

  /** Whether the column is one of numbers, or would be but for a few cells. */
  private static boolean isWanted(StructField field) {
    return isUsable(field.dataType()) || NearNumber.of(field).isPresent();
  }

  private static boolean isUsable(DataType type) {
    return NumberCell.of(type).isPresent() || ColumnType.isVector(type) || isNumbers(type);
  }

  private static boolean isNumbers(DataType type) {
    return type instanceof ArrayType array && NumberCell.of(array.elementType()).isPresent();
  }

  private static InputColumn category(StructField field, List<String> levels, Intercept intercept) {
    String name = field.name();
    List<String> kept = intercept == Intercept.FREE ? levels.subList(1, levels.size()) : levels;
    List<String> features = kept.stream().map(level -> name + "=" + level).toList();
    return new InputColumn(
        name,
        InputColumn.Kind.CATEGORY,
        features,
        levels,
        Optional.of(ColumnType.levelType(field)));
  }

  private static InputColumn numeric(StructField field, VectorLengths lengths) {
    String name = field.name();
    boolean isVector = ColumnType.isVector(field.dataType());
    if (!isVector && !(field.dataType() instanceof ArrayType)) {
      return InputColumn.number(name);
    }
    Optional<List<String>> attributes = VectorLengths.attributeNames(field);
    List<String> elements = new ArrayList<>();
    for (int j = 0; j < lengths.of(name); j++) {
      String plain = name + "[" + j + "]";
      String given = attributes.isEmpty() ? "" : attributes.get().get(j);
      elements.add(given.isEmpty() ? plain : given);
    }
    InputColumn.Kind kind = isVector ? InputColumn.Kind.VECTOR : InputColumn.Kind.ARRAY;
    return new InputColumn(name, kind, elements, List.of());
  }

  /**
   * The columns that would be features if their types allowed it; nobody asked to leave them out.
   */
  private List<String> skipped(ColumnRoles request, List<StructField> features, Set<String> used) {
    Set<String> wanted = new HashSet<>(FeatureGlobs.choose(request.features(), names, names));
    wanted.removeAll(used);
    features.forEach(f -> wanted.remove(f.name()));
    return fields.stream()
        .filter(f -> wanted.contains(f.name()) && !isUsable(f.dataType()))
        .map(f -> f.name() + " (" + f.dataType().simpleString() + ")")
        .toList();
  }
}

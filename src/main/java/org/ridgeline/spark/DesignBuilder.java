package org.ridgeline.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Names;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.dataset.InputColumn;
import org.ridgeline.dataset.UnseenLevel;
import org.ridgeline.ridge.Intercept;

/** Collects the terms of a {@link Design}, checking each column's type. */
final class DesignBuilder {
  private final List<String> schemaNames;
  private final Map<String, StructField> fields = new HashMap<>();
  private final Map<String, Integer> slots = new LinkedHashMap<>();
  private final List<InputColumn> inputs = new ArrayList<>();
  private final List<Term> inputTerms = new ArrayList<>();
  private final List<String> featureNames = new ArrayList<>();
  private final List<String> targetNames = new ArrayList<>();
  private final List<Term> targetTerms = new ArrayList<>();
  private List<String> skipped = List.of();
  private Term weightTerm;
  private FoldAssigner folds;
  private Intercept intercept;
  private int foldSlot = -1;

  /**
   * Starts a design over these columns.
   *
   * @throws DataException when two columns have one name
   */
  DesignBuilder(StructType schema) {
    this.schemaNames = Arrays.asList(schema.fieldNames());
    for (StructField field : schema.fields()) {
      fields.put(field.name(), field);
    }
    Names.duplicate(schemaNames)
        .ifPresent(
            twice -> {
              throw new DataException(
                  String.format(
                      "there are two columns named %s; rename one, column names must differ",
                      Names.quoted(twice)));
            });
  }

  /** The field called {@code name}. */
  StructField field(String name, String role) {
    StructField found = fields.get(name);
    if (found == null) {
      throw new DataException(
          String.format(
              "there is no %s column %s; %s",
              role, Names.quoted(name), Names.suggestion(schemaNames, name)));
    }
    return found;
  }

  /** Adds a column of features. */
  void addInput(InputColumn input, UnseenLevel unseen) {
    StructField field = field(input.column(), "feature");
    NumberCell cell = inputCell(input, field.dataType());
    int slot = slot(input.column());
    inputTerms.add(new Term.Plan(input, cell, unseen).at(slot, featureNames.size()));
    inputs.add(input);
    featureNames.addAll(input.names());
  }

  private static NumberCell inputCell(InputColumn input, DataType type) {
    Optional<NumberCell> cell =
        switch (input.kind()) {
          case NUMBER -> NumberCell.of(type);
          case ARRAY ->
              type instanceof ArrayType array
                  ? NumberCell.of(array.elementType())
                  : elementOf(type);
          case VECTOR -> elementOf(type);
          case CATEGORY -> levelCell(type);
        };
    if (input.kind() == InputColumn.Kind.CATEGORY && type instanceof StringType) {
      return null;
    }
    return cell.orElseThrow(() -> wrongType(input.column(), input.kind(), type));
  }

  private static Optional<NumberCell> elementOf(DataType type) {
    return isVector(type) ? NumberCell.of(DataTypes.DoubleType) : Optional.empty();
  }

  private static Optional<NumberCell> levelCell(DataType type) {
    return NumberCell.of(type).filter(c -> c.isIntegral() || type instanceof BooleanType);
  }

  /**
   * Checks the type of a categorical column.
   *
   * @throws DataException when its values cannot be levels
   */
  static void requireCategory(StructField field) {
    DataType type = field.dataType();
    if (!(type instanceof StringType) && levelCell(type).isEmpty()) {
      throw wrongType(field.name(), InputColumn.Kind.CATEGORY, type);
    }
  }

  private static DataException wrongType(String name, InputColumn.Kind kind, DataType type) {
    String rule =
        switch (kind) {
          case NUMBER ->
              type instanceof StringType
                  ? "a feature must be a number; name it in --categorical to use its levels"
                  : "a feature must be a number, a boolean, an array of numbers or a vector";
          case ARRAY -> "it must be an array of numbers";
          case VECTOR -> "it must be a vector";
          case CATEGORY -> "a category must be text, a whole number or a boolean";
        };
    return new DataException(
        String.format(
            "cannot use column %s, which is %s: %s",
            Names.quoted(name), type.simpleString(), rule));
  }

  /** Whether this is the vector type of Spark ML. */
  static boolean isVector(DataType type) {
    return type.equals(SQLDataTypes.VectorType());
  }

  /** Adds a column of targets. */
  void addTarget(InputColumn target) {
    if (target.kind() == InputColumn.Kind.NUMBER) {
      targetTerms.add(number(target.column(), "label", targetNames.size()));
    } else {
      NumberCell cell = inputCell(target, field(target.column(), "label").dataType());
      Term.Plan plan = new Term.Plan(target, cell, UnseenLevel.ERROR);
      targetTerms.add(plan.at(slot(target.column()), targetNames.size()));
    }
    targetNames.addAll(target.names());
  }

  /** Sets the weight. */
  void setWeight(String name) {
    weightTerm = number(name, "weight", 0);
  }

  private Term number(String name, String role, int offset) {
    StructField field = field(name, role);
    Optional<NumberCell> cell = NumberCell.of(field.dataType());
    if (cell.isEmpty()) {
      throw new DataException(
          String.format(
              "the %s column %s must hold numbers, but is %s",
              role, Names.quoted(name), field.dataType().simpleString()));
    }
    return new Term.Plan(InputColumn.number(name), cell.get(), UnseenLevel.ERROR)
        .at(slot(name), offset);
  }

  /** Remembers the columns that have no role. */
  void setSkipped(List<String> names) {
    skipped = names;
  }

  /** Completes the design. */
  Design build(FoldRule rule, Intercept choice) {
    intercept = choice;
    if (featureNames.isEmpty()) {
      throw new DataException(
          "there is no feature column left; name some with --features, or text columns with"
              + " --categorical");
    }
    int words = inputTerms.stream().mapToInt(Term::words).sum();
    Optional<StructField> field = rule.column().map(name -> field(name, "fold"));
    folds = FoldAssigner.of(rule, field, targetNames.size(), words);
    rule.column().ifPresent(name -> foldSlot = slot(name));
    return new Design(this);
  }

  private int slot(String name) {
    return slots.computeIfAbsent(name, key -> slots.size());
  }

  List<String> columns() {
    return List.copyOf(slots.keySet());
  }

  List<InputColumn> inputColumns() {
    return inputs;
  }

  List<Term> inputTerms() {
    return inputTerms;
  }

  /** The targets, placed after the inputs. */
  List<Term> targetTerms() {
    List<Term> placed = new ArrayList<>();
    for (Term term : targetTerms) {
      placed.add(term.shifted(featureNames.size()));
    }
    return placed;
  }

  Optional<Term> weightTerm() {
    return Optional.ofNullable(weightTerm);
  }

  FoldAssigner folds() {
    return folds;
  }

  Intercept intercept() {
    return intercept;
  }

  int foldSlot() {
    return foldSlot;
  }

  List<String> featureNames() {
    return featureNames;
  }

  List<String> targetNames() {
    return targetNames;
  }

  List<String> skipped() {
    return skipped;
  }
}

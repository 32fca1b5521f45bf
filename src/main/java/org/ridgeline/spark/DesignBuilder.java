package org.ridgeline.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Names;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;
import org.ridgeline.dataset.FeatureNames;
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
  private final Optional<String> malformed;
  private final Optional<InvalidTally.Problem> malformedProblem;
  private List<String> skipped = List.of();
  private Set<String> sparse = Set.of();
  private final NearNumber.Purpose purpose;
  private Term weightTerm;

  /**
   * Starts a design over these columns.
   *
   * @param purpose of the rows
   * @throws DataException when two columns have one name
   */
  DesignBuilder(StructType schema, NearNumber.Purpose purpose) {
    this.purpose = purpose;
    StructType own = MalformedColumn.without(schema);
    this.malformed = MalformedColumn.of(schema);
    this.malformedProblem = malformed.map(name -> MalformedColumn.problem(schema.apply(name)));
    this.schemaNames = Arrays.asList(own.fieldNames());
    for (StructField field : own.fields()) {
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
    if (input.kind() == InputColumn.Kind.NUMBER) {
      refuseNearNumber(field, "feature");
    }
    NumberCell cell = cell(input, field);
    int slot = slot(input.column());
    inputTerms.add(new Term.Plan(input, cell, unseen).at(slot, featureNames.size()));
    inputs.add(input);
    featureNames.addAll(input.names());
  }

  private NumberCell cell(InputColumn input, StructField field) {
    return EmptyColumn.of(field)
        .filter(empty -> input.kind() == InputColumn.Kind.NUMBER)
        .map(empty -> empty.cell(field.name(), "feature"))
        .orElseGet(() -> ColumnType.cell(input, field.dataType(), purpose));
  }

  /**
   * Checks that features can be told apart.
   *
   * @throws DataException when two have one name
   */
  void requireDistinctNames() {
    FeatureNames.requireDistinct(inputs);
  }

  /** Adds a column of targets. */
  void addTarget(InputColumn target) {
    if (target.kind() == InputColumn.Kind.NUMBER) {
      targetTerms.add(number(target.column(), "label", targetNames.size()));
    } else {
      NumberCell cell =
          ColumnType.cell(target, field(target.column(), "label").dataType(), purpose);
      Term.Plan plan = new Term.Plan(target, cell, UnseenLevel.ERROR);
      targetTerms.add(plan.at(slot(target.column()), targetNames.size()));
    }
    targetNames.addAll(target.names());
  }

  /** Sets the weight. */
  void setWeight(String name) {
    weightTerm = number(name, "weight", 0);
  }

  private void refuseNearNumber(StructField field, String role) {
    NearNumber.of(field)
        .ifPresent(
            near -> {
              throw near.refusal(field.name(), role, purpose);
            });
  }

  private Term number(String name, String role, int offset) {
    StructField field = field(name, role);
    refuseNearNumber(field, role);
    Optional<NumberCell> cell =
        EmptyColumn.of(field)
            .map(empty -> empty.cell(name, role))
            .or(() -> NumberCell.of(field.dataType()));
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

  /** Remembers the columns of vectors that have few nonzeros. */
  void setSparse(Set<String> names) {
    sparse = names;
  }

  /** Completes the design. */
  Design build(FoldRule rule, Intercept intercept) {
    if (featureNames.isEmpty()) {
      throw new DataException(
          "there is no feature column left",
          Remedy.of(
              "name some with %s, or text columns with %s", Option.FEATURES, Option.CATEGORICAL));
    }
    int words = inputTerms.stream().mapToInt(Term::words).sum();
    Optional<StructField> field = rule.column().map(name -> field(name, "fold"));
    FoldAssigner folds = FoldAssigner.of(rule, field, targetNames.size(), words);
    int foldSlot = rule.column().map(this::slot).orElse(-1);
    int malformedSlot = malformed.map(this::slot).orElse(-1);
    return new Design(
        new Design.Parts(
            List.copyOf(slots.keySet()),
            inputs,
            inputTerms,
            targetTerms.stream().map(term -> term.shifted(featureNames.size())).toList(),
            Optional.ofNullable(weightTerm),
            folds,
            foldSlot,
            malformedSlot,
            malformedProblem,
            intercept,
            featureNames,
            targetNames,
            skipped,
            sparse));
  }

  private int slot(String name) {
    return slots.computeIfAbsent(name, key -> slots.size());
  }
}

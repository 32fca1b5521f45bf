package org.ridgeline.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.ridgeline.base.DataException;
import org.ridgeline.dataset.ColumnRoles;
import org.ridgeline.dataset.FoldOrder;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.dataset.InputColumn;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.dataset.UnseenLevel;
import org.ridgeline.ridge.Intercept;

/**
 * How a row of the data becomes numbers: which columns are read, how, and what each of the d inputs
 * and m targets is called. It is made on the driver and travels to the tasks.
 */
public final class Design implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ArrayList<String> columns;
  private final ArrayList<Term> inputTerms;
  private final ArrayList<Term> targetTerms;
  private final Term weightTerm; // null: every row weighs 1
  private final FoldAssigner folds;
  private final int foldSlot;
  private final Intercept intercept;
  private final ArrayList<String> featureNames;
  private final ArrayList<String> targetNames;
  private final ArrayList<String> skipped;
  private final transient List<InputColumn> inputColumns;

  Design(DesignBuilder builder) {
    this.columns = new ArrayList<>(builder.columns());
    this.inputTerms = new ArrayList<>(builder.inputTerms());
    this.targetTerms = new ArrayList<>(builder.targetTerms());
    this.weightTerm = builder.weightTerm().orElse(null);
    this.folds = builder.folds();
    this.foldSlot = builder.foldSlot();
    this.intercept = builder.intercept();
    this.featureNames = new ArrayList<>(builder.featureNames());
    this.targetNames = new ArrayList<>(builder.targetNames());
    this.skipped = new ArrayList<>(builder.skipped());
    this.inputColumns = List.copyOf(builder.inputColumns());
  }

  /**
   * Finds the columns in the data. Lengths of arrays that the schema does not tell are learnt from
   * one row, levels of categories from a pass over their column; both count as pre-passes.
   *
   * @throws DataException when a column is missing, twice there or of the wrong type
   */
  public static Design of(Dataset<Row> rows, ColumnRoles columns, PassMeter meter) {
    return DesignCompiler.of(rows, meter).compile(columns, Labels.NUMBERS);
  }

  /** What a label column may hold. */
  public enum Labels {
    /** A number. */
    NUMBERS,
    /** A number; or an array of numbers or a vector, whose elements are targets. */
    ARRAYS
  }

  /**
   * The same, where labels may be arrays or vectors: each element of column {@code y} is a target
   * called {@code y[0]}, {@code y[1]}, .., or as its {@code ml_attr} says.
   *
   * @throws DataException when a column is missing, twice there or of the wrong type
   */
  public static Design of(Dataset<Row> rows, ColumnRoles columns, Labels labels, PassMeter meter) {
    return DesignCompiler.of(rows, meter).compile(columns, labels);
  }

  /**
   * The design that reads one vector column and no target.
   *
   * @throws DataException when there is no such column, or its length cannot be learnt
   */
  public static Design ofVector(Dataset<Row> rows, String column, PassMeter meter) {
    return DesignCompiler.of(rows, meter).compileVector(column);
  }

  /**
   * The design of a saved model, for data with this schema. Nothing is read.
   *
   * @param inputs what the model remembers
   * @param labels the target columns; empty to predict
   * @throws DataException when a column is missing, twice there or of the wrong type
   */
  public static Design forModel(
      StructType schema,
      List<InputColumn> inputs,
      List<String> labels,
      Optional<String> weight,
      UnseenLevel unseen) {
    List<InputColumn> targets = labels.stream().map(InputColumn::number).toList();
    return forTargets(schema, inputs, targets, weight, unseen);
  }

  /**
   * The same for targets that may be elements of arrays or vectors.
   *
   * @param targets the target columns; empty to predict
   * @throws DataException when a column is missing, twice there or of the wrong type
   */
  public static Design forTargets(
      StructType schema,
      List<InputColumn> inputs,
      List<InputColumn> targets,
      Optional<String> weight,
      UnseenLevel unseen) {
    DesignBuilder builder = new DesignBuilder(schema);
    inputs.forEach(input -> builder.addInput(input, unseen));
    targets.forEach(builder::addTarget);
    weight.ifPresent(builder::setWeight);
    return builder.build(FoldRule.single(), Intercept.NONE);
  }

  /**
   * The design of rows whose moments are stored: the same columns and the same folds.
   *
   * @throws DataException when a column is missing, twice there or of the wrong type
   */
  public static Design forMoments(StructType schema, MomentsSet moments) {
    MomentsSet.Columns columns = moments.columns();
    DesignBuilder builder = new DesignBuilder(schema);
    columns.inputs().forEach(input -> builder.addInput(input, UnseenLevel.ERROR));
    columns.labels().forEach(label -> builder.addTarget(InputColumn.number(label)));
    columns.weight().ifPresent(builder::setWeight);
    return builder.build(moments.folds(), columns.intercept());
  }

  /** d, the number of features. */
  public int inputs() {
    return featureNames.size();
  }

  /** m, the number of targets. */
  public int targets() {
    return targetNames.size();
  }

  /** d + m, the length of a row in a chunk. */
  public int width() {
    return inputs() + targets();
  }

  /** The names of the features. */
  public List<String> featureNames() {
    return List.copyOf(featureNames);
  }

  /** The names of the targets. */
  public List<String> targetNames() {
    return List.copyOf(targetNames);
  }

  /** What a saved model must remember to read its inputs again; only known on the driver. */
  public List<InputColumn> inputColumns() {
    return inputColumns;
  }

  /** The columns that no role was found for, with their types. */
  public List<String> skipped() {
    return List.copyOf(skipped);
  }

  /** The number of folds, where it is known before the data are read. */
  public Optional<Integer> knownFolds() {
    return folds.knownFolds();
  }

  /** How the names of folds are ordered. */
  public FoldOrder foldOrder() {
    return folds.order();
  }

  /** The name of value {@code j} of a row in a chunk. */
  String name(int j) {
    return j < inputs() ? featureNames.get(j) : targetNames.get(j - inputs());
  }

  /** The columns that are read, each once. */
  List<String> columns() {
    return columns;
  }

  List<Term> inputTerms() {
    return inputTerms;
  }

  List<Term> targetTerms() {
    return targetTerms;
  }

  Optional<Term> weightTerm() {
    return Optional.ofNullable(weightTerm);
  }

  /** Whether the model to be fitted has one. */
  Intercept intercept() {
    return intercept;
  }

  FoldAssigner folds() {
    return folds;
  }

  /** The position of the fold column among the selected ones; only when there is one. */
  int foldSlot() {
    return foldSlot;
  }

  /** The number of original feature values of a row. */
  int contentWords() {
    return inputTerms.stream().mapToInt(Term::words).sum();
  }
}

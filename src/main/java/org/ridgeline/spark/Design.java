package org.ridgeline.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.ridgeline.dataset.FoldOrder;
import org.ridgeline.dataset.InputColumn;
import org.ridgeline.moments.SparseLayout;
import org.ridgeline.ridge.Intercept;

/**
 * How a row of the data becomes numbers: which columns are read, how, and what each of the d inputs
 * and m targets is called. {@link Designs} makes it on the driver; it travels to the tasks.
 */
public final class Design implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A one among so many zeros is added up faster by itself than in a row of numbers. */
  private static final int MANY_LEVELS = 32;

  private final ArrayList<String> columns;
  private final ArrayList<Term> inputTerms;
  private final ArrayList<Term> targetTerms;
  private final Term weightTerm; // null: every row weighs 1
  private final FoldAssigner folds;
  private final int foldSlot;
  private final int malformedSlot; // -1: no such column
  private final InvalidTally.Problem malformedProblem; // null: no such column
  private final Intercept intercept;
  private final ArrayList<String> featureNames;
  private final ArrayList<String> targetNames;
  private final ArrayList<String> skipped;
  private final HashSet<String> sparse;
  private final SparseLayout layout; // null: every column is stored in full
  private final transient List<InputColumn> inputColumns;

  /**
   * What a design is made of.
   *
   * @param columns that are read, each once
   * @param inputs what a saved model must remember
   * @param inputTerms the features, in order
   * @param targetTerms the targets, placed after the features
   * @param weightTerm the weight; empty: every row weighs 1
   * @param folds decides the fold of a row
   * @param foldSlot the position of the fold column among {@code columns}; -1 without one
   * @param malformedSlot the position of the column of malformed rows; -1 without one
   * @param malformedProblem what is wrong with such rows; empty without such a column
   * @param intercept whether the model to be fitted has one
   * @param featureNames the names of the d inputs
   * @param targetNames the names of the m targets
   * @param skipped the columns that no role was found for
   * @param sparse the columns of vectors that have few nonzeros
   */
  record Parts(
      List<String> columns,
      List<InputColumn> inputs,
      List<Term> inputTerms,
      List<Term> targetTerms,
      Optional<Term> weightTerm,
      FoldAssigner folds,
      int foldSlot,
      int malformedSlot,
      Optional<InvalidTally.Problem> malformedProblem,
      Intercept intercept,
      List<String> featureNames,
      List<String> targetNames,
      List<String> skipped,
      Set<String> sparse) {}

  Design(Parts parts) {
    this.columns = new ArrayList<>(parts.columns());
    this.inputTerms = new ArrayList<>(parts.inputTerms());
    this.targetTerms = new ArrayList<>(parts.targetTerms());
    this.weightTerm = parts.weightTerm().orElse(null);
    this.folds = parts.folds();
    this.foldSlot = parts.foldSlot();
    this.malformedSlot = parts.malformedSlot();
    this.malformedProblem = parts.malformedProblem().orElse(null);
    this.intercept = parts.intercept();
    this.featureNames = new ArrayList<>(parts.featureNames());
    this.targetNames = new ArrayList<>(parts.targetNames());
    this.skipped = new ArrayList<>(parts.skipped());
    this.sparse = new HashSet<>(parts.sparse());
    this.layout = null;
    this.inputColumns = List.copyOf(parts.inputs());
  }

  private Design(Design other, List<Term> inputTerms, List<Term> targetTerms, SparseLayout layout) {
    this.columns = other.columns;
    this.inputTerms = new ArrayList<>(inputTerms);
    this.targetTerms = new ArrayList<>(targetTerms);
    this.weightTerm = other.weightTerm;
    this.folds = other.folds;
    this.foldSlot = other.foldSlot;
    this.malformedSlot = other.malformedSlot;
    this.malformedProblem = other.malformedProblem;
    this.intercept = other.intercept;
    this.featureNames = other.featureNames;
    this.targetNames = other.targetNames;
    this.skipped = other.skipped;
    this.sparse = other.sparse;
    this.layout = layout;
    this.inputColumns = other.inputColumns;
  }

  private boolean isMostlyZero(Term term) {
    return term.isCategory() ? term.width() >= MANY_LEVELS : sparse.contains(term.column());
  }

  /** The same design, by which columns that are zeros mostly are stored by their nonzeros. */
  Design sparse() {
    if (layout != null) {
      return this;
    }
    List<Term> inputs = new ArrayList<>();
    List<Integer> full = new ArrayList<>();
    for (Term term : inputTerms) {
      if (isMostlyZero(term)) {
        inputs.add(term.byNonzeros());
      } else {
        inputs.add(term.shifted(full.size() - term.offset()));
        IntStream.range(0, term.width()).forEach(j -> full.add(term.offset() + j));
      }
    }
    int shift = full.size() - inputs();
    return shift == 0
        ? this
        : new Design(
            this,
            inputs,
            targetTerms.stream().map(term -> term.shifted(shift)).toList(),
            new SparseLayout(
                inputs(), targets(), full.stream().mapToInt(Integer::intValue).toArray()));
  }

  /** Which columns are stored in full and which by their nonzeros; empty: all in full. */
  Optional<SparseLayout> layout() {
    return Optional.ofNullable(layout);
  }

  /** d, the number of features. */
  public int inputs() {
    return featureNames.size();
  }

  /** m, the number of targets. */
  public int targets() {
    return targetNames.size();
  }

  /** d + m, the number of values of a row. */
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

  /** The name of value {@code i} of those that a chunk stores in full. */
  String storedName(int i) {
    return name(layout == null ? i : layout.column(i));
  }

  /** The name of column {@code j}, a feature or a target. */
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

  /** Whether the data mark rows that their reader could not take apart. */
  boolean hasMalformed() {
    return malformedSlot >= 0;
  }

  /** The position of the {@link MalformedColumn} among the selected ones. */
  int malformedSlot() {
    return malformedSlot;
  }

  /** What is wrong with the rows in that column; only when there is one. */
  InvalidTally.Problem malformedProblem() {
    return malformedProblem;
  }

  /** The number of original feature values of a row. */
  int contentWords() {
    return inputTerms.stream().mapToInt(Term::words).sum();
  }
}

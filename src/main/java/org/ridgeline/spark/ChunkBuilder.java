package org.ridgeline.spark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.ridgeline.dataset.FoldRule;

/**
 * Fills a chunk: readers claim rows and write their numbers, {@link #finish} checks them, assigns
 * folds and closes the gaps that invalid rows leave.
 */
final class ChunkBuilder {
  private static final long EXPONENT = 0x7FF0000000000000L;
  private static final long EXPONENT_UNIT = 0x0010000000000000L;

  private final Design design;
  private final FoldAssigner folds;
  private final ClaimedRows rows;
  private final RowChunk chunk; // of the rows
  private final long[] words;
  private final Map<String, Integer> foldNumbers = new HashMap<>();
  private final List<String> foldLabels = new ArrayList<>();
  private SampledRows sample; // null: none is kept

  /** Creates a builder for the rows that one task reads. */
  ChunkBuilder(Design design) {
    this.design = design;
    this.folds = design.folds();
    this.rows = new ClaimedRows(design.width(), design.columns().size());
    this.chunk = rows.chunk();
    List<Term> categories = Term.categories(design.inputTerms());
    categories.forEach(term -> rows.keepCodes(term.slot()));
    this.words = categories.isEmpty() ? null : new long[design.contentWords()];
    if (folds.kind() != FoldRule.Kind.COLUMN) {
      foldLabels.addAll(folds.numberedLabels());
    }
  }

  /** Starts with the rows of another split: they are its elements. */
  <T> Iterator<T> start(Split<T> split) {
    rows.startPartition(split.number());
    return split.elements();
  }

  void keepSample(int most) {
    sample = most > 0 ? new SampledRows(design.width(), most) : null;
  }

  SampledRows sample() {
    return sample == null ? new SampledRows(design.width(), 0) : sample;
  }

  /** Returns the rows to fill. */
  ClaimedRows rows() {
    return rows;
  }

  /** Returns the chunk, which {@link #finish} completes. */
  RowChunk chunk() {
    return chunk;
  }

  List<String> foldLabels() {
    return foldLabels;
  }

  /** Reads the weight of row {@code r}, or rejects the row. */
  void readWeight(SpecializedGetters row, int ordinal, int r) {
    Term term = design.weightTerm().orElseThrow();
    if (row.isNullAt(ordinal)) {
      rows.reject(r, term.column(), InvalidTally.Problem.MISSING, "null");
    } else {
      setWeight(r, term.column(), term.cell().read(row, ordinal));
    }
  }

  private void setWeight(int r, String column, double weight) {
    if (!Double.isFinite(weight)) {
      rows.reject(r, column, InvalidTally.Problem.MISSING, Double.toString(weight));
    } else if (weight < 0) {
      rows.reject(r, column, InvalidTally.Problem.NEGATIVE, Double.toString(weight));
    } else {
      chunk.setWeight(r, weight);
    }
  }

  /** Reads the fold of row {@code r} from the column that decides it, or rejects the row. */
  void readFold(SpecializedGetters row, int ordinal, int r) {
    if (row.isNullAt(ordinal)) {
      rows.reject(r, folds.column(), InvalidTally.Problem.MISSING, "null");
    } else if (folds.kind() == FoldRule.Kind.VECTOR) {
      long head = headHash(folds.hash(), r, design.inputs(), design.targets());
      chunk.setFold(r, folds.foldOfVector(row, ordinal, head));
    } else if (folds.kind() == FoldRule.Kind.KEY) {
      chunk.setFold(r, folds.foldOfKey(row, ordinal));
    } else {
      String label = folds.labelOf(row, ordinal);
      if (folds.isValidLabel(label)) {
        chunk.setFold(r, foldNumber(label));
      } else {
        rows.reject(r, folds.column(), InvalidTally.Problem.MISSING, label);
      }
    }
  }

  private int foldNumber(String label) {
    Integer known = foldNumbers.get(label);
    if (known == null) {
      known = foldLabels.size();
      foldNumbers.put(label, known);
      foldLabels.add(label);
    }
    return known;
  }

  /**
   * Checks the claimed rows, assigns hashed folds, takes the sample, and moves the valid rows
   * together.
   */
  void finish() {
    boolean hashes = folds.kind() == FoldRule.Kind.CONTENT;
    int kept = 0;
    for (int r = 0; r < rows.claimed(); r++) {
      if (!rows.isOut(r) && hasNonFinite(r)) {
        rejectNonFinite(r);
      }
      if (rows.isOut(r)) {
        continue;
      }
      long content = hashes || sample != null ? contentHash(r) : 0;
      if (hashes) {
        chunk.setFold(r, folds.foldOf(content));
      } else if (folds.kind() == FoldRule.Kind.SINGLE) {
        chunk.setFold(r, 0);
      }
      if (sample != null) {
        offer(r, FoldHash.sampleOrder(content));
      }
      if (kept < r) {
        chunk.move(r, kept);
      }
      kept++;
    }
    chunk.setRows(kept);
  }

  private void offer(int r, long order) {
    if (sample.takes(order) && chunk.weight(r) > 0) {
      String fold = foldLabels.get(chunk.fold(r));
      sample.add(order, chunk.values(), rows.start(r), chunk.weight(r), fold);
    }
  }

  /** Adding one to an exponent of all ones overflows into the sign: NaN or infinite. */
  private boolean hasNonFinite(int r) {
    double[] values = chunk.values();
    int end = rows.start(r) + chunk.width();
    long signs = 0;
    for (int i = rows.start(r); i < end; i++) {
      signs |= (Double.doubleToRawLongBits(values[i]) & EXPONENT) + EXPONENT_UNIT;
    }
    return signs < 0;
  }

  private void rejectNonFinite(int r) {
    for (int j = 0; j < chunk.width(); j++) {
      double value = chunk.values()[rows.start(r) + j];
      if (!Double.isFinite(value)) {
        rows.reject(r, design.name(j), InvalidTally.Problem.MISSING, Double.toString(value));
      }
    }
  }

  /** The content of a row: labels, weight, padding to an even count, then features in order. */
  long contentHash(int r) {
    FoldHash hash = folds.hash();
    int d = design.inputs();
    int m = design.targets();
    long head = headHash(hash, r, d, m);
    if (words == null) {
      return head + hash.part(chunk.values(), rows.start(r), d, folds.contentStart());
    }
    int count = 0;
    for (Term term : design.inputTerms()) {
      count = term.words(rows, r, words, count);
    }
    return head + hash.part(words, count, folds.contentStart());
  }

  private long headHash(FoldHash hash, int r, int d, int m) {
    long[] head = new long[m + 1];
    for (int t = 0; t < m; t++) {
      head[t] = FoldHash.word(chunk.values()[rows.start(r) + d + t]);
    }
    head[m] = FoldHash.word(chunk.weight(r));
    return hash.part(head, m + 1, 0);
  }
}

package org.ridgeline.spark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.moments.Nonzeros;

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
  private final RowContent content; // null: the values as they stand in the chunk
  private final Map<String, Integer> foldNumbers = new HashMap<>();
  private final List<String> foldLabels = new ArrayList<>();
  private SampledRows sample; // null: none is kept

  /** Creates a builder for the rows that one task reads. */
  ChunkBuilder(Design design) {
    this.design = design;
    this.folds = design.folds();
    this.rows = new ClaimedRows(newChunk(design), design.columns().size());
    this.chunk = rows.chunk();
    List<Term> categories = Term.categories(design.inputTerms());
    categories.forEach(term -> rows.keepCodes(term.slot()));
    boolean isPlain = categories.isEmpty() && design.layout().isEmpty();
    this.content = isPlain ? null : new RowContent(design, rows);
    if (folds.kind() != FoldRule.Kind.COLUMN) {
      foldLabels.addAll(folds.numberedLabels());
    }
  }

  private static RowChunk newChunk(Design design) {
    return design.layout().isPresent()
        ? RowChunk.of(design.layout().get())
        : new RowChunk(design.width());
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
      long head = headHash(r);
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
      sample.add(order, chunk.row(r), chunk.weight(r), fold);
    }
  }

  private boolean hasNonFinite(int r) {
    Nonzeros nonzeros = chunk.nonzeros();
    return hasNonFinite(chunk.values(), rows.start(r), chunk.width())
        || (nonzeros != null && hasNonFinite(nonzeros.values(r), 0, nonzeros.count(r)));
  }

  /** Adding one to an exponent of all ones overflows into the sign: NaN or infinite. */
  private static boolean hasNonFinite(double[] values, int from, int count) {
    long signs = 0;
    for (int i = from; i < from + count; i++) {
      signs |= (Double.doubleToRawLongBits(values[i]) & EXPONENT) + EXPONENT_UNIT;
    }
    return signs < 0;
  }

  private void rejectNonFinite(int r) {
    for (int i = 0; i < chunk.width(); i++) {
      rejectNonFinite(r, design.storedName(i), chunk.values()[rows.start(r) + i]);
    }
    Nonzeros nonzeros = chunk.nonzeros();
    for (int i = 0; nonzeros != null && i < nonzeros.count(r); i++) {
      rejectNonFinite(r, design.name(nonzeros.columns(r)[i]), nonzeros.values(r)[i]);
    }
  }

  private void rejectNonFinite(int r, String name, double value) {
    if (!Double.isFinite(value)) {
      rows.reject(r, name, InvalidTally.Problem.MISSING, Double.toString(value));
    }
  }

  /** The content of a row: labels, weight, padding to an even count, then features in order. */
  long contentHash(int r) {
    long features =
        content == null
            ? folds
                .hash()
                .part(chunk.values(), rows.start(r), design.inputs(), folds.contentStart())
            : content.hash(r);
    return headHash(r) + features;
  }

  private long headHash(int r) {
    int m = design.targets();
    long[] head = new long[m + 1];
    for (int t = 0, at = rows.start(r) + chunk.width() - m; t < m; t++, at++) {
      head[t] = FoldHash.word(chunk.values()[at]);
    }
    head[m] = FoldHash.word(chunk.weight(r));
    return folds.hash().part(head, m + 1, 0);
  }
}

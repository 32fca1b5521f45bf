package org.ridgeline.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;

/** Reads internal rows into a chunk, plain doubles in a loop of their own. */
final class RowReader {
  private final Design design;
  private final ChunkBuilder builder;
  private final int[] ordinals;
  private final List<Term> others = new ArrayList<>();
  private final Term[] doubles;
  private final int[] doubleOrdinals;
  private final int[] doubleOffsets;

  /**
   * Creates a reader.
   *
   * @param ordinals for each column of the design, its position in a row
   */
  RowReader(Design design, int[] ordinals, ChunkBuilder builder) {
    this.design = design;
    this.ordinals = ordinals;
    this.builder = builder;
    List<Term> plain = new ArrayList<>();
    List<Term> all = new ArrayList<>(design.inputTerms());
    all.addAll(design.targetTerms());
    for (Term term : all) {
      (term.isDouble() ? plain : others).add(term);
    }
    doubles = plain.toArray(new Term[0]);
    doubleOrdinals = plain.stream().mapToInt(term -> ordinals[term.slot()]).toArray();
    doubleOffsets = plain.stream().mapToInt(Term::offset).toArray();
  }

  /** Adds one row to the chunk; returns its place there. */
  int read(InternalRow row) {
    int r = builder.rows().claim();
    if (design.hasMalformed() && !row.isNullAt(ordinals[design.malformedSlot()])) {
      String record = row.getUTF8String(ordinals[design.malformedSlot()]).toString();
      builder.rows().rejectRecord(r, design.malformedProblem(), record);
      return r;
    }
    readDoubles(row, r);
    for (Term term : others) {
      term.read(row, ordinals[term.slot()], builder.rows(), r);
    }
    if (design.weightTerm().isPresent()) {
      builder.readWeight(row, ordinals[design.weightTerm().get().slot()], r);
    }
    if (design.folds().hasColumn()) {
      builder.readFold(row, ordinals[design.foldSlot()], r);
    }
    return r;
  }

  private void readDoubles(InternalRow row, int r) {
    double[] values = builder.rows().values();
    int start = builder.rows().start(r);
    for (int i = 0; i < doubles.length; i++) {
      if (row.isNullAt(doubleOrdinals[i])) {
        builder.rows().reject(r, doubles[i].column(), InvalidTally.Problem.MISSING, "null");
      } else {
        values[start + doubleOffsets[i]] = row.getDouble(doubleOrdinals[i]);
      }
    }
  }
}

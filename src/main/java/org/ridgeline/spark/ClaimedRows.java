package org.ridgeline.spark;

/**
 * Rows of a chunk while they are read: readers claim them, write their numbers, and reject those
 * that they cannot read.
 */
final class ClaimedRows {
  private final RowChunk chunk;
  private final boolean[] out;
  private final boolean[] filtered;
  private final long[][] codes; // by column, null where it has none
  private final InvalidTally invalid;
  private int claimed;
  private long nextNumber;

  /**
   * Creates the place for the rows of some partitions, one after the other.
   *
   * @param chunk where they go
   * @param columns how many are read
   */
  ClaimedRows(RowChunk chunk, int columns) {
    this.chunk = chunk;
    this.out = new boolean[chunk.capacity()];
    this.filtered = new boolean[chunk.capacity()];
    this.codes = new long[columns][];
    this.invalid = new InvalidTally();
  }

  /** Keeps a code for each cell of column {@code slot}. */
  void keepCodes(int slot) {
    codes[slot] = new long[chunk.capacity()];
  }

  /** Returns the chunk that the rows are in. */
  RowChunk chunk() {
    return chunk;
  }

  /** Returns the count of the rows that were rejected so far. */
  InvalidTally invalid() {
    return invalid;
  }

  /** Returns the storage of the rows. */
  double[] values() {
    return chunk.values();
  }

  /** Returns where row {@code r} starts in the storage. */
  int start(int r) {
    return r * chunk.width();
  }

  void setCode(int r, int slot, long word) {
    codes[slot][r] = word;
  }

  long code(int r, int slot) {
    return codes[slot][r];
  }

  /** Counts the rows to come as those of another partition, from 0 on; the chunk must be empty. */
  void startPartition(int number) {
    invalid.startPartition(number);
    nextNumber = 0;
  }

  /** Empties the chunk. */
  void begin() {
    claimed = 0;
    chunk.setRows(0);
  }

  boolean isFull() {
    return claimed == chunk.capacity();
  }

  /** Returns how many rows were claimed since the chunk was empty. */
  int claimed() {
    return claimed;
  }

  /** Takes the next row of the data, with weight 1. */
  int claim() {
    out[claimed] = false;
    filtered[claimed] = false;
    chunk.setNumber(claimed, nextNumber++);
    chunk.setWeight(claimed, 1);
    if (chunk.nonzeros() != null) {
      chunk.nonzeros().clear(claimed);
    }
    return claimed++;
  }

  /** Takes the next row only to leave it out, as one that the data do not have. */
  void claimFiltered() {
    filtered[claimed] = true;
    out[claimed++] = true;
  }

  /** Whether row {@code r} belongs to the data: no filter excludes it. */
  boolean isInData(int r) {
    return !filtered[r];
  }

  /** Whether row {@code r} is left out. */
  boolean isOut(int r) {
    return out[r];
  }

  /** Counts something about row {@code r}, which stays. */
  void note(int r, String column, InvalidTally.Problem problem, String value) {
    invalid.add(column, problem, chunk.number(r), value);
  }

  /** Leaves row {@code r} out, of which a reader of text could take nothing but its text. */
  void rejectRecord(int r, InvalidTally.Problem problem, String record) {
    invalid.addRecord(problem, chunk.number(r), record);
    leaveOut(r);
  }

  /** Leaves row {@code r} out and counts why. */
  void reject(int r, String column, InvalidTally.Problem problem, String value) {
    invalid.add(column, problem, chunk.number(r), value);
    leaveOut(r);
  }

  private void leaveOut(int r) {
    if (!out[r]) {
      out[r] = true;
      invalid.addRow();
    }
  }
}

package org.ridgeline.spark;

import java.util.Arrays;
import org.ridgeline.moments.Nonzeros;

/**
 * The features of a row as the words that its fold is hashed from: of a category its level, of
 * anything else its numbers. Words of 0 cost nothing.
 */
final class RowContent {
  private final Design design;
  private final ClaimedRows rows;
  private final FoldHash hash;
  private final int start;
  private final long[] ofZeros; // pairs of words
  private final long allZeros;
  private int[] places = new int[16];
  private long[] words = new long[16];
  private int count;

  /** Creates the contents of these rows. */
  RowContent(Design design, ClaimedRows rows) {
    this.design = design;
    this.rows = rows;
    this.hash = design.folds().hash();
    this.start = design.folds().contentStart();
    this.ofZeros = hash.ofZeros((design.contentWords() + 1) / 2, start);
    this.allZeros = Arrays.stream(ofZeros).sum();
  }

  /** The part of the hash that comes from row {@code r}. */
  long hash(int r) {
    count = 0;
    int place = 0;
    int next = 0; // of the nonzeros
    for (Term term : design.inputTerms()) {
      if (term.isCategory()) {
        add(place, rows.code(r, term.slot()));
        next += term.isByNonzeros() ? nonzerosBefore(term, r, next) : 0;
      } else if (term.isByNonzeros()) {
        int many = nonzerosBefore(term, r, next);
        Nonzeros nonzeros = rows.chunk().nonzeros();
        for (int i = next; i < next + many; i++) {
          int column = nonzeros.columns(r)[i] - term.offset();
          add(place + column, FoldHash.word(nonzeros.values(r)[i]));
        }
        next += many;
      } else {
        int at = rows.start(r) + term.offset();
        for (int j = 0; j < term.width(); j++) {
          add(place + j, FoldHash.word(rows.values()[at + j]));
        }
      }
      place += term.words();
    }
    return allZeros + hash.gain(places, words, count, ofZeros, start);
  }

  /** How many nonzeros from {@code from} on are of this term. */
  private int nonzerosBefore(Term term, int r, int from) {
    Nonzeros nonzeros = rows.chunk().nonzeros();
    int end = from;
    while (end < nonzeros.count(r) && nonzeros.columns(r)[end] < term.offset() + term.width()) {
      end++;
    }
    return end - from;
  }

  private void add(int place, long word) {
    if (count == words.length) {
      places = Arrays.copyOf(places, 2 * count);
      words = Arrays.copyOf(words, 2 * count);
    }
    places[count] = place;
    words[count++] = word;
  }
}

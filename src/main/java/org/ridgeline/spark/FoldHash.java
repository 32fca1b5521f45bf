package org.ridgeline.spark;

import java.io.Serializable;

/**
 * A keyed hash that sends equal content to equal folds, whatever the partitioning or the format.
 *
 * <p>For content {@code v_0, v_1, ..} (64-bit words: the bits of each value as a double, -0 taken
 * as 0; padded with a zero word to an even count) and keys {@code K_i = mix(seed + (i + 1) phi)}:
 *
 * <pre>
 * h    = sum_i fold((v_2i ^ K_2i) * (v_2i+1 ^ K_2i+1))      fold(high:low) = high ^ low
 * fold = floor(k * mix(h) / 2^64)
 * </pre>
 *
 * <p>The product is the signed 128-bit one, sums wrap, {@code mix} is the finalizer of SplitMix64
 * and phi its increment (Steele, Lea, Flood 2014). The pairs are independent of one another (the NH
 * construction of Black, Halevi, Krawczyk, Krovetz, Rogaway 1999, UMAC, section 3), so a processor
 * overlaps them: about 1 ns a pair.
 */
final class FoldHash implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final long PHI = 0x9E3779B97F4A7C15L;

  private final long[] keys;

  /**
   * Creates a hash.
   *
   * @param seed any number
   * @param words how many words of content it must take
   */
  FoldHash(long seed, int words) {
    keys = new long[Math.max(2, words + (words & 1))];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = mix(seed + (i + 1) * PHI);
    }
  }

  /** Whether there are keys for so many words. */
  boolean takes(int words) {
    return words <= keys.length;
  }

  /** The word of a value: its bits, -0 as 0. */
  static long word(double value) {
    return Double.doubleToRawLongBits(value + 0.0);
  }

  /** The word of a whole number: that of the double of this value, itself where there is none. */
  static long word(long value) {
    return (long) (double) value == value ? word((double) value) : value;
  }

  /** The word of a text: its UTF-8 bytes, eight at a time, and its length. */
  static long word(byte[] text) {
    long h = text.length;
    for (int from = 0; from < text.length; from += Long.BYTES) {
      long chunk = 0;
      for (int i = Math.min(from + Long.BYTES, text.length) - 1; i >= from; i--) {
        chunk = chunk << 8 | (text[i] & 0xFF);
      }
      h = mix((h ^ chunk) + PHI);
    }
    return h;
  }

  /**
   * The part of h that comes from {@code count} doubles.
   *
   * @param position the even index of the first of them in the content
   */
  long part(double[] values, int from, int count, int position) {
    long sum = 0;
    int pairs = count & ~1;
    for (int i = 0; i < pairs; i += 2) {
      sum +=
          product(
              word(values[from + i]) ^ keys[position + i],
              word(values[from + i + 1]) ^ keys[position + i + 1]);
    }
    if (pairs < count) {
      sum +=
          product(word(values[from + pairs]) ^ keys[position + pairs], keys[position + pairs + 1]);
    }
    return sum;
  }

  /** The part of h that comes from the first {@code count} of these words. */
  long part(long[] words, int count, int position) {
    long sum = 0;
    for (int i = 0; i < count; i += 2) {
      long second = i + 1 < count ? words[i + 1] : 0;
      sum += product(words[i] ^ keys[position + i], second ^ keys[position + i + 1]);
    }
    return sum;
  }

  /** The parts of h that come from each of so many pairs of words that are 0. */
  long[] ofZeros(int pairs, int position) {
    long[] parts = new long[pairs];
    for (int i = 0; i < pairs; i++) {
      parts[i] = product(keys[position + 2 * i], keys[position + 2 * i + 1]);
    }
    return parts;
  }

  /**
   * What the part of h gains when some of the words are not 0.
   *
   * @param places where these words are, ascending
   * @param words at these places
   * @param ofZeros the parts of all pairs, see {@link #ofZeros}
   */
  long gain(int[] places, long[] words, int count, long[] ofZeros, int position) {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      int pair = places[i] & ~1;
      boolean both = i + 1 < count && places[i + 1] == pair + 1;
      long first = places[i] == pair ? words[i] : 0;
      long second = both ? words[i + 1] : places[i] == pair ? 0 : words[i];
      long a = keys[position + pair];
      long b = keys[position + pair + 1];
      sum += product(first ^ a, second ^ b) - ofZeros[pair / 2];
      i += both ? 1 : 0;
    }
    return sum;
  }

  private static long product(long a, long b) {
    return Math.multiplyHigh(a, b) ^ (a * b);
  }

  /** The fold, from 0 to {@code folds - 1}, of content whose parts sum to {@code h}. */
  static int fold(long h, int folds) {
    return (int) (((mix(h) >>> 33) * folds) >>> 31);
  }

  /** A place in a random order of contents: the hash whose parts sum to {@code h}. */
  static long order(long h) {
    return mix(h);
  }

  /** Another such place, which has nothing to do with the fold of the same content. */
  static long sampleOrder(long h) {
    return mix(mix(h) + PHI);
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}

package org.ridgeline.features;

/**
 * Random numbers without a state: every draw is a pure function of (seed, stream, index).
 *
 * <p>The bits come from Philox4x32-10 (Salmon, Moraes, Dror, Shaw 2011) with the seed as key and
 * (index, stream) as counter. A normal deviate is the {@link NormalQuantile} at a uniform of 52
 * bits: one draw each, at most 8.2 in size. All arithmetic is strict, so the bits depend neither on
 * the processor nor on the compiler.
 */
public final class CounterRandom {
  private static final int ROUNDS = 10;
  private static final long MULTIPLIER_0 = 0xD2511F53L;
  private static final long MULTIPLIER_1 = 0xCD9E8D57L;
  private static final int WEYL_0 = 0x9E3779B9;
  private static final int WEYL_1 = 0xBB67AE85;
  private static final long LOW = 0xFFFFFFFFL;

  private final long seed;

  /** Returns the numbers of a seed. */
  public CounterRandom(long seed) {
    this.seed = seed;
  }

  /** Returns 64 random bits. */
  public long bits(long stream, long index) {
    int c0 = (int) index;
    int c1 = (int) (index >>> 32);
    int c2 = (int) stream;
    int c3 = (int) (stream >>> 32);
    int k0 = (int) seed;
    int k1 = (int) (seed >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long p0 = MULTIPLIER_0 * (c0 & LOW);
      long p1 = MULTIPLIER_1 * (c2 & LOW);
      c0 = (int) (p1 >>> 32) ^ c1 ^ k0;
      c1 = (int) p1;
      c2 = (int) (p0 >>> 32) ^ c3 ^ k1;
      c3 = (int) p0;
      k0 += WEYL_0;
      k1 += WEYL_1;
    }
    return (c1 & LOW) << 32 | (c0 & LOW);
  }

  /** A uniform deviate, strictly between 0 and 1: an odd multiple of 2^-53. */
  double uniform(long stream, long index) {
    return ((bits(stream, index) >>> 12) + 0.5) * 0x1p-52;
  }

  /** A standard normal deviate. The maps draw from streams that are not negative. */
  public double gaussian(long stream, long index) {
    return NormalQuantile.at(uniform(stream, index));
  }

  /** A chi-square deviate: the sum of squares of the normal deviates index, .., index + k - 1. */
  double chiSquare(int k, long stream, long index) {
    double sum = 0;
    for (int i = 0; i < k; i++) {
      double g = gaussian(stream, index + i);
      sum += g * g;
    }
    return sum;
  }
}

package org.ridgeline.linalg;

/**
 * A running sum of about 32 digits: the unevaluated sum of two doubles (Dekker 1971; products by
 * fused multiply-add).
 */
public final class LongDouble {
  private double high;
  private double low;

  /** Returns the leading part. */
  public double high() {
    return high;
  }

  /** Returns what the leading part has lost to rounding. */
  public double low() {
    return low;
  }

  /** Returns the sum, rounded to double. */
  public double value() {
    return high + low;
  }

  /** Sets the sum to {@code high + low}. */
  public void set(double newHigh, double newLow) {
    high = newHigh;
    low = newLow;
  }

  /** Adds {@code x}. */
  public void add(double x) {
    double sum = high + x;
    double part = sum - high;
    double error = (high - (sum - part)) + (x - part);
    normalize(sum, low + error);
  }

  /** Adds {@code (a + aLow) b}. */
  public void addProduct(double a, double aLow, double b) {
    double product = a * b;
    double error = Math.fma(a, b, -product);
    add(product);
    add(Math.fma(aLow, b, error));
  }

  /** Adds {@code (a + aLow) (b + bLow)}. */
  public void addProduct(double a, double aLow, double b, double bLow) {
    addProduct(a, aLow, b);
    add(a * bLow);
  }

  private void normalize(double sum, double tail) {
    high = sum + tail;
    low = tail - (high - sum);
  }
}

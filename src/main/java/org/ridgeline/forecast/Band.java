package org.ridgeline.forecast;

/**
 * A 90 % band.
 *
 * @param low its lower end; 0 where only an upper bound is known
 * @param high its upper end
 */
public record Band(double low, double high) {
  /** Returns {@code value exp(+-width)}, or from 0 on where the value is an upper bound. */
  static Band about(double value, double width, boolean atMost) {
    return new Band(atMost ? 0 : value * Math.exp(-width), value * Math.exp(width));
  }
}

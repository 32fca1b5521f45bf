package org.ridgeline.ridge;

/** Whether the model has an intercept. It is never penalized. */
public enum Intercept {
  /** An unpenalized intercept: the columns are centered about their weighted means. */
  FREE,
  /** None: the fit goes through the origin, and the moments are taken about 0. */
  NONE;

  /** The degrees of freedom that the intercept takes: 1 or 0. */
  public int degreesOfFreedom() {
    return this == FREE ? 1 : 0;
  }
}

package org.ridgeline.report;

import java.util.List;

/**
 * An experiment on generated rows.
 *
 * @param name a word for the CSV
 * @param title what stands above the plot
 * @param text what was done
 * @param sizeName what the sizes are of
 * @param threshold the size from which a model without a penalty interpolates
 * @param curves one for each lambda, all of the same sizes
 */
public record Experiment(
    String name,
    String title,
    String text,
    String sizeName,
    int threshold,
    List<RiskCurve> curves) {
  /** Copies the list. */
  public Experiment {
    curves = List.copyOf(curves);
  }
}

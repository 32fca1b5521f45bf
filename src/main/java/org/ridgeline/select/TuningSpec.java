package org.ridgeline.select;

import org.ridgeline.ridge.RidgeSpec;

/**
 * What to tune.
 *
 * @param ridge what to fit
 * @param lambdas which lambdas to try
 * @param rule how to choose among them
 */
public record TuningSpec(RidgeSpec ridge, LambdaRequest lambdas, Rule rule) {}

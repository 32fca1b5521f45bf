package org.ridgeline.select;

import java.util.OptionalInt;

/**
 * What was chosen for one target. Numbers count the target's lambdas from 0.
 *
 * @param rule the rule that chose
 * @param chosen the chosen lambda
 * @param minimum the lambda of smallest mean held-out error, if there were folds
 * @param oneStandardError the largest lambda within one standard error of it, if there were folds
 * @param atEdge whether the best lambda sits at the edge of all that was tried
 */
public record Selection(
    Rule rule, int chosen, OptionalInt minimum, OptionalInt oneStandardError, boolean atEdge) {}

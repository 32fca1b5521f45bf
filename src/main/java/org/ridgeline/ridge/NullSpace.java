package org.ridgeline.ridge;

import java.util.List;

/**
 * The directions of the inputs that a solution at a lambda next to 0 leaves out, constant inputs
 * apart: it is the solution of minimum norm.
 *
 * @param directions how many
 * @param byCount how many of them there must be, because there are more inputs than rows
 * @param dependences what the directions stand for; empty where there are more inputs than rows,
 *     and for mapped features
 */
public record NullSpace(int directions, int byCount, List<Dependence> dependences) {
  /** Copies the list. */
  public NullSpace {
    dependences = List.copyOf(dependences);
  }

  /** Whether it is known, and not judged by a threshold, that all of them are there. */
  public boolean isExact() {
    return directions == byCount
        || (!dependences.isEmpty() && dependences.stream().allMatch(Dependence::exact));
  }
}

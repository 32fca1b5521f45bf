package org.ridgeline.ridge;

import org.ridgeline.Rows;
import org.ridgeline.moments.Moments;

class FactorSystemTest extends RidgeSystemContract {
  @Override
  RidgeSystem system(RidgeProblem problem) {
    return EigenSystem.ofFactor(problem);
  }

  @Override
  Moments moments(Rows rows) {
    return rows.factoredMoments(4);
  }
}

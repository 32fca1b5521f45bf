package org.ridgeline.ridge;

import java.util.Arrays;
import java.util.Optional;
import org.ridgeline.linalg.Matrix;

/** The coordinates of ridge: the standardized coefficients themselves, all of them penalized. */
record PlainCoordinates(NormalEquations equations) implements Coordinates {

  @Override
  public int order() {
    return equations.inputs();
  }

  @Override
  public int free() {
    return 0;
  }

  @Override
  public Matrix gram() {
    return equations.gram();
  }

  @Override
  public double[] gramDiagonal() {
    return equations.gramDiagonal();
  }

  @Override
  public Matrix right() {
    return equations.crossProducts();
  }

  @Override
  public double start(int t) {
    return equations.targetSumSquares(t);
  }

  @Override
  public double largest() {
    return 0;
  }

  @Override
  public Matrix directions(Matrix v) {
    return v;
  }

  @Override
  public Matrix transformed(Matrix v) {
    return v;
  }

  @Override
  public Optional<StandardTransform> transform() {
    return Optional.empty();
  }

  @Override
  public double[] freeForms(Matrix v) {
    return new double[v.columns()];
  }

  @Override
  public Matrix withFreeDirections(Matrix v) {
    return v;
  }

  @Override
  public double[] squaredLengths() {
    double[] lengths = new double[order()];
    Arrays.fill(lengths, 1);
    return lengths;
  }

  @Override
  public Optional<Matrix> offset() {
    return Optional.empty();
  }

  @Override
  public Matrix coefficients(int target, Matrix v) {
    return v;
  }

  @Override
  public Matrix joined(Matrix v, Matrix b) {
    return v;
  }

  @Override
  public FactorProblem transformed(FactorProblem problem) {
    return problem;
  }
}

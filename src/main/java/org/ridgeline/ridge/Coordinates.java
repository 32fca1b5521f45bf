package org.ridgeline.ridge;

import java.util.Optional;
import org.ridgeline.linalg.Matrix;

/**
 * Coordinates v in which a penalty is {@code |v|^2}, so that the system to solve is {@code (G +
 * lambda I) v = c}: the standardized coefficients themselves for ridge, those of a {@link
 * StandardForm} for any other penalty.
 */
sealed interface Coordinates permits PlainCoordinates, StandardForm {
  /** The number of coordinates. */
  int order();

  /** k, the number of directions that the penalty leaves free, the intercept apart. */
  int free();

  /** Returns G of these coordinates, both triangles, which the caller may overwrite. */
  Matrix gram();

  /** Returns the diagonal of G. */
  double[] gramDiagonal();

  /** C of these coordinates, one column per target. */
  Matrix right();

  /** The sum of squares of target {@code t} that v has to explain. */
  double start(int t);

  /** The largest element that G was computed from by subtraction; 0 where it was not. */
  double largest();

  /** Returns directions of these coordinates, along which nothing is free, as standardized ones. */
  Matrix directions(Matrix v);

  /** Returns vectors of standardized coordinates in these. */
  Matrix transformed(Matrix v);

  /**
   * T, which {@link #directions} and {@link #transformed} apply; empty where it is the identity.
   */
  Optional<StandardTransform> transform();

  /** Returns what the free directions add to the forms of the columns of v. */
  double[] freeForms(Matrix v);

  /**
   * Returns vectors of these coordinates as standardized ones, followed by the free directions,
   * orthonormal in {@code N'GN}: the squared forms of a row in these add up to its {@link
   * #freeForms}.
   */
  Matrix withFreeDirections(Matrix v);

  /** The squared lengths of the unit vectors of standardized coordinates in these. */
  double[] squaredLengths();

  /** The standardized coefficients at v = 0, d x m; empty when they are 0. */
  Optional<Matrix> offset();

  /** Returns the standardized coefficients of target {@code target}, one column per column of v. */
  Matrix coefficients(int target, Matrix v);

  /** Returns the solution for the right side b in standardized coordinates, given its v. */
  Matrix joined(Matrix v, Matrix b);

  /** Returns a least-squares problem in standardized coordinates as one in these. */
  FactorProblem transformed(FactorProblem problem);
}

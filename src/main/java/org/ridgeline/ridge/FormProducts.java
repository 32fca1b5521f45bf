package org.ridgeline.ridge;

import java.util.Optional;
import org.ridgeline.base.SingularException;
import org.ridgeline.linalg.Blas;
import org.ridgeline.linalg.Matrix;

/** The products in {@code G} that a {@link StandardForm} is made of. */
sealed interface FormProducts {
  /** {@code G v}. */
  Matrix times(Matrix v);

  /** The largest diagonal element of {@code P'GP}. */
  double largest();

  /**
   * Returns T.
   *
   * @param noise the relative noise of G
   * @throws SingularException when the data do not determine what is free
   */
  StandardTransform transform(double noise);

  /** {@code T'GT}, where it is formed at all. */
  Optional<Matrix> gram(StandardTransform transform);

  /** The diagonal of {@code T'GT}. */
  double[] gramDiagonal(StandardTransform transform);

  /** From G itself, d x d. */
  record OfGram(Matrix g, PenaltyBasis basis) implements FormProducts {
    @Override
    public Matrix times(Matrix v) {
      return Blas.times(g, v);
    }

    @Override
    public double largest() {
      return StandardTransform.largest(basis.formDiagonal(basis.appliedTo(g)));
    }

    @Override
    public StandardTransform transform(double noise) {
      Matrix gn = basis.freeAppliedTo(g);
      Matrix mixed = basis.appliedTo(gn.transposed());
      return StandardTransform.of(basis, basis.freeTransposedTimes(gn), mixed, noise);
    }

    @Override
    public double[] gramDiagonal(StandardTransform transform) {
      return gram(transform).orElseThrow().diagonal();
    }

    /** {@code (B + B') / 2} of the computed B, with a diagonal that is not negative. */
    @Override
    public Optional<Matrix> gram(StandardTransform transform) {
      Matrix b = transform.transposedTimes(transform.appliedTo(g));
      return Optional.of(
          b.map((i, j, value) -> i == j ? Math.max(0, value) : 0.5 * (value + b.get(j, i))));
    }
  }

  /** From the rows A, {@code G = A'A}: nothing has {@code d^2} numbers. */
  record OfRows(Matrix a, PenaltyBasis basis) implements FormProducts {
    @Override
    public Matrix times(Matrix v) {
      return Blas.transposedTimes(a, Blas.times(a, v));
    }

    @Override
    public double largest() {
      return StandardTransform.largest(squares(basis.appliedTo(a)));
    }

    @Override
    public StandardTransform transform(double noise) {
      if (basis.freeOrder() > a.rows()) {
        throw StandardTransform.undetermined(); // before N'GN takes k^2 numbers
      }
      Matrix an = basis.freeAppliedTo(a);
      Matrix mixed = Blas.transposedTimes(an, basis.appliedTo(a));
      return StandardTransform.of(basis, Blas.transposedTimes(an, an), mixed, noise);
    }

    @Override
    public double[] gramDiagonal(StandardTransform transform) {
      return squares(transform.appliedTo(a));
    }

    @Override
    public Optional<Matrix> gram(StandardTransform transform) {
      return Optional.empty();
    }

    private static double[] squares(Matrix columns) {
      return columns.columnProducts(columns);
    }
  }
}

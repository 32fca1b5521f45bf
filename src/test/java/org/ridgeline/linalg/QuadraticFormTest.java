package org.ridgeline.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The form by one triangle against the product with the whole matrix. */
class QuadraticFormTest {
  @ParameterizedTest
  @CsvSource({
    "1, 0, 1, 1",
    "5, 0, 5, 3",
    "9, 2, 7, 4",
    "70, 0, 69, 33",
    "6, 0, 0, 2",
    "4, 0, 4, 0"
  })
  void equalsTheProductWithTheWholeMatrix(int p, int from, int to, int columns) {
    Random random = new Random(p);
    double[] packed = random.doubles(SymMatrix.packedLength(p), -1, 1).toArray();
    SymMatrix matrix = SymMatrix.owning(p, packed);
    Matrix b = Matrix.zeros(to - from, columns);
    for (int i = 0; i < b.data().length; i++) {
      b.data()[i] = random.nextGaussian();
    }
    Matrix before = Matrix.owning(b.rows(), b.columns(), b.data().clone());
    double[] actual = QuadraticForm.of(matrix, from, to).at(b);
    double[] expected = b.columnProducts(Blas.times(matrix.toFull(from, to), b));
    assertEquals(columns, actual.length);
    for (int c = 0; c < columns; c++) {
      assertEquals(expected[c], actual[c], 1e-13 * p * p);
    }
    assertEquals(before, b, "the argument stays");
  }
}

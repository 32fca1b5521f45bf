package org.ridgeline.ml;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.ridgeline.base.Check;
import org.ridgeline.base.SingularException;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.Moments;
import org.ridgeline.moments.MomentsFile;
import org.ridgeline.natives.NativeLibraries;
import org.ridgeline.ridge.RidgePath;
import org.ridgeline.ridge.RidgeProblem;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.SolverTable;

/** {@code ridge_solve(moments, lambda)}: see {@link RidgeFunctions}. */
final class RidgeSolution implements UDF2<byte[], Number, Row> {
  private static final long serialVersionUID = 1L;

  static final StructType TYPE =
      new StructType()
          .add("n", DataTypes.LongType)
          .add("intercept", DataTypes.DoubleType)
          .add("coefficients", DataTypes.createArrayType(DataTypes.DoubleType, false))
          .add("df", DataTypes.DoubleType)
          .add("rss", DataTypes.DoubleType)
          .add("error", DataTypes.StringType);

  @Override
  public Row call(byte[] bytes, Number penalty) {
    if (bytes == null || penalty == null) {
      return null;
    }
    double lambda = penalty.doubleValue();
    Check.that(
        lambda >= 0 && lambda < Double.POSITIVE_INFINITY,
        "Cannot solve: lambda must be finite and >= 0, was %s",
        lambda);
    Moments moments = read(bytes);
    Check.that(
        moments.targets() == 1,
        "Cannot solve the moments of %d targets: ridge_solve takes those of one",
        moments.targets());
    NativeLibraries.install();
    try {
      return solve(moments, lambda);
    } catch (SingularException | IllegalArgumentException unsolvable) {
      return RowFactory.create(moments.rows(), null, null, null, null, unsolvable.getMessage());
    }
  }

  private static Moments read(byte[] bytes) {
    try {
      return MomentsFile.read(new ByteArrayInputStream(bytes), bytes.length).total();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read moments from memory", e);
    }
  }

  private static Row solve(Moments moments, double lambda) {
    RidgeProblem problem = RidgeProblem.of(moments, RidgeSpec.standard());
    RidgePath path = SolverTable.solver(problem, 1, lambda).paths(List.of(Vec.of(lambda))).get(0);
    return RowFactory.create(
        moments.rows(),
        path.coefficients().intercepts().get(0),
        path.coefficients().matrix().columnCopy(0),
        path.df().get(0),
        path.rss().get(0),
        null);
  }
}

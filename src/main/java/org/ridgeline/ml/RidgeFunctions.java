package org.ridgeline.ml;

import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.encoders.AgnosticEncoders.ArrayEncoder;
import org.apache.spark.sql.catalyst.encoders.AgnosticEncoders.BoxedDoubleEncoder$;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import scala.Tuple2;

/**
 * Ridge regression in SQL: a model for each group of a query, solved where the group is.
 *
 * <pre>{@code
 * RidgeFunctions.register(session);
 * session.sql(
 *     "SELECT shop, ridge_solve(ridge_moments(sales, array(price, area)), 0.5) AS model"
 *         + " FROM days GROUP BY shop");
 * }</pre>
 *
 * <ul>
 *   <li>{@code ridge_moments(label, features)}: an aggregate of a number and an array of numbers.
 *       Rows with a null in them are left out, as SQL aggregates do; NaN and infinite numbers, and
 *       arrays of different lengths, end the query. The result is binary: n, W, means and centered
 *       scatter matrix, {@code 4 d^2} bytes, checksummed; null without rows. {@code d^2} doubles
 *       for each group in work.
 *   <li>{@code ridge_solve(moments, lambda)}: a struct of {@code n}, {@code intercept}, {@code
 *       coefficients} (d, in the units of the data), {@code df}, {@code rss} and {@code error}.
 *       Lambda is in the sum convention, at least 0, columns are standardized by their population
 *       deviations, the intercept is not penalized. A group that cannot be solved has null for its
 *       numbers and says why in {@code error}; null moments or a null lambda give null.
 * </ul>
 *
 * <p>The rows of a group are added in the order in which Spark brings them, so the last bits may
 * differ between runs of a query that shuffles.
 */
public final class RidgeFunctions {
  /** The name of the aggregate. */
  public static final String MOMENTS = "ridge_moments";

  /** The name of the function that solves. */
  public static final String SOLVE = "ridge_solve";

  private RidgeFunctions() {}

  /** Makes both functions known to this session. */
  public static void register(SparkSession session) {
    session.udf().register(MOMENTS, moments());
    session.udf().register(SOLVE, new RidgeSolution(), RidgeSolution.TYPE);
  }

  /** Returns the aggregate as a function of columns: the label and the array of features. */
  @SuppressWarnings("unchecked") // Scala's array type is none that Java could infer
  public static UserDefinedFunction moments() {
    Encoder<Double[]> arrays =
        (Encoder<Double[]>) (Encoder<?>) new ArrayEncoder<>(BoxedDoubleEncoder$.MODULE$, true);
    Encoder<Tuple2<Double, Double[]>> rows = Encoders.tuple(Encoders.DOUBLE(), arrays);
    return functions.udaf(new RidgeMoments(), rows);
  }

  /** Returns the function that solves, of columns: the moments and lambda. */
  public static UserDefinedFunction solve() {
    return functions.udf(new RidgeSolution(), RidgeSolution.TYPE);
  }
}

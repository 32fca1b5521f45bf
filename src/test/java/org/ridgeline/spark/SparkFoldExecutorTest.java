package org.ridgeline.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.Serializer;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.ridgeline.dataset.ColumnRoles;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.select.FoldExecutor;
import org.ridgeline.select.FoldFit;
import org.ridgeline.select.Split;
import org.ridgeline.select.Splits;
import scala.reflect.ClassTag$;

@Tag("spark")
class SparkFoldExecutorTest {
  private static final List<Vec> LAMBDAS = List.of(Vec.of(0.1, 1, 10));

  /** Two splits of four folds, and a split that leaves one out and holds out two. */
  private static final Splits SPLITS =
      Splits.of(
          List.of(
              Splits.kFold(4).get(0),
              Splits.kFold(4).get(2),
              Split.of(new int[] {3}, new int[] {1, 0})));

  private static FoldedMoments moments() {
    ColumnRoles columns = ColumnRoles.of("y").withFolds(FoldRule.hashed(4, 3));
    return SparkTest.collect(SparkTest.linear(200, 5, 1), columns).moments();
  }

  private static void assertSame(FoldFit expected, FoldFit actual) {
    assertEquals(expected.sumSquares(0, 0), actual.sumSquares(0, 0));
    assertEquals(expected.weight(0), actual.weight(0));
    assertEquals(expected.models(0).matrix(), actual.models(0).matrix());
    assertEquals(expected.models(0).intercepts(), actual.models(0).intercepts());
    assertEquals(expected.models(0).lambdas(), actual.models(0).lambdas());
  }

  @Test
  void sparkTasksGiveTheBitsOfTheDriver() {
    FoldedMoments moments = moments();
    RidgeSpec spec = RidgeSpec.standard();
    List<FoldFit> onDriver = FoldExecutor.inParallel(2).fit(moments, SPLITS, spec, LAMBDAS);
    List<FoldFit> inTasks =
        SparkFoldExecutor.on(SparkTest.session()).fit(moments, SPLITS, spec, LAMBDAS);
    assertEquals(onDriver.size(), inTasks.size());
    for (int f = 0; f < onDriver.size(); f++) {
      assertSame(onDriver.get(f), inTasks.get(f));
    }
  }

  @Test
  void whatTravelsSurvivesBothSerializers() {
    FoldedMoments moments = moments();
    SparkConf conf = new SparkConf(false);
    for (Serializer serializer : List.of(new JavaSerializer(conf), new KryoSerializer(conf))) {
      SerializerInstance instance = serializer.newInstance();
      FoldedMoments arrived = roundTrip(instance, moments);
      assertEquals(moments.total(), arrived.total());
      assertEquals(SPLITS.get(2), roundTrip(instance, SPLITS.get(2)));
      FoldFit fit =
          FoldExecutor.inParallel(1).fit(moments, SPLITS, RidgeSpec.standard(), LAMBDAS).get(0);
      assertSame(fit, roundTrip(instance, fit));
    }
  }

  private static <T> T roundTrip(SerializerInstance instance, T value) {
    ByteBuffer bytes = instance.serialize(value, ClassTag$.MODULE$.apply(value.getClass()));
    return instance.deserialize(bytes, ClassTag$.MODULE$.apply(value.getClass()));
  }
}

package org.ridgeline.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import org.apache.spark.SparkConf;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ridgeline.Kernels;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import scala.reflect.ClassTag;

class FeatureMapTest {
  private static final int D = 5;
  private static final double[][] ROWS = Maps.normalRows(300, D, 1);
  private static final InputScaling SCALING =
      InputScaling.of(Vec.of(0.1, 0, -1, 2, 0), Vec.of(1, 2, 0.5, 1, 3)).clippedAt(2.5);

  private static MapSpec spec(MapKind kind, int width) {
    MapSpec spec = MapSpec.of(kind, width).withSeed(42);
    if (kind == MapKind.NYSTROM) {
      return spec.withKernel(Kernel.LAPLACE); // K_mm well conditioned: z keeps its digits
    }
    return kind.hasLengthScale() ? spec.withLengthScale(2.2) : spec;
  }

  private static FeatureMap map(MapKind kind, int width) {
    return kind == MapKind.NYSTROM
        ? FeatureMap.nystrom(spec(kind, width), SCALING, Maps.columns(Arrays.copyOf(ROWS, width)))
        : FeatureMap.random(spec(kind, width), SCALING);
  }

  @ParameterizedTest
  @EnumSource
  void smallerWidthsAreNested(MapKind kind) {
    FeatureMap large = map(kind, 112);
    FeatureMap small = map(kind, 36);
    int units = small.description().weights().columns();
    assertEquals(large.description().weights().columns(0, units), small.description().weights());
    if (kind == MapKind.RFF_COS || kind == MapKind.NTK) {
      assertEquals(large.description().offsets().slice(0, units), small.description().offsets());
    }
    double factor = large.description().spec().nestedFactor(36, D);
    double[][] zLarge = Maps.features(large, ROWS);
    double[][] zSmall = Maps.features(small, ROWS);
    for (int r = 0; r < ROWS.length; r++) {
      for (int f = 0; f < small.outputs(); f++) {
        double expected = factor * zLarge[r][f];
        assertEquals(expected, zSmall[r][f], 1e-13 + 1e-13 * Math.abs(expected));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void featuresDoNotDependOnTheBlock(MapKind kind) {
    FeatureMap map = map(kind, 112);
    double[][] together = Maps.features(map, ROWS);
    double[][] alone = new double[ROWS.length][];
    for (int r = 0; r < ROWS.length; r++) {
      alone[r] = Maps.features(map, new double[][] {ROWS[r]})[0];
    }
    for (int r = 0; r < ROWS.length; r++) {
      assertArrayEquals(together[r], alone[r], 1e-14);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anotherCopyOfTheMapHasTheSameBits(MapKind kind) throws Exception {
    FeatureMap map = map(kind, 112);
    double[][] z = Maps.features(map, ROWS);
    assertSameBits(z, Maps.features(throughJava(map), ROWS), kind);
    assertSameBits(z, Maps.features(throughKryo(map), ROWS), kind);
    assertSameBits(z, Maps.features(FeatureMap.of(map.description().writtenOut()), ROWS), kind);
    MapDescription description = map.description().writtenOut();
    FeatureMap rebuilt =
        FeatureMap.of(
            kind == MapKind.NYSTROM
                ? MapDescription.nystrom(
                    description.spec(),
                    description.scaling(),
                    description.weights(),
                    description.jitter())
                : MapDescription.explicit(
                    description.spec(),
                    description.scaling(),
                    description.weights(),
                    description.offsets()));
    assertSameBits(z, Maps.features(rebuilt, ROWS), kind);
  }

  /** Only Nystrom's maps have a factorization. */
  private static void assertSameBits(double[][] expected, double[][] actual, MapKind kind) {
    if (kind == MapKind.NYSTROM && !Kernels.keepBits()) {
      for (int r = 0; r < expected.length; r++) {
        assertArrayEquals(expected[r], actual[r], 1e-14); // rows of norm 1
      }
    } else {
      assertArrayEquals(expected, actual);
    }
  }

  @Test
  void drawnWeightsAreNotShipped() throws IOException {
    FeatureMap map = map(MapKind.RFF, 4096);
    map.newTask();
    assertTrue(bytes(map).length < 2_000, bytes(map).length + " bytes");
    assertTrue(map.description().keptWeights().isEmpty());
  }

  @ParameterizedTest
  @EnumSource
  void writesOnlyItsFeaturesIntoTheRow(MapKind kind) {
    FeatureMap map = map(kind, 28);
    int width = map.outputs();
    double[] x = new double[3 * (D + 2)];
    double[] z = new double[3 * (width + 2)];
    Arrays.fill(x, Double.NaN);
    Arrays.fill(z, -7);
    for (int r = 0; r < 3; r++) {
      System.arraycopy(ROWS[r], 0, x, r * (D + 2), D);
    }
    map.newTask().apply(3, x, D + 2, z, width + 2);
    double[][] expected = Maps.features(map, Arrays.copyOf(ROWS, 3));
    for (int r = 0; r < 3; r++) {
      int at = r * (width + 2);
      assertArrayEquals(expected[r], Arrays.copyOfRange(z, at, at + width), 1e-14);
      assertEquals(-7, z[at + width]);
      assertEquals(-7, z[at + width + 1]);
    }
  }

  @Test
  void neuronsComeOneByOne() {
    FeatureMap map = map(MapKind.NTK, 50); // 5 inputs and the bias: 7 features a neuron, 7 neurons
    assertEquals(49, map.outputs());
    double[] x = new double[D + 1];
    SCALING.apply(ROWS[0], 0, x, 0);
    x[D] = 1;
    Matrix w = map.description().weights();
    double[] z = Maps.features(map, ROWS)[0];
    for (int j = 0; j < 7; j++) {
      double product = Maps.dot(w.columnCopy(j), x);
      assertEquals(Math.max(product, 0) / Math.sqrt(7), z[7 * j], 1e-14);
      double a = product > 0 ? map.description().offsets().get(j) : 0;
      for (int i = 0; i <= D; i++) {
        assertEquals(a * x[i] / Math.sqrt(7), z[7 * j + 1 + i], 1e-14);
      }
    }
  }

  @Test
  void orthogonalBlocksAreOrthogonalToWorkingPrecision() {
    int d = 40;
    MapSpec spec = MapSpec.of(MapKind.ORF, 4 * d).withSeed(3);
    Matrix w = MapDescription.drawn(spec, InputScaling.none(d)).weights();
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < i; j++) {
        double[] a = w.columnCopy(d + i);
        double[] b = w.columnCopy(d + j);
        double cosine = Maps.dot(a, b) / Math.sqrt(Maps.dot(a, a) * Maps.dot(b, b));
        assertEquals(0, cosine, 1e-15);
      }
    }
  }

  @Test
  void heavyTailsAreExactToo() {
    FeatureMap map =
        FeatureMap.random(spec(MapKind.LAPLACE, 20_000).withLengthScale(1e-3), SCALING);
    double[] z = Maps.features(map, ROWS)[0];
    Matrix w = map.description().weights();
    double[] x = new double[D];
    SCALING.apply(ROWS[0], 0, x, 0);
    double largest = 0;
    for (int j = 0; j < w.columns(); j++) {
      double argument = Maps.dot(w.columnCopy(j), x) / 1e-3;
      largest = Math.max(largest, Math.abs(argument));
      // the product is rounded at every term, whatever the cosine does
      double terms = Math.sqrt(Maps.dot(w.columnCopy(j), w.columnCopy(j)) * Maps.dot(x, x)) / 1e-3;
      double tolerance = 1e-2 * (1e-15 + 1e-15 * terms);
      assertEquals(0.01 * StrictMath.cos(argument), z[2 * j], tolerance);
      assertEquals(0.01 * StrictMath.sin(argument), z[2 * j + 1], tolerance);
    }
    assertTrue(largest > FastCosine.LIMIT, "largest argument " + largest);
  }

  @Test
  void clippedValuesAreCounted() {
    MapTask task = map(MapKind.RFF, 4).newTask();
    double[] x = {0.1, 0, -1, 2, 0, 100, 0, -100, 2, 0};
    task.apply(2, x, D, new double[8], 4);
    assertEquals(2, task.clipped());
  }

  @Test
  void rowsOfNoneAreFine() {
    map(MapKind.RFF, 4).newTask().apply(0, new double[0], D, new double[0], 4);
  }

  private static byte[] bytes(Object value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    return bytes.toByteArray();
  }

  private static FeatureMap throughJava(FeatureMap map) throws Exception {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes(map)))) {
      return (FeatureMap) in.readObject();
    }
  }

  private static FeatureMap throughKryo(FeatureMap map) {
    SerializerInstance kryo = new KryoSerializer(new SparkConf(false)).newInstance();
    ClassTag<FeatureMap> tag = ClassTag.apply(FeatureMap.class);
    return kryo.deserialize(kryo.serialize(map, tag), tag);
  }
}

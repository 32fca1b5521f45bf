package org.ridgeline.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ridgeline.dataset.FittedModel;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.dataset.InputColumn;
import org.ridgeline.dataset.InputFiles;
import org.ridgeline.dataset.OnInvalid;
import org.ridgeline.dataset.ReadSpec;
import org.ridgeline.dataset.ResolvedSpec;
import org.ridgeline.linalg.Matrix;
import org.ridgeline.linalg.Vec;
import org.ridgeline.ridge.Intercept;
import org.ridgeline.ridge.LambdaConvention;
import org.ridgeline.ridge.Penalty;
import org.ridgeline.ridge.RidgeModel;
import org.ridgeline.ridge.RidgeSpec;
import org.ridgeline.ridge.Scaling;
import org.ridgeline.ridge.SolverKind;
import org.ridgeline.ridge.WeightKind;
import org.ridgeline.select.LambdaRequest;
import org.ridgeline.select.Rule;
import org.ridgeline.select.TuningSpec;

/** The key {@code spec} of {@code model.json}, written and read back. */
class SpecJsonTest {
  private static final String OPERATOR = "penalty.bin";

  private static FittedModel model() {
    RidgeModel model =
        new RidgeModel(
            List.of("x0", "x1", "x2"),
            List.of("y0", "y1"),
            Vec.of(0, 1),
            Matrix.zeros(3, 2),
            Vec.of(1, 1));
    List<InputColumn> inputs =
        List.of(InputColumn.number("x0"), InputColumn.number("x1"), InputColumn.number("x2"));
    return new FittedModel(model, inputs, List.of());
  }

  /** A prior of two of three features: factors, b0, L and its units. */
  private static Penalty prior() {
    Matrix mean = Matrix.owning(3, 2, new double[] {0.1, -2, 1e-300, 4, 1.0 / 3, 6e22});
    return Penalty.factors(0.5, 1, 2)
        .withPriorMean(mean)
        .withPriorPrecision(Matrix.owning(2, 2, new double[] {4, 1, 1, 3}), new int[] {0, 2}, 3);
  }

  private static ResolvedSpec spec(Penalty penalty) {
    return Specs.of(
        RidgeSpec.standard().with(penalty),
        Rule.GCV,
        OnInvalid.DROP,
        Optional.empty(),
        Optional.empty());
  }

  private static ResolvedSpec read(byte[] json, Map<String, byte[]> beside) {
    return ModelJson.readSpec(
        json,
        name -> {
          if (!beside.containsKey(name)) {
            throw new IllegalArgumentException("there is no " + name);
          }
          return beside.get(name);
        });
  }

  private static ResolvedSpec again(ResolvedSpec spec) {
    return read(ModelJson.of(model(), spec), ModelJson.filesBeside(model(), spec));
  }

  @Test
  void everyWordIsReadBack() {
    List<RidgeSpec> specs = new ArrayList<>();
    for (Scaling scaling : Scaling.values()) {
      for (SolverKind solver : SolverKind.values()) {
        for (Intercept intercept : Intercept.values()) {
          for (WeightKind weights : WeightKind.values()) {
            specs.add(new RidgeSpec(intercept, scaling, solver).with(weights));
          }
        }
      }
    }
    for (RidgeSpec ridge : specs) {
      ResolvedSpec spec =
          Specs.of(ridge, Rule.LOO, OnInvalid.ERROR, Optional.empty(), Optional.empty());
      assertEquals(spec, again(spec));
    }
    for (Rule rule : Rule.values()) {
      for (OnInvalid invalid : OnInvalid.values()) {
        ResolvedSpec spec =
            Specs.of(RidgeSpec.standard(), rule, invalid, Optional.empty(), Optional.empty());
        assertEquals(spec, again(spec));
      }
    }
  }

  @Test
  void lambdasFoldsAndPassesAreReadBack() {
    for (LambdaRequest lambdas :
        List.of(
            LambdaRequest.automatic(),
            LambdaRequest.degreesOfFreedom(2.5),
            LambdaRequest.of(LambdaConvention.SPARK, 0, 1e-300, 3))) {
      for (FoldRule folds :
          List.of(
              FoldRule.single(),
              FoldRule.hashed(3, Long.MIN_VALUE),
              FoldRule.hashedBy("id \"x\"", 4, 5),
              FoldRule.byColumn("f"))) {
        ResolvedSpec spec =
            new ResolvedSpec(
                new TuningSpec(RidgeSpec.standard(), lambdas, Rule.GCV, TuningSpec.Search.REFINED),
                folds,
                Optional.empty(),
                new ResolvedSpec.Passes(true, 3),
                OnInvalid.ERROR,
                Optional.empty(),
                Optional.empty());
        assertEquals(spec, again(spec));
      }
    }
  }

  @Test
  void everyPartOfAPenaltyIsReadBackToTheLastBit() {
    List<Penalty> penalties =
        List.of(
            Penalty.identity(),
            Penalty.factors(0, 1e-310, 1.0 / 3),
            Penalty.differences(2, 3),
            Penalty.identity().withPriorMean(-0.0, 0.1, 1e308),
            Penalty.differences(1, 3).withFactors(1, 0, 2).withPriorMean(1, 2, 3),
            prior());
    for (Penalty penalty : penalties) {
      assertEquals(spec(penalty), again(spec(penalty)));
    }
  }

  @Test
  void sourcesAreReadBackWithTheirMaskedOptions() {
    ReadSpec masked =
        ReadSpec.of("s3a://bucket/\u00e9 \"x\".csv")
            .withFormat("csv")
            .withOption("header", "true")
            .withOption("password", "***")
            .withWhere("a > 1 and b <> 'q'");
    for (ReadSpec source : List.of(masked, ReadSpec.of("data"))) {
      ResolvedSpec spec =
          Specs.of(
              RidgeSpec.standard(),
              Rule.CV_1SE,
              OnInvalid.DROP,
              Optional.of(source),
              Optional.of(new InputFiles(3, 1L << 40, "ab")));
      assertEquals(spec, again(spec));
    }
  }

  @Test
  void theOperatorIsColumnByColumnInLittleEndian() {
    Map<String, byte[]> files = ModelJson.filesBeside(model(), spec(Penalty.differences(1, 3)));
    double[] values = new double[6];
    ByteBuffer.wrap(files.get(OPERATOR))
        .order(ByteOrder.LITTLE_ENDIAN)
        .asDoubleBuffer()
        .get(values);
    assertEquals("[-1.0, 0.0, 1.0, -1.0, 0.0, 1.0]", Arrays.toString(values));
    assertTrue(ModelJson.filesBeside(model(), spec(Penalty.factors(1, 2, 3))).isEmpty());
  }

  private static String refusal(byte[] json, Map<String, byte[]> beside) {
    return assertThrows(IllegalArgumentException.class, () -> read(json, beside)).getMessage();
  }

  @Test
  void everyDamageOfTheOperatorIsRefused() {
    byte[] json = ModelJson.of(model(), spec(prior()));
    byte[] sound = ModelJson.filesBeside(model(), spec(prior())).get(OPERATOR);
    assertEquals(3 * 3 * Double.BYTES, sound.length);
    String refused = "Cannot use the model: penalty.bin is not the file that it was written with";
    for (int bit = 0; bit < 8 * sound.length; bit++) {
      byte[] flipped = sound.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertEquals(refused, refusal(json, Map.of(OPERATOR, flipped)));
    }
    for (int length : new int[] {0, 8, sound.length - 1, sound.length + 8}) {
      byte[] other = Arrays.copyOf(sound, length);
      assertEquals(refused, refusal(json, Map.of(OPERATOR, other)));
    }
    assertEquals("there is no penalty.bin", refusal(json, Map.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"version\":1|\"version\":2|its spec has version 2, this version reads 1",
        "\"population\"|\"populaton\"|'standardize' is 'populaton', which is not known",
        "\"auto\"|\"lsmr\"|'solver' is 'lsmr', which is not known",
        "\"precision\"|\"importance\"|'weightKind' is 'importance', which is not known",
        "\"gcv\"|\"cv\"|'select' is 'cv', which is not known",
        "\"drop\"|\"DROP\"|'onInvalid' is 'DROP', which is not known",
        "\"intercept\":true|\"intercept\":1|'intercept' is not true or false",
        "\"source\":null|\"source\":{}|'options' is not an object",
        "\"source\":null|\"from\":null|'options' is not an object",
        "\"rows\":3|\"rows\":-1|'rows' must be from 0 to 2147483647, was -1",
        "[0.5,1.0,2.0]|[0.5,null,2.0]|'factors' has an entry that is no number",
        "[true,false,true]|[true,false]|the penalty has 2 units of columns for 3 inputs",
        "\"spec\":|\"speck\":|it does not say what decided its fit; train it with this version"
      })
  void unsoundSpecsAreRefused(String sound, String broken, String reason) {
    String json = new String(ModelJson.of(model(), spec(prior())), StandardCharsets.UTF_8);
    int at = json.indexOf(sound, json.indexOf("\"inputs\""));
    assertTrue(at > 0, json);
    String changed = json.substring(0, at) + broken + json.substring(at + sound.length());
    String said =
        refusal(
            changed.getBytes(StandardCharsets.UTF_8),
            ModelJson.filesBeside(model(), spec(prior())));
    assertTrue(said.startsWith("Cannot ") && said.endsWith(": " + reason), said);
  }

  /**
   * A flip of one bit in a digit is another number, as in the coefficients; all else is refused.
   */
  @Test
  void noFlippedBitGivesAnotherPenaltyButInADigit() {
    byte[] json = ModelJson.of(model(), spec(prior()));
    Map<String, byte[]> beside = ModelJson.filesBeside(model(), spec(prior()));
    String text = new String(json, StandardCharsets.UTF_8);
    BitSet digits = new BitSet();
    Matcher numbers = Pattern.compile("-?[0-9]+([.][0-9]+)?(E-?[0-9]+)?").matcher(text);
    while (numbers.find()) {
      digits.set(numbers.start(), numbers.end());
    }
    int accepted = 0;
    for (int bit = 8 * text.indexOf("\"spec\""); bit < 8 * json.length; bit++) {
      byte[] flipped = json.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        Penalty penalty = read(flipped, beside).ridge().penalty();
        assertTrue(digits.get(bit / 8) || penalty.equals(prior()), "bit " + bit);
        accepted++;
      } catch (IllegalArgumentException refused) {
        assertTrue(refused.getMessage().matches("Cannot .*|there is no .*"), refused.getMessage());
      }
    }
    assertTrue(accepted > 0);
  }
}

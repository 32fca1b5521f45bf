package org.ridgeline.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.ridgeline.Agreement;
import org.ridgeline.Rows;
import org.ridgeline.Stored;
import org.ridgeline.base.DataException;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.features.InputScaling;
import org.ridgeline.features.MapKind;
import org.ridgeline.features.MapSpec;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.Moments;

/** The oracle is the moments of rows whose columns were put in place beforehand. */
class StoredColumnsTest {
  private static final Rows ROWS = Rows.normal(21, 24, 4, 2).withRandomWeights(22);

  private static MomentsSet stored() {
    return Stored.hashed(ROWS, 3);
  }

  /** The rows with other inputs and targets, by their numbers among x0 .. x3, y0, y1. */
  private static Rows columns(int[] inputs, int... targets) {
    double[][] x = new double[ROWS.size()][];
    double[][] y = new double[ROWS.size()][];
    double[] w = new double[ROWS.size()];
    for (int i = 0; i < w.length; i++) {
      x[i] = pick(i, inputs);
      y[i] = pick(i, targets);
      w[i] = ROWS.w(i);
    }
    return Rows.of(x, y, w);
  }

  private static double[] pick(int i, int... columns) {
    double[] values = new double[columns.length];
    for (int c = 0; c < columns.length; c++) {
      values[c] = columns[c] < 4 ? ROWS.x(i, columns[c]) : ROWS.y(i, columns[c] - 4);
    }
    return values;
  }

  private static void assertFoldsOf(Rows rows, MomentsSet chosen) {
    for (int f = 0; f < 3; f++) {
      int fold = f;
      Moments expected = rows.where(i -> i % 3 == fold).moments();
      Moments found = chosen.moments().fold(f);
      assertEquals(expected.inputs(), found.inputs());
      Agreement.assertVectors(
          expected.scatter().packed(), found.scatter().packed(), 1e-14, "scatter");
      for (int j = 0; j < rows.inputs() + rows.targets(); j++) {
        assertEquals(expected.mean(j), found.mean(j), 1e-15);
      }
    }
  }

  @Test
  void withoutChoicesNothingIsCopied() {
    MomentsSet stored = stored();
    assertSame(stored, StoredColumns.choose(stored, List.of(), List.of()));
    assertSame(stored, StoredColumns.choose(stored, List.of("y0", "y1"), List.of()));
  }

  @Test
  void aFeatureBecomesTheLabelAndTheLabelsFeatures() {
    MomentsSet chosen =
        StoredColumns.choose(stored(), List.of("x1"), List.of("y1", "x3", "y0", "x0"));
    assertEquals(List.of("y1", "x3", "y0", "x0"), chosen.columns().features());
    assertEquals(List.of("x1"), chosen.columns().labels());
    assertFoldsOf(columns(new int[] {5, 3, 4, 0}, 1), chosen);
  }

  @Test
  void columnsThatChangePlacesAndBackAreTheSameBits() {
    MomentsSet there =
        StoredColumns.choose(stored(), List.of("x1"), List.of("y1", "x3", "y0", "x0", "x2"));
    MomentsSet again =
        StoredColumns.choose(there, List.of("y0", "y1"), List.of("x0", "x1", "x2", "x3"));
    assertEquals(stored().columns(), again.columns());
    for (int f = 0; f < 3; f++) {
      assertEquals(stored().moments().fold(f), again.moments().fold(f));
    }
  }

  @Test
  void featuresAreAllThatAreNoLabelNow() {
    MomentsSet chosen = StoredColumns.choose(stored(), List.of("x2"), List.of());
    assertEquals(List.of("x0", "x1", "x3"), chosen.columns().features());
    assertFoldsOf(columns(new int[] {0, 1, 3}, 2), chosen);
    MomentsSet less = StoredColumns.choose(stored(), List.of("y1"), List.of("!x1", "!x3"));
    assertEquals(List.of("x0", "x2"), less.columns().features());
    assertFoldsOf(columns(new int[] {0, 2}, 5), less);
    MomentsSet globs = StoredColumns.choose(stored(), List.of("y1"), List.of("x3", "x?", "y0"));
    assertEquals(List.of("x3", "x0", "x1", "x2", "y0"), globs.columns().features());
    assertFoldsOf(columns(new int[] {3, 0, 1, 2, 4}, 5), globs);
  }

  /** x0 is a number, x1 and x2 are two levels of c, x3 is an array of one. */
  private static MomentsSet categories() {
    MomentsSet.Columns plain = stored().columns();
    InputColumn c =
        new InputColumn(
            "c", InputColumn.Kind.CATEGORY, List.of("c=q", "c=r"), List.of("p", "q", "r"));
    InputColumn a = new InputColumn("a", InputColumn.Kind.ARRAY, List.of("a_0"), List.of());
    InputColumn one = new InputColumn("one", InputColumn.Kind.CATEGORY, List.of(), List.of("only"));
    return Stored.with(
        stored(),
        new MomentsSet.Columns(
            plain.labels(),
            List.of(InputColumn.number("x0"), c, a, one),
            plain.weight(),
            plain.weightKind(),
            plain.intercept()));
  }

  @Test
  void columnsOfSeveralFeaturesMoveTogether() {
    MomentsSet chosen = StoredColumns.choose(categories(), List.of("y1"), List.of("a", "c", "x0"));
    assertEquals(List.of("a_0", "c=q", "c=r", "x0"), chosen.columns().features());
    assertFoldsOf(columns(new int[] {3, 1, 2, 0}, 5), chosen);
  }

  private static String refusal(MomentsSet stored, List<String> labels, String... globs) {
    return assertThrows(
            DataException.class, () -> StoredColumns.choose(stored, labels, List.of(globs)))
        .getMessage();
  }

  @Test
  void whatCannotBeALabelIsNamed() {
    assertEquals(
        "column \"c\" cannot be a label: it is a category", refusal(categories(), List.of("c")));
    assertEquals(
        "column \"a\" cannot be a label: it is an array of numbers",
        refusal(categories(), List.of("a")));
    assertEquals(
        "there is no column \"c=q\" (label) in the moments; did you mean \"c\"?",
        refusal(categories(), List.of("c=q")));
    assertEquals("the label \"y0\" is named twice", refusal(stored(), List.of("y0", "y1", "y0")));
  }

  @Test
  void whatCannotBeAFeatureIsNamed() {
    assertEquals(
        "column \"y1\" cannot be a feature: it is already a label",
        refusal(stored(), List.of("y1"), "x0", "y1"));
    String none = "no features are left; change features, which removes them all";
    assertEquals(none, refusal(stored(), List.of(), "!x*"));
    assertEquals(none, refusal(categories(), List.of(), "one"));
    assertEquals(
        "\"x5\" matches no usable column; correct features: did you mean \"x0\"?",
        refusal(stored(), List.of(), "x5"));
  }

  @Test
  void ofMappedFeaturesOnlyLabelsCanBeChosen() {
    MapSpec spec = MapSpec.of(MapKind.RFF, 6);
    FeatureMap map =
        FeatureMap.random(spec, InputScaling.of(Vec.of(0, 0, 0, 0), Vec.of(1, 1, 1, 1)));
    MomentsSet plain = stored();
    MomentsSet.Maps maps =
        new MomentsSet.Maps(List.of(map.description()), List.of(6), "none", OptionalDouble.empty());
    MomentsSet mapped =
        new MomentsSet(
            plain.columns(),
            plain.folds(),
            plain.order(),
            Optional.of(maps),
            plain.sources(),
            List.of(ROWS.mapped(map).folded(3, i -> i % 3)));
    MomentsSet chosen = StoredColumns.choose(mapped, List.of("y1"), List.of());
    assertEquals(plain.columns().inputs(), chosen.columns().inputs());
    assertFoldsOf(ROWS.onlyTarget(1).mapped(map), chosen);
    assertEquals(
        "column \"x0\" cannot be a label: the moments are of mapped features, not of their inputs",
        refusal(mapped, List.of("x0")));
    assertEquals(
        "features cannot be chosen from the moments of a feature map: all inputs went into it; leave"
            + " out features",
        refusal(mapped, List.of(), "x0"));
  }
}

package org.ridgeline.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ridgeline.Agreement;
import org.ridgeline.Rows;
import org.ridgeline.Stored;
import org.ridgeline.base.DataException;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.features.InputScaling;
import org.ridgeline.features.MapDescription;
import org.ridgeline.features.MapKind;
import org.ridgeline.features.MapSpec;
import org.ridgeline.linalg.Vec;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.Moments;
import org.ridgeline.ridge.Intercept;
import org.ridgeline.ridge.WeightKind;

/** The oracle is the sums of squares about the mean, over the rows themselves. */
class MomentsPairTest {
  private static final Rows ALL = Rows.normal(11, 30, 3, 2).withRandomWeights(12);
  private static final Rows EARLY = ALL.where(i -> i < 18);
  private static final Rows LATE = ALL.where(i -> i >= 18);

  private static MomentsPair pair(String verb, MomentsSet first, MomentsSet second) {
    return new MomentsPair(verb, "mon", first, "tue", second);
  }

  private static double value(Rows rows, int i, int j) {
    return j < rows.inputs() ? rows.x(i, j) : rows.y(i, j - rows.inputs());
  }

  private static void assertOf(Rows rows, Moments moments, double relative) {
    assertEquals(rows.size(), moments.rows());
    int p = rows.inputs() + rows.targets();
    double[] mean = new double[p];
    double weight = IntStream.range(0, rows.size()).mapToDouble(rows::w).sum();
    Agreement.assertClose(weight, moments.weightSum(), relative, "weight");
    List<Double> expected = new ArrayList<>();
    List<Double> found = new ArrayList<>();
    for (int j = 0; j < p; j++) {
      for (int i = 0; i < rows.size(); i++) {
        mean[j] += rows.w(i) * value(rows, i, j) / weight;
      }
      expected.add(mean[j]);
      found.add(moments.mean(j));
      for (int k = 0; k <= j; k++) {
        double sum = 0;
        for (int i = 0; i < rows.size(); i++) {
          sum += rows.w(i) * (value(rows, i, j) - mean[j]) * (value(rows, i, k) - mean[k]);
        }
        expected.add(sum);
        found.add(moments.scatter().get(j, k));
      }
    }
    Agreement.assertVectors(array(expected), array(found), relative, "means and sums of squares");
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(v -> v).toArray();
  }

  @Test
  void sumIsOfTheRowsOfBothFoldByFold() {
    MomentsSet sum = pair("merge", Stored.hashed(EARLY, 3), Stored.hashed(LATE, 3)).plus();
    for (int f = 0; f < 3; f++) {
      int fold = f; // 18 is a multiple of 3: a row keeps its fold
      assertOf(ALL.where(i -> i % 3 == fold), sum.moments().fold(f), 1e-14);
    }
    assertOf(ALL, sum.moments().total(), 1e-14);
    assertEquals(List.of(18L, 12L), sum.sources().stream().map(MomentsSet.Source::rows).toList());
    assertEquals(2, sum.rowsDropped());
    assertEquals(List.of("note (string)"), sum.skipped());
  }

  @Test
  void subtractionGivesBackWhatWasAdded() {
    MomentsSet late = Stored.hashed(LATE, 3);
    MomentsSet sum = pair("merge", Stored.hashed(EARLY, 3), late).plus();
    MomentsPair.Difference rest = pair("subtract", sum, late).minus();
    for (int f = 0; f < 3; f++) {
      int fold = f;
      assertOf(EARLY.where(i -> i % 3 == fold), rest.moments().moments().fold(f), 1e-13);
    }
    assertTrue(rest.digitsLost() > 0 && rest.digitsLost() < 2, "" + rest.digitsLost());
    assertEquals(
        List.of(18L, 12L, -12L),
        rest.moments().sources().stream().map(MomentsSet.Source::rows).toList());
  }

  @Test
  void foldsOfOneValueAreMergedAndOrderedByIt() {
    for (FoldOrder order : FoldOrder.values()) {
      MomentsSet early = Stored.byDay(EARLY, order, i -> i % 2 == 0 ? "2" : "10");
      MomentsSet late = Stored.byDay(LATE, order, i -> i % 2 == 0 ? "10" : "9");
      FoldedMoments sum = pair("merge", early, late).plus().moments();
      List<String> labels = IntStream.range(0, 3).mapToObj(sum::label).toList();
      assertEquals(
          order == FoldOrder.NUMBER ? List.of("2", "9", "10") : List.of("10", "2", "9"), labels);
      assertOf(
          ALL.where(i -> i < 18 ? i % 2 == 1 : i % 2 == 0), sum.fold(labels.indexOf("10")), 1e-14);
      assertOf(LATE.where(i -> i % 2 == 1), sum.fold(labels.indexOf("9")), 1e-14);
    }
  }

  @Test
  void foldsWithoutRowsGoWhereTheirValueNamedThem() {
    MomentsSet all = Stored.byDay(ALL, FoldOrder.NUMBER, i -> i < 18 ? "1" : "2");
    MomentsSet late = Stored.byDay(LATE, FoldOrder.NUMBER, i -> "2");
    FoldedMoments left = pair("subtract", all, late).minus().moments().moments();
    assertEquals(1, left.folds());
    assertEquals("1", left.label(0));
    MomentsSet hashed = Stored.hashed(ALL.where(i -> i < 2), 2);
    Rows zero = ALL.where(i -> i == 0);
    FoldedMoments kept =
        pair("subtract", hashed, Stored.hashed(zero, 2)).minus().moments().moments();
    assertEquals(2, kept.folds());
    assertEquals(0, kept.fold(0).rows());
  }

  @Test
  void rowsThatAreNotThereAreNotTakenAway() {
    MomentsSet early = Stored.hashed(EARLY, 3);
    MomentsSet more = Stored.hashed(ALL, 3);
    String more0 = refusal(() -> pair("subtract", early, more).minus());
    assertTrue(more0.startsWith("Cannot subtract: fold '0' has 6 rows of weight "), more0);
    assertTrue(more0.endsWith(" that are to be taken away (tue from mon)"), more0);
    assertEquals(
        "Cannot subtract: no rows of positive weight would remain (tue from mon)",
        refusal(() -> pair("subtract", early, early).minus()));
    Rows wide = LATE.mapInput(1, x -> 100 * x);
    String other = refusal(() -> pair("subtract", more, Stored.hashed(wide, 3)).minus());
    assertTrue(other.startsWith("Cannot subtract: column \"x1\" of fold '0' would have"), other);
  }

  private static String refusal(org.junit.jupiter.api.function.Executable body) {
    return assertThrows(DataException.class, body).getMessage();
  }

  /** How the second differs from a sound one, and what is said of it. */
  private static String said(UnaryOperator<MomentsSet> change) {
    MomentsSet sound = Stored.hashed(LATE, 3);
    return refusal(() -> pair("merge", Stored.hashed(EARLY, 3), change.apply(sound)))
        .replace("cannot merge tue with mon: ", "");
  }

  private static String saidOfColumns(UnaryOperator<MomentsSet.Columns> change) {
    return said(set -> Stored.with(set, change.apply(set.columns())));
  }

  private static MomentsSet.Columns inputs(MomentsSet.Columns c, InputColumn... inputs) {
    return new MomentsSet.Columns(
        c.labels(), List.of(inputs), c.weight(), c.weightKind(), c.intercept());
  }

  @Test
  void everyDifferenceOfColumnsIsNamed() {
    assertEquals(
        "its label 2 is \"u\", not \"y1\"",
        saidOfColumns(
            c ->
                new MomentsSet.Columns(
                    List.of("y0", "u"), c.inputs(), c.weight(), c.weightKind(), c.intercept())));
    assertEquals(
        "its weight is w, not none",
        saidOfColumns(
            c ->
                new MomentsSet.Columns(
                    c.labels(), c.inputs(), Optional.of("w"), c.weightKind(), c.intercept())));
    assertEquals(
        "its weight kind is frequency, not precision",
        saidOfColumns(
            c ->
                new MomentsSet.Columns(
                    c.labels(), c.inputs(), c.weight(), WeightKind.FREQUENCY, c.intercept())));
    assertEquals(
        "its intercept is none, not free",
        saidOfColumns(
            c ->
                new MomentsSet.Columns(
                    c.labels(), c.inputs(), c.weight(), c.weightKind(), Intercept.NONE)));
    InputColumn x0 = InputColumn.number("x0");
    InputColumn array =
        new InputColumn("x", InputColumn.Kind.ARRAY, List.of("x1", "x2"), List.of());
    assertEquals(
        "column \"x\" was read in another way (array, not number)",
        saidOfColumns(c -> inputs(c, x0, array)));
    assertEquals(
        "its feature 3 is \"z\", not \"x2\"",
        saidOfColumns(c -> inputs(c, x0, InputColumn.number("x1"), InputColumn.number("z"))));
    InputColumn single =
        new InputColumn("city", InputColumn.Kind.CATEGORY, List.of(), List.of("Oslo"));
    assertEquals(
        "its column 4 is \"city\", not none",
        saidOfColumns(
            c -> inputs(c, c.inputs().get(0), c.inputs().get(1), c.inputs().get(2), single)));
  }

  @Test
  void otherLevelsOfACategoryAreNamed() {
    InputColumn ours =
        new InputColumn(
            "c", InputColumn.Kind.CATEGORY, List.of("c=b", "c=d"), List.of("a", "b", "d"));
    InputColumn theirs =
        new InputColumn("c", InputColumn.Kind.CATEGORY, List.of("c=b", "c=d"), List.of("b", "d"));
    InputColumn x0 = InputColumn.number("x0");
    MomentsSet early = Stored.hashed(EARLY, 3);
    MomentsSet first = Stored.with(early, inputs(early.columns(), x0, ours));
    MomentsSet second = Stored.with(early, inputs(early.columns(), x0, theirs));
    assertEquals(
        "cannot subtract tue from mon: column \"c\" has other levels: \"a\" in mon only",
        refusal(() -> pair("subtract", first, second)));
    assertEquals(
        "cannot subtract tue from mon: column \"c\" has other levels: \"a\" in tue only",
        refusal(() -> pair("subtract", second, first)));
    InputColumn through0 =
        new InputColumn(
            "c", InputColumn.Kind.CATEGORY, List.of("c=a", "c=b", "c=d"), List.of("a", "b", "d"));
    MomentsSet.Columns all = inputs(early.columns(), through0);
    MomentsSet third =
        Stored.with(
            early,
            new MomentsSet.Columns(
                all.labels(), all.inputs(), all.weight(), all.weightKind(), Intercept.NONE));
    MomentsSet reordered = Stored.with(early, inputs(early.columns(), ours, x0));
    assertEquals(
        "cannot subtract tue from mon: its intercept is none, not free",
        refusal(() -> pair("subtract", reordered, third)));
  }

  private static String saidOfFolds(FoldRule rule, FoldOrder order, int k) {
    FoldedMoments sum = LATE.folded(k, i -> i % k);
    return said(
        set -> new MomentsSet(set.columns(), rule, order, set.maps(), set.sources(), List.of(sum)));
  }

  @Test
  void everyDifferenceOfFoldsIsNamed() {
    FoldOrder number = FoldOrder.NUMBER;
    assertEquals(
        "its fold rule is key, not content", saidOfFolds(FoldRule.hashedBy("id", 3, 0), number, 3));
    assertEquals(
        "its kind of fold values is text, not number",
        saidOfFolds(FoldRule.hashed(3, 0), FoldOrder.TEXT, 3));
    assertEquals("its number of folds is 4, not 3", saidOfFolds(FoldRule.hashed(4, 0), number, 4));
    String seed = saidOfFolds(FoldRule.hashed(3, 7), number, 3);
    assertTrue(seed.endsWith("seed is 7, not 0"), seed);
    MomentsSet day = Stored.byDay(EARLY, number, i -> "1");
    MomentsSet week =
        new MomentsSet(
            day.columns(),
            FoldRule.byColumn("week"),
            number,
            day.maps(),
            day.sources(),
            day.sums());
    assertEquals(
        "cannot merge tue with mon: its fold column is week, not day",
        refusal(() -> pair("merge", day, week)));
  }

  private static MomentsSet mapped(Rows rows, long seed) {
    MapSpec spec = MapSpec.of(MapKind.RFF, 4).withSeed(seed);
    InputScaling scaling = InputScaling.of(Vec.of(0, 0, 0), Vec.of(1, 1, 1));
    FeatureMap map = FeatureMap.random(spec, scaling);
    List<MapDescription> maps = List.of(map.description());
    MomentsSet.Maps described =
        new MomentsSet.Maps(maps, List.of(2, 4), "none", java.util.OptionalDouble.empty());
    MomentsSet plain = Stored.hashed(rows, 2);
    return new MomentsSet(
        plain.columns(),
        plain.folds(),
        plain.order(),
        Optional.of(described),
        plain.sources(),
        List.of(rows.mapped(map).folded(2, i -> i % 2)));
  }

  @Test
  void momentsOfOneMapAreMergedAndOthersAreNot() {
    MomentsSet sum = pair("merge", mapped(EARLY, 1), mapped(LATE, 1)).plus();
    FeatureMap map = FeatureMap.of(sum.maps().orElseThrow().widest().get(0));
    assertOf(ALL.mapped(map), sum.moments().total(), 1e-14);
    for (MomentsSet other : List.of(mapped(LATE, 2), Stored.hashed(LATE, 2))) {
      String said = refusal(() -> pair("merge", mapped(EARLY, 1), other));
      String start = "cannot merge tue with mon: its rows went through another feature map; ";
      assertTrue(said.startsWith(start), said);
    }
  }
}

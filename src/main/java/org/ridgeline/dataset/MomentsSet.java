package org.ridgeline.dataset;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.ridgeline.base.Check;
import org.ridgeline.features.MapDescription;
import org.ridgeline.features.MapKind;
import org.ridgeline.features.MapSpec;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.ridge.Intercept;
import org.ridgeline.ridge.WeightKind;
import org.ridgeline.select.MapGrid;

/**
 * The moments of some rows and their columns: all that a model of these rows needs.
 *
 * @param columns what the numbers of a row were
 * @param folds how the rows were dealt; the names of the folds are in the moments
 * @param order how the names of folds are ordered
 * @param maps the feature maps that were applied to the rows first, if any were
 * @param sources where the rows came from
 * @param sums the moments of every fold, of each feature map in order, or of the rows themselves
 */
public record MomentsSet(
    Columns columns,
    FoldRule folds,
    FoldOrder order,
    Optional<Maps> maps,
    List<Source> sources,
    List<FoldedMoments> sums) {

  /** Checks the sums against the columns and maps. */
  public MomentsSet {
    sources = List.copyOf(sources);
    sums = List.copyOf(sums);
    int expected = maps.map(m -> m.widest().size()).orElse(1);
    Check.that(
        sums.size() == expected,
        "Cannot use the moments: expected those of %d feature maps, got %d",
        expected,
        sums.size());
    for (int i = 0; i < expected; i++) {
      requireShape(sums.get(i), i, columns, maps);
      requireFolds(sums.get(i), sums.get(0));
    }
  }

  private static void requireShape(FoldedMoments sum, int i, Columns columns, Optional<Maps> maps) {
    int d = columns.features().size();
    int inputs = maps.map(m -> m.widest().get(i).spec().outputs(d)).orElse(d);
    for (int f = 0; f < sum.folds(); f++) {
      Check.that(
          sum.fold(f).inputs() == inputs && sum.fold(f).targets() == columns.labels().size(),
          "Cannot use the moments: they are of %d inputs and %d targets, the columns make %d and"
              + " %d",
          sum.fold(f).inputs(),
          sum.fold(f).targets(),
          inputs,
          columns.labels().size());
    }
  }

  private static void requireFolds(FoldedMoments sum, FoldedMoments first) {
    boolean same = sum.folds() == first.folds();
    for (int f = 0; f < sum.folds() && same; f++) {
      same = sum.label(f).equals(first.label(f)) && sum.fold(f).rows() == first.fold(f).rows();
    }
    Check.that(same, "Cannot use the moments: those of several maps are not of the same folds");
  }

  /** Returns the moments of every fold of the rows, or of the first feature map. */
  public FoldedMoments moments() {
    return sums.get(0);
  }

  /** n, the number of rows. */
  public long rows() {
    return moments().rows();
  }

  /** Returns the columns that were not used, of all sources. */
  public List<String> skipped() {
    return sources.stream().flatMap(source -> source.skipped().stream()).distinct().toList();
  }

  /** Returns the warnings of all sources. */
  public List<String> warnings() {
    return sources.stream().flatMap(source -> source.warnings().stream()).distinct().toList();
  }

  /** Returns how many invalid rows were left out, of all sources. */
  public long rowsDropped() {
    return sources.stream().mapToLong(Source::rowsDropped).sum();
  }

  /** Returns the same columns, folds and maps with other sums. */
  public MomentsSet with(List<Source> from, List<FoldedMoments> others) {
    return new MomentsSet(columns, folds, order, maps, from, others);
  }

  /**
   * What the numbers of a row were.
   *
   * @param labels the targets, in order
   * @param inputs the columns that the features were made of, in order
   * @param weight the column of weights, if there was one
   * @param weightKind what a weight says
   * @param intercept whether the columns were made for a model with one: the first level of a
   *     category then has no feature
   */
  public record Columns(
      List<String> labels,
      List<InputColumn> inputs,
      Optional<String> weight,
      WeightKind weightKind,
      Intercept intercept) {
    /** Copies the lists. */
    public Columns {
      labels = List.copyOf(labels);
      inputs = List.copyOf(inputs);
    }

    /** Returns the names of the d features, in order; with a map, of its inputs. */
    public List<String> features() {
      return inputs.stream().flatMap(input -> input.names().stream()).toList();
    }
  }

  /**
   * The feature maps that were applied.
   *
   * @param widest the widest map at each length scale; they differ in that alone
   * @param widths the widths to choose from, ascending; the last is that of {@code widest}
   * @param standardize how the inputs were scaled: population, sample or none
   * @param median the median distance of a sample, where the length scales came from it
   */
  public record Maps(
      List<MapDescription> widest,
      List<Integer> widths,
      String standardize,
      OptionalDouble median) {
    /** Checks that there is a map. */
    public Maps {
      Check.that(
          !widest.isEmpty() && !widths.isEmpty(),
          "Cannot use the moments: they have %d feature maps and %d widths",
          widest.size(),
          widths.size());
      widest = List.copyOf(widest);
      widths = List.copyOf(widths);
    }

    /** Whether these maps make the same features of every row. */
    public boolean isSame(Maps other) {
      boolean same = widths.equals(other.widths) && widest.size() == other.widest.size();
      for (int i = 0; i < widest.size() && same; i++) {
        same = widest.get(i).isSame(other.widest.get(i));
      }
      return same;
    }

    /** Returns what there is to choose from. */
    public MapGrid grid() {
      List<MapSpec> specs = widest.stream().map(MapDescription::spec).toList();
      return new MapGrid(specs, widths, widest.get(0).scaling().inputs());
    }

    /**
     * Returns the map of setting {@code i} of the grid, its weights as they are drawn at any width.
     */
    public MapDescription description(int i) {
      MapSpec spec = grid().spec(i);
      MapDescription wide = widest.get(i % widest.size());
      if (spec.equals(wide.spec())) {
        return wide;
      }
      return spec.kind() == MapKind.NYSTROM
          ? MapDescription.nystrom(
              spec, wide.scaling(), wide.weights().columns(0, spec.width()), wide.jitter())
          : MapDescription.drawn(spec, wide.scaling());
    }
  }

  /**
   * Where rows came from.
   *
   * @param input the path as it was given
   * @param where the row filter, if there was one
   * @param options of the reader, secrets masked
   * @param rows how many rows; negative for rows that were taken away
   * @param rowsDropped how many invalid rows were left out
   * @param skipped the columns that were not used, with their types
   * @param warnings of the pass, complete sentences
   */
  public record Source(
      String input,
      Optional<String> where,
      Map<String, String> options,
      long rows,
      long rowsDropped,
      List<String> skipped,
      List<String> warnings) {
    /** Copies the collections. */
    public Source {
      options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
      skipped = List.copyOf(skipped);
      warnings = List.copyOf(warnings);
    }
  }
}

package org.ridgeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.ridgeline.dataset.FoldOrder;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.dataset.InputColumn;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.Moments;
import org.ridgeline.ridge.Intercept;
import org.ridgeline.ridge.WeightKind;

/** Stored moments of {@link Rows}: features {@code x0, x1, ..} and labels {@code y0, y1, ..}. */
public final class Stored {
  private Stored() {}

  /** The columns of such rows. */
  public static MomentsSet.Columns columns(Rows rows) {
    return new MomentsSet.Columns(
        IntStream.range(0, rows.targets()).mapToObj(t -> "y" + t).toList(),
        IntStream.range(0, rows.inputs()).mapToObj(j -> InputColumn.number("x" + j)).toList(),
        Optional.empty(),
        WeightKind.PRECISION,
        Intercept.FREE);
  }

  /** One fold. */
  public static MomentsSet of(Rows rows) {
    return of(rows, FoldRule.single(), FoldedMoments.of(List.of("0"), List.of(rows.moments())));
  }

  /** The folds {@code 0 .. k-1} of a hash; row i is in fold {@code i % k}. */
  public static MomentsSet hashed(Rows rows, int k) {
    return of(rows, FoldRule.hashed(k, 0), rows.folded(k, i -> i % k));
  }

  /** The values of a column {@code day} are the folds. */
  public static MomentsSet byDay(Rows rows, FoldOrder order, IntFunction<String> dayOf) {
    TreeSet<String> days = new TreeSet<>(order.comparator());
    IntStream.range(0, rows.size()).forEach(i -> days.add(dayOf.apply(i)));
    List<Moments> folds = new ArrayList<>();
    for (String day : days) {
      folds.add(rows.where(i -> dayOf.apply(i).equals(day)).moments());
    }
    FoldedMoments sum = FoldedMoments.of(List.copyOf(days), folds);
    return new MomentsSet(
        columns(rows),
        FoldRule.byColumn("day"),
        order,
        Optional.empty(),
        source(rows),
        List.of(sum));
  }

  private static MomentsSet of(Rows rows, FoldRule rule, FoldedMoments sum) {
    return new MomentsSet(
        columns(rows), rule, FoldOrder.NUMBER, Optional.empty(), source(rows), List.of(sum));
  }

  private static List<MomentsSet.Source> source(Rows rows) {
    return List.of(
        new MomentsSet.Source(
            "rows",
            Optional.empty(),
            Map.of(),
            rows.size(),
            1,
            List.of("note (string)"),
            List.of()));
  }

  /** These moments as those of other columns of the same shape. */
  public static MomentsSet with(MomentsSet set, MomentsSet.Columns columns) {
    return new MomentsSet(columns, set.folds(), set.order(), set.maps(), set.sources(), set.sums());
  }
}

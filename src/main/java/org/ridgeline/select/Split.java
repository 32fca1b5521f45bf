package org.ridgeline.select;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ridgeline.base.Check;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.Moments;

/**
 * Which blocks of rows train and which are held out; blocks of neither kind are left out.
 *
 * <p>The training moments are a merge, never a subtraction: of the parts before the first one held
 * out in ascending order, of the later ones in descending order, then of both. A part is one block,
 * or a group of blocks that is merged first. So the moments do not depend on where they are
 * computed, nor on what is shared with other splits.
 */
public final class Split implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int[][] before; // parts, each ascending
  private final int[][] after;
  private final int[] heldOut; // ascending

  private Split(int[][] before, int[][] after, int[] heldOut) {
    this.before = before;
    this.after = after;
    this.heldOut = heldOut;
  }

  /**
   * Returns a split.
   *
   * @param training the numbers of the blocks that train, in any order
   * @param heldOut the numbers of the blocks that are held out, in any order
   * @throws IllegalArgumentException when either is empty, or a number is negative or occurs twice
   */
  public static Split of(int[] training, int[] heldOut) {
    int[] all = distinct(training, heldOut);
    List<int[]> blocks = IntStream.of(all).mapToObj(b -> new int[] {b}).toList();
    return ofGroups(blocks, positions(training, all), positions(heldOut, all));
  }

  /**
   * Returns a split whose parts are groups of blocks.
   *
   * @param groups the numbers of the blocks of each group
   * @param training the positions of the groups that train
   * @param heldOut the positions of the groups that are held out
   * @throws IllegalArgumentException as {@link #of}
   */
  static Split ofGroups(List<int[]> groups, int[] training, int[] heldOut) {
    List<int[]> sorted = groups.stream().map(g -> IntStream.of(g).sorted().toArray()).toList();
    int[] blocks = blocks(sorted, heldOut);
    int[] trains = blocks(sorted, training);
    distinct(trains, blocks);
    int first = IntStream.of(heldOut).min().orElseThrow();
    int[] ascending = IntStream.of(training).sorted().toArray();
    int[][] before =
        IntStream.of(ascending).filter(g -> g < first).mapToObj(sorted::get).toArray(int[][]::new);
    int[] later = IntStream.of(ascending).filter(g -> g > first).toArray();
    int[][] after =
        IntStream.range(0, later.length)
            .mapToObj(i -> sorted.get(later[later.length - 1 - i]))
            .toArray(int[][]::new);
    return new Split(before, after, IntStream.of(blocks).sorted().toArray());
  }

  private static int[] blocks(List<int[]> groups, int[] which) {
    return IntStream.of(which).flatMap(g -> IntStream.of(groups.get(g))).toArray();
  }

  private static int[] positions(int[] some, int[] all) {
    return IntStream.of(some).map(b -> Arrays.binarySearch(all, b)).toArray();
  }

  /** Returns all blocks, ascending. */
  private static int[] distinct(int[] training, int[] heldOut) {
    Check.that(
        training.length > 0 && heldOut.length > 0,
        "Cannot split blocks: %d train and %d are held out, both need at least 1",
        training.length,
        heldOut.length);
    int[] all = IntStream.concat(IntStream.of(training), IntStream.of(heldOut)).sorted().toArray();
    Check.that(all[0] >= 0, "Cannot split blocks: there is no block %d", all[0]);
    for (int i = 1; i < all.length; i++) {
      Check.that(all[i] > all[i - 1], "Cannot split blocks: block %d occurs twice", all[i]);
    }
    return all;
  }

  /** Returns the numbers of the blocks that train, ascending. */
  public int[] training() {
    return parts().flatMapToInt(IntStream::of).sorted().toArray();
  }

  /** Returns the numbers of the blocks that are held out, ascending. */
  public int[] heldOut() {
    return heldOut.clone();
  }

  /** Returns the moments of the rows that train. */
  public Moments training(FoldedMoments blocks) {
    Moments moments = merged(before, blocks);
    moments.merge(merged(after, blocks));
    return moments;
  }

  private static Moments merged(int[][] parts, FoldedMoments blocks) {
    Moments merged = blocks.merged();
    for (int[] part : parts) {
      merged.merge(part.length == 1 ? blocks.fold(part[0]) : blocks.merged(part));
    }
    return merged;
  }

  /** Returns the moments of each block that is held out: shared, not to be merged into. */
  public List<Moments> heldOut(FoldedMoments blocks) {
    return IntStream.of(heldOut).mapToObj(blocks::fold).toList();
  }

  /** Whether each trains on what the other holds out, and both on something. */
  boolean isPair(Split other) {
    Set<Integer> mine = set(training());
    Set<Integer> others = set(other.training());
    return mine.containsAll(set(other.heldOut))
        && others.containsAll(set(heldOut))
        && mine.stream().anyMatch(others::contains);
  }

  /** Returns the split that trains on what both train on, and holds out what either does. */
  Split and(Split other) {
    Set<List<Integer>> others = new HashSet<>();
    other.parts().forEach(part -> others.add(Arrays.stream(part).boxed().toList()));
    List<int[]> groups = new ArrayList<>();
    parts()
        .filter(part -> others.contains(Arrays.stream(part).boxed().toList()))
        .forEach(groups::add);
    groups.add(heldOut);
    groups.add(other.heldOut);
    groups.sort(Comparator.comparingInt(group -> group[0]));
    int[] held =
        IntStream.range(0, groups.size())
            .filter(g -> groups.get(g) == heldOut || groups.get(g) == other.heldOut)
            .toArray();
    int[] training =
        IntStream.range(0, groups.size())
            .filter(g -> IntStream.of(held).noneMatch(h -> h == g))
            .toArray();
    return ofGroups(groups, training, held);
  }

  private Stream<int[]> parts() {
    return Stream.concat(Arrays.stream(before), Arrays.stream(after));
  }

  private static Set<Integer> set(int[] blocks) {
    return IntStream.of(blocks).boxed().collect(Collectors.toSet());
  }

  /** The parts that train before the first one held out, in the order in which they merge. */
  int[][] before() {
    return before;
  }

  /** The other parts that train, in the order in which they merge. */
  int[][] after() {
    return after;
  }

  /** The highest number of a block. */
  int last() {
    int[] training = training();
    return Math.max(training[training.length - 1], heldOut[heldOut.length - 1]);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Split split
        && Arrays.deepEquals(before, split.before)
        && Arrays.deepEquals(after, split.after)
        && Arrays.equals(heldOut, split.heldOut);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Arrays.deepHashCode(before) + Arrays.deepHashCode(after))
        + Arrays.hashCode(heldOut);
  }

  @Override
  public String toString() {
    return Arrays.toString(training()) + " train, " + Arrays.toString(heldOut) + " held out";
  }
}

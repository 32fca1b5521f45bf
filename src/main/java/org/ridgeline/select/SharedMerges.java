package org.ridgeline.select;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.Moments;

/**
 * Merges of parts, which are blocks or groups of blocks, in several orders. Orders that begin alike
 * share the merge of what they begin with, and all orders share that of a group: each is kept from
 * its first use to its last.
 */
final class SharedMerges {
  private final FoldedMoments blocks;
  private final Node root = new Node();
  private final Map<List<Integer>, Group> groups = new HashMap<>();

  SharedMerges(FoldedMoments blocks) {
    this.blocks = blocks;
    this.root.merged = blocks.merged();
  }

  /** What some orders begin with. */
  private static final class Node {
    private final Map<List<Integer>, Node> children = new LinkedHashMap<>();
    private Moments merged; // null before its first use and after its last
    private int endings; // orders to come that end here
    private int passages; // orders to come that pass here or end here

    /** Whether the merge here is part of an order to come and of no longer merge at hand. */
    boolean isNeeded() {
      return endings > 0
          || children.values().stream().anyMatch(c -> c.passages > 0 && c.merged == null);
    }
  }

  /** Several blocks that are merged into many. */
  private static final class Group {
    private Moments merged; // null before its first use and after its last
    private int uses; // to come
  }

  /** Says that an order will be merged once more. */
  void announce(int[]... order) {
    Node node = root;
    for (int[] part : order) {
      node = node.children.computeIfAbsent(key(part), this::join);
      node.passages++;
    }
    node.endings++;
  }

  private Node join(List<Integer> part) {
    if (part.size() > 1) {
      groups.computeIfAbsent(part, p -> new Group()).uses++;
    }
    return new Node();
  }

  private static List<Integer> key(int[] part) {
    return IntStream.of(part).boxed().toList();
  }

  /** Returns the merge of an order that was announced: valid until the next call. */
  Moments merge(int[]... order) {
    List<Node> path = new ArrayList<>(List.of(root));
    int at = 0; // the longest merge at hand
    for (int[] part : order) {
      Node node = path.get(path.size() - 1).children.get(key(part));
      node.passages--;
      path.add(node);
      at = node.merged == null ? at : path.size() - 1;
    }
    path.get(order.length).endings--;
    for (; at < order.length; at++) {
      Moments longer = path.get(at).merged.copy();
      longer.merge(part(order[at]));
      path.get(at + 1).merged = longer;
      release(path.get(at));
    }
    Moments merged = path.get(order.length).merged;
    release(path.get(order.length));
    return merged;
  }

  private Moments part(int[] part) {
    if (part.length == 1) {
      return blocks.fold(part[0]);
    }
    List<Integer> key = key(part);
    Group group = groups.get(key);
    Moments merged = group.merged == null ? blocks.merged(part) : group.merged;
    group.uses--;
    group.merged = group.uses > 0 ? merged : null;
    return merged;
  }

  private void release(Node node) {
    if (node != root && !node.isNeeded()) {
      node.merged = null;
    }
  }
}

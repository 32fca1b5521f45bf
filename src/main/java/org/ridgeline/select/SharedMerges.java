package org.ridgeline.select;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.moments.Moments;

/**
 * Merges of blocks in several orders. Orders that begin alike share the merge of what they begin
 * with: it is kept from its first use to its last.
 */
final class SharedMerges {
  private final FoldedMoments blocks;
  private final Node root = new Node();

  SharedMerges(FoldedMoments blocks) {
    this.blocks = blocks;
    this.root.merged = blocks.merged();
  }

  /** What some orders begin with. */
  private static final class Node {
    private final TreeMap<Integer, Node> children = new TreeMap<>();
    private Moments merged; // null before its first use and after its last
    private int endings; // orders to come that end here
    private int passages; // orders to come that pass here or end here

    /** Whether the merge here is part of an order to come and of no longer merge at hand. */
    boolean isNeeded() {
      return endings > 0
          || children.values().stream().anyMatch(c -> c.passages > 0 && c.merged == null);
    }
  }

  /** Says that an order will be merged once more. */
  void announce(int... order) {
    Node node = root;
    for (int block : order) {
      node = node.children.computeIfAbsent(block, b -> new Node());
      node.passages++;
    }
    node.endings++;
  }

  /** Returns the merge of an order that was announced: valid until the next call. */
  Moments merge(int... order) {
    List<Node> path = new ArrayList<>(List.of(root));
    int at = 0; // the longest merge at hand
    for (int block : order) {
      Node node = path.get(path.size() - 1).children.get(block);
      node.passages--;
      path.add(node);
      at = node.merged == null ? at : path.size() - 1;
    }
    path.get(order.length).endings--;
    for (; at < order.length; at++) {
      Moments longer = path.get(at).merged.copy();
      longer.merge(blocks.fold(order[at]));
      path.get(at + 1).merged = longer;
      release(path.get(at));
    }
    Moments merged = path.get(order.length).merged;
    release(path.get(order.length));
    return merged;
  }

  private void release(Node node) {
    if (node != root && !node.isNeeded()) {
      node.merged = null;
    }
  }
}

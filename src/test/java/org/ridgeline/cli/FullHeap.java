package org.ridgeline.cli;

import java.util.ArrayList;
import java.util.List;

/** A JVM whose heap is full of something else, but for as many megabytes as the first word says. */
final class FullHeap {
  private static final int MEGABYTE = 1 << 20;
  private static final List<byte[]> BALLAST = new ArrayList<>();

  private FullHeap() {}

  /** Fills the heap, then runs the command of the other words. */
  public static void main(String[] args) throws Exception {
    Runtime runtime = Runtime.getRuntime();
    long left = Long.parseLong(args[0]) * MEGABYTE;
    while (runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory()) > left) {
      BALLAST.add(new byte[MEGABYTE]);
    }
    Main.main(List.of(args).subList(1, args.length).toArray(String[]::new));
  }
}

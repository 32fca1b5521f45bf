package org.ridgeline.cli;

/** Stands in for the command line until it is built. */
public final class Main {
  private Main() {}

  /** Prints the usage line. */
  public static void main(String[] args) {
    System.out.println("Usage: ridgeline [spark-submit options] COMMAND [options]");
    System.out.println(String.join("|", args));
  }
}

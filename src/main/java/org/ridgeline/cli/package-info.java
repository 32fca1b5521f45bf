/**
 * The command line: options become records, records become calls, results and failures become text
 * and exit codes. What a command prints and returns is the same in a JVM of its own and in a test.
 *
 * <p>Notation: a {@code Setting} is one option under one name, as flag, in a file and in Spark's
 * configuration; {@code Settings} are their values for one command.
 *
 * <pre>{@code
 * int code = Main.run(System.out, System.err, "tune", "--input", "rows.csv", "--label", "y");
 * if (code == 0) {
 *   System.out.println("done");
 * }
 * }</pre>
 */
package org.ridgeline.cli;

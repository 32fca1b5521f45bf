package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Refusals whose remedy is an option name it as a flag. */
@Tag("spark")
class RemedyCommandTest {
  @TempDir Path directory;

  /** Rows of x, z, t (text), one (1 always) and y. */
  private Path data(int rows) throws IOException {
    List<String> lines = new ArrayList<>(List.of("x,z,t,one,y"));
    IntStream.range(0, rows)
        .mapToObj(i -> Math.sin(i) + "," + Math.cos(3 * i) + ",a" + i % 2 + ",1," + (i % 7))
        .forEach(lines::add);
    return Files.write(directory.resolve("data" + rows + ".csv"), lines);
  }

  private static CliRun run(String command, Path input, String... more) {
    List<String> words = new ArrayList<>(List.of(command, "--input", input.toString()));
    words.addAll(List.of("--label", "y"));
    words.addAll(List.of(more));
    return CliRun.of(words.toArray(String[]::new));
  }

  private static void assertRefused(int code, String error, CliRun refused) {
    assertEquals(error, refused.error());
    assertEquals(code, refused.code(), refused.err());
  }

  private static void assertEnds(int code, String end, CliRun refused) {
    assertTrue(refused.error().endsWith("; " + end), refused.error());
    assertEquals(code, refused.code(), refused.err());
  }

  @Test
  void columnsAndRowsThatCannotBeUsed() throws IOException {
    Path holes = Files.writeString(directory.resolve("holes.csv"), "x,y\n1,2\n,3\n4,1\n");
    assertEnds(
        3,
        "correct them, or use --on-invalid drop to leave such rows out",
        run("fit", holes, "--lambda", "1"));
    assertEnds(
        3,
        "name it in --categorical to use its levels",
        run("fit", data(9), "--features", "x,t", "--lambda", "1"));
    assertRefused(
        3,
        "\"q\" matches no usable column; correct --features: the columns are \"x\", \"z\", \"t\", \"one\", \"y\"",
        run("fit", data(9), "--features", "q", "--lambda", "1"));
    Path texts = Files.writeString(directory.resolve("texts.csv"), "t,y\na,2\nb,3\n");
    assertRefused(
        3,
        "There is no feature column left; name some with --features, or text columns with"
            + " --categorical",
        run("fit", texts, "--lambda", "1"));
  }

  @Test
  void inputsThatCannotBeOpened() throws IOException {
    Path folder = Files.createDirectory(directory.resolve("folder"));
    Files.writeString(folder.resolve("a.data"), "x,y\n1,2\n");
    assertEnds(3, "if it is of another format, name that with --format", run("fit", folder));
  }

  @Test
  void foldsThatCannotBeMade() throws IOException {
    assertRefused(
        3, "There are 3 rows for 5 folds; use fewer folds (--folds)", run("tune", data(3)));
    assertRefused(
        3,
        "Fold 1 of 2 has no rows; use a seed other than 0 (--seed), fewer folds (--folds), or choose"
            + " the folds by --fold-col",
        run("tune", data(9), "--features", "x,z", "--folds", "2", "--group-col", "one"));
    assertRefused(
        3,
        "All weights in column \"w\" are 0 where column \"g\" is \"0\": leave these rows out, or"
            + " give them to another fold",
        run("tune", weights(), "--weight", "w", "--fold-col", "g", "--features", "x"));
    assertRefused(
        3,
        "The fold column \"x\" has more than 1000 values, which is more folds than a task can hold;"
            + " if it is an id, use --id-col to hash it",
        run("tune", data(1_100), "--features", "z", "--fold-col", "x"));
  }

  private Path weights() throws IOException {
    return Files.writeString(
        directory.resolve("w.csv"), "x,w,g,y\n1,0,0,1\n2,0,0,3\n4,1,1,2\n3,1,1,4\n");
  }

  @Test
  void lambdasThatCannotBeChosen() throws IOException {
    assertRefused(
        2,
        "Cannot choose lambda: the criterion is undefined on the whole grid, because no degrees of"
            + " freedom are left; use larger lambdas or --select cv-min",
        run("fit", data(3), "--features", "x,z", "--lambdas", "0"));
    CliRun refused = run("fit", data(30), "--features", "x,z", "--df", "1.9999999999999998");
    assertTrue(
        refused
            .error()
            .startsWith("Cannot find the lambda of 1.9999999999999998 degrees of freedom"),
        refused.error());
    assertEnds(2, "use --lambda 0 for all of them", refused);
  }

  @Test
  void systemsThatCannotBeSolved() throws IOException {
    Path twins = Files.writeString(directory.resolve("twins.csv"), "x,z,y\n1,2,1\n2,4,3\n4,8,2\n");
    CliRun refused = run("fit", twins, "--solver", "cholesky", "--lambda", "0");
    assertTrue(
        refused
            .error()
            .matches(
                "Cannot solve at lambda = 0.0 to useful digits by Cholesky: the columns are nearly"
                    + " collinear; use lambda >= \\S+, the eigen solver or --solver tsqr"),
        refused.error());
    assertEquals(6, refused.code());
  }

  @Test
  void mapsThatCannotBeMade() throws IOException {
    Path equal =
        Files.writeString(directory.resolve("equal.csv"), "x,y\n1,2\n1,3\n1,4\n1,2\n1,7\n");
    assertRefused(
        3,
        "Cannot choose a length scale: the inputs of all rows are equal, too small or too large; give one by"
            + " --length-scale",
        run("fit", equal, "--map", "rff", "--width", "4", "--folds", "2"));
  }

  @Test
  void planAdvisesFlags() throws IOException {
    CliRun plan = run("plan", data(30), "--map", "rff", "--width", "46000", "--output", "json");
    assertEquals(5, plan.code(), plan.err());
    assertTrue(plan.out().contains("\"use at most --width "), plan.out());
  }
}

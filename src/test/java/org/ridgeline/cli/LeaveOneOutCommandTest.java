package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code --select loo} against cross-validation with a fold for every row: the same errors, where
 * columns are not rescaled without the row.
 */
@Tag("spark")
class LeaveOneOutCommandTest {
  private static final int ROWS = 24;

  @TempDir Path directory;

  /** Two targets of four inputs; a weight that repeats rows two or three times. */
  @BeforeEach
  void writeRows() throws IOException {
    Random random = new Random(71);
    List<String> once = new ArrayList<>(List.of("id,a,b,c,d,y1,y2,w"));
    List<String> each = new ArrayList<>(List.of("id,a,b,c,d,y1,y2,w"));
    int copies = 0;
    for (int i = 0; i < ROWS; i++) {
      double[] x = random.doubles(4, -1, 1).toArray();
      double y1 = x[0] - x[1] + Math.sin(3 * x[2]) + 0.1 * random.nextGaussian();
      double y2 = x[3] * x[0] + 0.1 * random.nextGaussian();
      String values =
          String.format(Locale.ROOT, ",%s,%s,%s,%s,%s,%s,", x[0], x[1], x[2], x[3], y1, y2);
      once.add(i + values + (2 + i % 2));
      for (int copy = 0; copy < 2 + i % 2; copy++) {
        each.add(copies++ + values + 1);
      }
    }
    Files.write(directory.resolve("once.csv"), once);
    Files.write(directory.resolve("each.csv"), each);
  }

  private String run(String name) {
    return directory.resolve(name).toString();
  }

  private List<String[]> path(String input, String name, String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of("tune", "--input", run(input)));
    all.addAll(List.of("--label", "y1", "--label", "y2", "--features", "a,b,c,d"));
    all.addAll(List.of("--standardize", "none", "--lambdas", "0.01,0.3,5", "--out", run(name)));
    all.addAll(List.of(words));
    CliRun tuned = CliRun.of(all.toArray(String[]::new));
    assertEquals(0, tuned.code(), tuned.err());
    return Files.readAllLines(Path.of(run(name), "path.csv")).stream()
        .map(line -> line.split(",", -1))
        .toList();
  }

  private static void assertSame(
      List<String[]> one, String column, List<String[]> two, String other) {
    int from = List.of(one.get(0)).indexOf(column);
    int to = List.of(two.get(0)).indexOf(other);
    assertEquals(one.size(), two.size());
    for (int i = 1; i < one.size(); i++) {
      double expected = Double.parseDouble(two.get(i)[to]);
      assertEquals(expected, Double.parseDouble(one.get(i)[from]), 1e-9 * expected, "row " + i);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--solver eigen",
        "--solver tsqr",
        "--penalty a=0 --penalty b=3",
        "--penalty a=0 --solver tsqr --no-intercept",
        "--map rff --width 4,10,40 --length-scale 1,3",
        "--map nystrom --width 5,12",
        "--map ntk --width 12,26 --no-intercept"
      })
  void equalsAFoldForEveryRow(String words) throws IOException {
    List<String> loo = new ArrayList<>(List.of(words.split(" ")));
    List<String> folds = new ArrayList<>(loo);
    loo.addAll(List.of("--select", "loo"));
    folds.addAll(List.of("--fold-col", "id"));
    List<String[]> left = path("once.csv", "loo", loo.toArray(String[]::new));
    List<String[]> held = path("once.csv", "folds", folds.toArray(String[]::new));
    assertSame(left, "loo_mse", held, "cv_mse");
    // a setting and lambda that is best by one is best by the other
    int selected = left.get(0).length - 1;
    int chosen = held.get(0).length - 1;
    for (int i = 1; i < left.size(); i++) {
      assertEquals(held.get(i)[chosen], left.get(i)[selected], "row " + i);
    }
    assertEquals(
        2,
        new ObjectMapper()
            .readTree(Path.of(run("loo"), "report.json").toFile())
            .at("/cost/passes")
            .asInt());
  }

  @Test
  void thePriorOfAnEarlierRunIsKept() throws IOException {
    String labels = "fit --label y1 --label y2 --features a,b,c,d --standardize none --lambda 2";
    List<String> words = new ArrayList<>(List.of(labels.split(" ")));
    words.addAll(List.of("--input", run("each.csv"), "--out", run("earlier")));
    CliRun earlier = CliRun.of(words.toArray(String[]::new));
    assertEquals(0, earlier.code(), earlier.err());
    List<String[]> left = path("once.csv", "loo", "--prior", run("earlier"), "--select", "loo");
    List<String[]> held = path("once.csv", "folds", "--prior", run("earlier"), "--fold-col", "id");
    assertSame(left, "loo_mse", held, "cv_mse");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--solver eigen", "--map rff --width 60 --length-scale 2"})
  void frequenciesLeaveOutOneOfTheirRows(String words) throws IOException {
    List<String> counted = new ArrayList<>(List.of(words.split(" ")));
    List<String> repeated = new ArrayList<>(counted);
    counted.addAll(List.of("--select", "loo", "--weight", "w", "--weight-kind", "frequency"));
    repeated.addAll(List.of("--select", "loo"));
    List<String[]> left = path("once.csv", "counted", counted.toArray(String[]::new));
    List<String[]> rows = path("each.csv", "repeated", repeated.toArray(String[]::new));
    assertSame(left, "loo_mse", rows, "loo_mse");
  }
}

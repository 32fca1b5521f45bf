package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A condition that a value does not suit ends every command with 3 and one sentence. */
@Tag("spark")
class ConditionCommandTest {
  @TempDir Path folder;

  private String rows() throws IOException {
    List<String> lines = new ArrayList<>(List.of("a,c,y"));
    for (int i = 0; i < 40; i++) {
      lines.add(Math.sin(i) + "," + (i % 2 == 0 ? "0" + i % 7 : "X" + i % 7) + "," + i);
    }
    return Files.write(folder.resolve("a.csv"), lines).toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "c = 2 | 'X1' | in \"c = 2\"; compare text with text in quotes, or use try_cast",
        "1 / (y - 5) > 0 | Division by zero | use try_divide",
        "element_at(array(1, 2), 5) > 0 | index 5 | leave such rows out",
        "make_date(y, 13, 1) is null | MonthOfYear | leave such rows out"
      })
  void aValueIsNamed(String condition, String value, String fix) throws IOException {
    String input = rows();
    String model = folder.resolve("model").toString();
    CliRun plain =
        CliRun.of("fit", "--input", input, "--label", "y", "--lambda", "1", "--out", model);
    assertEquals(0, plain.code(), plain.err());
    String out = folder.resolve("out").toString();
    for (String[] words :
        List.of(
            new String[] {"fit", "--label", "y", "--lambda", "1"},
            new String[] {"tune", "--label", "y", "--out", out},
            new String[] {"moments", "write", "--label", "y", "--out", out},
            new String[] {"predict", "--model", model, "--out", out},
            new String[] {"evaluate", "--model", model})) {
      List<String> all = new ArrayList<>(List.of(words));
      all.addAll(List.of("--input", input, "--where", condition));
      CliRun run = CliRun.of(all.toArray(String[]::new));
      assertEquals(3, run.code(), run.err());
      assertTrue(run.err().contains(value) && run.err().contains(fix), run.err());
      assertTrue(!run.err().contains("\tat "), run.err());
    }
  }

  @Test
  void aConditionThatSuitsIsApplied() throws IOException {
    CliRun run =
        CliRun.of("fit", "--input", rows(), "--label", "y", "--lambda", "1", "--where", "c = '02'");
    assertEquals(0, run.code(), run.err());
  }
}

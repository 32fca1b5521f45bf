package org.ridgeline.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.param.Param;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The PySpark wrapper, as far as it can be checked without PySpark. */
class PythonWrapperTest {
  private static final Path FILE = Path.of("src/main/python/ridgeline/__init__.py");

  @TempDir Path directory;

  @Test
  void pythonCompilesTheFile() throws IOException, InterruptedException {
    assumeTrue(hasPython(), "python3 is not there: the wrapper was not compiled");
    String target = directory.resolve("wrapper.pyc").toString();
    Process compiler =
        new ProcessBuilder(
                "python3",
                "-c",
                "import py_compile, sys; py_compile.compile(sys.argv[1], sys.argv[2], doraise=True)",
                FILE.toString(),
                target)
            .redirectErrorStream(true)
            .start();
    String said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, compiler.waitFor(), said);
  }

  private static boolean hasPython() throws InterruptedException {
    try {
      return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  @Test
  void everyParameterOfTheStagesIsThere() throws IOException {
    String text = Files.readString(FILE);
    TreeSet<String> known =
        Pattern.compile("^ +\"([a-zA-Z]+)\",$|_param\\(\\s*\"([a-zA-Z]+)\"", Pattern.MULTILINE)
            .matcher(text)
            .results()
            .map(PythonWrapperTest::name)
            .collect(Collectors.toCollection(TreeSet::new));
    for (PipelineStage stage :
        List.of(
            new RidgeRegression(),
            new RidgeRegressionCV(),
            new RandomFeatures(),
            new RandomFeaturesEstimator())) {
      assertTrue(text.contains("class " + stage.getClass().getSimpleName() + "("));
      for (Param<?> param : stage.params()) {
        assertTrue(known.contains(param.name()), param.name());
      }
    }
  }

  private static String name(MatchResult match) {
    return match.group(1) == null ? match.group(2) : match.group(1);
  }
}

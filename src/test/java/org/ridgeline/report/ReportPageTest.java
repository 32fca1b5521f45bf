package org.ridgeline.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ridgeline.features.MapKind;
import org.ridgeline.features.MapSpec;

/** The page in a browser that can reach nothing; skipped where there is no Chromium. */
@Tag("browser")
class ReportPageTest {
  private static final Pattern CHART = Pattern.compile("data-plot=\"([a-zA-Z]+)\"");

  /** A request that a page started; those of the browser itself have no origin. */
  private static final Pattern REQUEST =
      Pattern.compile(
          "\"initiator\":\"(?!not an origin)[^\"]*\".{0,800}?\"url\":\"((?:https?|wss?|ftp):[^\"]*)");

  @TempDir Path directory;

  @BeforeEach
  void requireChromium() {
    assumeTrue(chromium().isPresent(), "Chromium is not installed: the report was not opened");
  }

  private static Optional<Path> chromium() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .flatMap(
            folder ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  @Test
  void drawsEveryPlotWithoutErrorsAndWithoutRequests() throws Exception {
    assertDrawn(
        TinyRun.report(2),
        List.of(
            "selection",
            "folds",
            "coefficientsByLambda",
            "coefficientsByDf",
            "residuals",
            "normal",
            "leverage",
            "intervals",
            "spectrum"));
  }

  @Test
  void drawsWhatThereIsWithoutFolds() throws Exception {
    assertDrawn(
        TinyRun.report(1),
        List.of(
            "selection",
            "coefficientsByLambda",
            "coefficientsByDf",
            "residuals",
            "normal",
            "leverage",
            "intervals",
            "spectrum"));
  }

  @Test
  void drawsTheSurfaceOfAMap() throws Exception {
    List<String> one =
        List.of(
            "selection",
            "folds",
            "coefficientsByLambda",
            "coefficientsByDf",
            "residuals",
            "normal",
            "leverage",
            "intervals",
            "surfaces");
    List<String> both = Stream.concat(one.stream(), one.stream()).toList();
    assertDrawn(MapRun.report(3, MapSpec.of(MapKind.RFF, 16), 0.5, 2), both);
  }

  @Test
  void drawsAForecastWithItsRisingLine() throws Exception {
    String csv =
        """
        target,rows,mse,mse_lower,mse_upper,ratio,ratio_lower,ratio_upper,bound,kind
        y,4.0,3.0,2.0,4.0,,,,estimate,observed
        y,8.0,2.0,1.0,3.0,1.0,1.0,1.0,at-most,optimal
        y,80.0,1.0,0.0,1.5,0.5,0.0,0.7,at-most,optimal
        y,Infinity,0.9,0.0,1.4,0.45,0.0,0.65,at-most,optimal
        y,8.0,2.5,,,1.0,,,estimate,same-lambda
        y,16.0,5.0,,,2.0,,,estimate,same-lambda
        """;
    String json =
        """
        {"format": "ridgeline-forecast/1", "targets": {"y": {"verdict": {"sentence": "a < b & c"}}}}
        """;
    RunFiles files =
        TinyRun.files(TinyRun.report(2), 60)
            .withForecast(
                csv.getBytes(StandardCharsets.UTF_8), json.getBytes(StandardCharsets.UTF_8));
    Opened opened = open(ReportHtml.of(files, ""));
    assertEquals(List.of(), opened.console);
    assertEquals(List.of(), opened.requests);
    String part = withoutScripts(opened.dom).split("data-plot=\"forecast\"", -1)[1];
    assertTrue(part.contains("Same λ") && part.contains("Floor of these features"), part);
    assertTrue(part.contains("upper bound") || opened.dom.contains("The line is an upper bound"));
    assertTrue(opened.dom.contains("sample-wise double descent"));
    assertTrue(opened.dom.contains("<p class=\"verdict\">a &lt; b &amp; c</p>"));
    assertEquals(
        2,
        opened.dom.split("<p class=\"verdict\">", -1).length - 1,
        "that of the target, and this");
    assertTrue(opened.dom.contains("<summary>Formula, assumption and caveat</summary>"));
    assertFalse(part.contains("NaN"), "a NaN in the forecast");
  }

  @Test
  void drawsAnExperimentBesideItsTheory() throws Exception {
    Opened opened = open(ExperimentTest.page());
    assertEquals(List.of(), opened.console);
    assertEquals(List.of(), opened.requests);
    String part = withoutScripts(opened.dom).split("data-plot=\"experiment\"", -1)[1];
    for (String word : List.of("λ = 0, theory", "λ = 2, foretold", "40 rows", "MSE on new rows")) {
      assertTrue(part.contains(word), () -> word + " is not in " + part);
    }
    assertTrue(part.split("<path", -1).length > 10, part);
    assertFalse(part.contains("NaN"), "a NaN in the experiment");
  }

  @Test
  void hostileColumnNameStaysText() throws Exception {
    String dom = open(TinyRun.report(2, "</script><img src=x onerror=alert(1)>"));
    assertFalse(withoutScripts(dom).contains("<img"));
    assertTrue(dom.contains("&lt;/script&gt;&lt;img src=x"));
  }

  @Test
  void errorsAndRequestsWouldBeSeen() throws Exception {
    String page =
        "<!DOCTYPE html><img src='http://elsewhere.invalid/a.png'><script>missing();</script>";
    Opened opened = open(page.getBytes(StandardCharsets.UTF_8));
    assertEquals(
        List.of("http://elsewhere.invalid/a.png"), opened.requests.stream().distinct().toList());
    assertTrue(opened.console.toString().contains("missing is not defined"));
  }

  private static String withoutScripts(String page) {
    return page.replaceAll("(?s)<script>.*?</script>", "");
  }

  private void assertDrawn(RunReport run, List<String> plots) throws Exception {
    String dom = withoutScripts(open(run));
    List<String> places = CHART.matcher(dom).results().map(found -> found.group(1)).toList();
    assertEquals(plots, places);
    for (String part : dom.split("data-plot=", -1)) {
      Matcher name = Pattern.compile("^\"([a-zA-Z]+)\"").matcher(part);
      if (name.find()) {
        int paths = part.split("<path", -1).length - 1;
        assertTrue(part.contains("<svg"), name.group(1) + " has no picture");
        assertTrue(paths >= 10, () -> name.group(1) + " has only " + paths + " paths");
        assertFalse(part.contains("NaN"), name.group(1) + " has a NaN");
      }
    }
  }

  /** Returns the document after its scripts ran; fails on a console message or a request. */
  private String open(RunReport run) throws IOException, InterruptedException {
    Opened opened = open(TinyRun.page(run));
    assertEquals(List.of(), opened.console);
    assertEquals(List.of(), opened.requests);
    return opened.dom;
  }

  /** What the browser made of a page. */
  private record Opened(String dom, List<String> console, List<String> requests) {}

  private Opened open(byte[] html) throws IOException, InterruptedException {
    Path page = Files.write(directory.resolve("report.html"), html);
    // not in the temporary directory: the browser's last writes would race with its removal
    Path profile = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "browser");
    Path net = directory.resolve("net.json");
    Path dom = directory.resolve("dom.html");
    Path log = directory.resolve("log.txt");
    Process browser =
        new ProcessBuilder(
                chromium().orElseThrow().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--user-data-dir=" + profile.toAbsolutePath(),
                "--enable-logging=stderr",
                "--log-net-log=" + net,
                "--window-size=1300,2000",
                "--dump-dom",
                page.toUri().toString())
            .redirectOutput(dom.toFile())
            .redirectError(log.toFile())
            .start();
    try {
      assertTrue(browser.waitFor(120, TimeUnit.SECONDS), "Chromium did not come to an end");
    } finally {
      browser.destroyForcibly();
    }
    List<String> console =
        Files.readString(log, StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.contains("CONSOLE"))
            .toList();
    List<String> requests =
        REQUEST
            .matcher(Files.readString(net, StandardCharsets.UTF_8))
            .results()
            .map(found -> found.group(1))
            .toList();
    return new Opened(Files.readString(dom, StandardCharsets.UTF_8), console, requests);
  }
}

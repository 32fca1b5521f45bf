package org.ridgeline.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page as text; {@link ReportPageTest} opens it. */
class ReportHtmlTest {
  private static final String EVIL = "</script><img src=x onerror=alert(1)>\u2028&";

  private static String page(RunReport run) {
    return new String(TinyRun.page(run), StandardCharsets.UTF_8);
  }

  private static String between(String text, String from, String to) {
    int start = text.indexOf(from) + from.length();
    return text.substring(start, text.indexOf(to, start));
  }

  private static String withoutScripts(String page) {
    return page.replaceAll("(?s)<script>.*?</script>", "");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void firstScreenTellsTheResult() {
    String head = between(page(TinyRun.report(2)), "<main>", "<figure>");
    for (String part :
        List.of(
            "Ridge regression of y",
            "tiny.csv",
            "8, 2 left out",
            "the model explains 97.0 % of the variance of y",
            "its typical error is 1.003, against 5.753 when always predicting the mean",
            "MSE 1.005 ± 0.5859 standard error, 2 folds",
            "smallest cross-validated error",
            "A warning")) {
      assertTrue(head.contains(part), () -> part + " is not in " + head);
    }
  }

  @Test
  void withoutFoldsItSaysThatNothingWasHeldOut() {
    String page = page(TinyRun.report(1));
    assertTrue(page.contains("Its error on new rows was not measured: tune does that."));
    assertFalse(page.contains("data-plot=\"folds\""));
    assertTrue(page.contains("data-plot=\"selection\""));
  }

  @Test
  void sameFilesGiveTheSameBytes() {
    assertArrayEquals(TinyRun.page(TinyRun.report(2)), TinyRun.page(TinyRun.report(2)));
  }

  @Test
  void namesFromTheDataAreTextAndNothingElse() throws IOException {
    String page = page(TinyRun.report(2, EVIL));
    assertFalse(withoutScripts(page).contains("<img"));
    assertTrue(page.contains("&lt;/script&gt;&lt;img src"));
    String json = between(page, "<script type=\"application/json\" id=\"data\">", "</script>");
    assertFalse(json.contains("<") || json.contains("\u2028"));
    JsonNode data = new ObjectMapper().readTree(json);
    assertEquals(EVIL, data.at("/0/coefficientPath/feature/0").asText());
    assertEquals(EVIL, data.at("/0/intervals/feature/0").asText());
  }

  @Test
  void pageLoadsNothingAndAllowsItselfNothing() {
    String page = page(TinyRun.report(2));
    String own = withoutScripts(page);
    assertFalse(own.matches("(?s).*\\s(src|srcset|action)=.*"));
    assertFalse(own.matches("(?s).*href=\"(?!data:,).*"));
    assertFalse(own.contains("http://") || own.contains("https://") || own.contains("url("));
    assertTrue(own.contains("default-src 'none'; script-src 'sha256-"));
  }

  @Test
  void nextCommandIsEscapedText() {
    String page = new String(TinyRun.page(TinyRun.report(2)), StandardCharsets.UTF_8);
    assertTrue(page.contains("ridge &amp; next"));
  }

  @Test
  void columnsThatAreNotThereAreLeftOut() {
    RunFiles files =
        RunFiles.read(
            utf8("{\"data\":{\"n\":3,\"d\":1},\"targets\":{\"y\":{\"lambda\":{\"sum\":2}}}}"),
            utf8("target,lambda,df,selected\ny,0,1,false\ny,2,,true\n"),
            utf8("target,feature,coefficient\ny,x,0.5\n"));
    String page = new String(ReportHtml.of(files, ""), StandardCharsets.UTF_8);
    assertTrue(page.contains("The given λ") || page.contains("All 2 values of λ"));
    assertFalse(page.contains("CV MSE"));
  }

  @Test
  void filesOfSomethingElseAreRefusedInASentence() {
    byte[] json = ReportJson.of(TinyRun.report(2));
    byte[] path = PathCsv.of(TinyRun.report(2));
    byte[] coefficients = CoefficientsCsv.of(TinyRun.report(2));
    assertRefused(
        "Cannot make a report: report.json has no data or no targets, so it is not of a fit or tune",
        utf8("{}"),
        path,
        coefficients);
    assertRefused(
        "Cannot make a report: path.csv has no column 'lambda'",
        json,
        coefficients,
        utf8("a\n1\n"));
    assertRefused("Cannot read path.csv: it is empty", json, utf8(""), coefficients);
    assertRefused(
        "Cannot read path.csv: row 1 has 1 fields instead of 2", json, utf8("a,b\n1\n"), path);
    assertTrue(
        assertThrows(
                IllegalArgumentException.class,
                () -> RunFiles.read(utf8("{\"data\":"), path, coefficients))
            .getMessage()
            .startsWith("Cannot make a report: report.json is not JSON: "));
  }

  private static void assertRefused(
      String sentence, byte[] json, byte[] path, byte[] coefficients) {
    assertEquals(
        sentence,
        assertThrows(IllegalArgumentException.class, () -> RunFiles.read(json, path, coefficients))
            .getMessage());
  }

  @Test
  void csvReadsBackWhatItWrote() {
    byte[] bytes =
        new CsvText()
            .texts(List.of("a", "say \"b\""))
            .end()
            .texts(List.of(" x,1\n2", "\"\""))
            .end()
            .number(0.1)
            .empty(1)
            .end()
            .bytes();
    CsvTable table = CsvTable.read("t", bytes);
    assertEquals(List.of("a", "say \"b\""), table.header());
    assertEquals(" x,1\n2", table.text(0, "a"));
    assertEquals("\"\"", table.text(0, "say \"b\""));
    assertEquals(0.1, table.number(1, "a"), 0.0);
    assertTrue(Double.isNaN(table.number(1, "say \"b\"")));
    assertEquals("", table.text(0, "none"));
  }
}

package org.ridgeline.report;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/**
 * One HTML file with its style and its scripts inside. The page forbids itself every request and
 * every script but its own two; names and values from the data reach it as escaped text and as JSON
 * without {@code <}.
 */
final class HtmlPage {
  private static final String VERSIONS = "/org/ridgeline/version.properties";
  private static final String ECHARTS = "/META-INF/resources/webjars/echarts/";

  private HtmlPage() {}

  /**
   * Returns the file.
   *
   * @param template the name of its template
   * @param view what the template reads
   * @param data what {@code report.js} draws
   */
  static byte[] of(String template, Map<String, Object> view, Object data) {
    String echarts = text(ECHARTS + echartsVersion() + "/echarts.min.js");
    String script = text("report.js");
    Map<String, Object> page = new LinkedHashMap<>(view);
    page.put("style", text("report.css"));
    page.put("echarts", echarts);
    page.put("script", script);
    page.put("hashes", "'" + hash(echarts) + "' '" + hash(script) + "'");
    page.put("data", scriptSafe(JsonText.compact(data)));
    return Mustache.compiler()
        .escapeHTML(true)
        .defaultValue("")
        .emptyStringIsFalse(true)
        .withLoader(name -> new StringReader(text(name + ".mustache")))
        .compile(text(template + ".mustache"))
        .execute(page)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** JSON that no HTML or script parser can mistake for anything else. */
  private static String scriptSafe(byte[] json) {
    return new String(json, StandardCharsets.UTF_8)
        .strip()
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }

  private static String echartsVersion() {
    Properties versions = new Properties();
    try (InputStream in = open(VERSIONS)) {
      versions.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + VERSIONS + " of the program itself", e);
    }
    return versions.getProperty("echarts", "");
  }

  private static String text(String resource) {
    try (InputStream in = open(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + resource + " of the program itself", e);
    }
  }

  private static InputStream open(String resource) {
    InputStream in = HtmlPage.class.getResourceAsStream(resource);
    if (in == null) {
      throw new IllegalStateException("The program is not complete: it has no " + resource);
    }
    return in;
  }

  private static String hash(String script) {
    try {
      byte[] bytes = script.getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}

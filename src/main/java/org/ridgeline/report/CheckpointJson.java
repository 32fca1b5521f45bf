package org.ridgeline.report;

import java.util.LinkedHashMap;
import java.util.Map;

/** {@code checkpoint.json}: what the moments and the sample beside it were made of, by key. */
public final class CheckpointJson {
  private static final String FORMAT = "ridgeline-checkpoint/1";

  private CheckpointJson() {}

  /**
   * Returns the file.
   *
   * @param schema of the input, as Spark writes it
   * @param sample the SHA-256 of the file with the sample of the rows
   * @param fingerprint everything that the moments depend on, as texts
   */
  public static byte[] of(String schema, String sample, Map<String, String> fingerprint) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("format", FORMAT);
    root.put("schema", schema);
    root.put("sample", sample);
    root.put("fingerprint", fingerprint);
    return JsonText.pretty(root);
  }

  /**
   * The content of a file.
   *
   * @param schema of the input
   * @param sample the SHA-256 of the file with the sample of the rows
   * @param fingerprint everything that the moments depend on
   */
  public record Content(String schema, String sample, Map<String, String> fingerprint) {}

  /**
   * Reads a file back.
   *
   * @throws IllegalArgumentException with one sentence, when it is not such a file
   */
  public static Content read(byte[] json) {
    CheckedJson root = CheckedJson.parse(json, "checkpoint", FORMAT);
    CheckedJson pairs = root.at("fingerprint");
    pairs.requireObject();
    Map<String, String> fingerprint = new LinkedHashMap<>();
    pairs.node().fieldNames().forEachRemaining(key -> fingerprint.put(key, pairs.at(key).text()));
    return new Content(root.at("schema").text(), root.at("sample").text(), fingerprint);
  }
}

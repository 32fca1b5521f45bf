package org.ridgeline.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code checkpoint.json}, written and read back. */
class CheckpointJsonTest {
  private static byte[] file() {
    Map<String, String> fingerprint = new LinkedHashMap<>();
    fingerprint.put("version", "1.2");
    fingerprint.put("--where", "a = \"\u00e9\"\n and b");
    return CheckpointJson.of("{\"type\":\"struct\"}", "0123", fingerprint);
  }

  @Test
  void everythingIsReadBackInOrder() {
    CheckpointJson.Content content = CheckpointJson.read(file());
    assertEquals("{\"type\":\"struct\"}", content.schema());
    assertEquals("0123", content.sample());
    assertEquals(List.of("version", "--where"), List.copyOf(content.fingerprint().keySet()));
    assertEquals("a = \"\u00e9\"\n and b", content.fingerprint().get("--where"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "checkpoint/1|checkpoint/2|its format is 'ridgeline-checkpoint/2', this version reads"
            + " 'ridgeline-checkpoint/1'",
        "\"0123\"|null|'sample' is not text",
        "\"1.2\"|1.2|'version' is not text",
        "\"fingerprint\"|\"other\"|'fingerprint' is not an object",
        "\"sample\"|\"schema\"|it is not JSON: Duplicate field 'schema'"
      })
  void otherFilesAreRefused(String sound, String broken, String reason) {
    byte[] json = new String(file(), UTF_8).replace(sound, broken).getBytes(UTF_8);
    assertEquals(
        "Cannot use the checkpoint: " + reason,
        assertThrows(IllegalArgumentException.class, () -> CheckpointJson.read(json)).getMessage());
  }
}

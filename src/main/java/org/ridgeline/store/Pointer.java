package org.ridgeline.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Sha256;
import org.ridgeline.report.JsonText;

/**
 * {@code _current.json}: which run counts.
 *
 * @param id of the run; absent while the first one is made
 * @param kind what it is
 * @param previous the run before
 * @param sum the SHA-256 of its manifest
 * @param fence the attempt that took over from one that was silent; by this change the latter's
 *     commit is refused, should it come to life again
 */
record Pointer(
    Optional<String> id,
    Optional<Manifest.Kind> kind,
    Optional<String> previous,
    Optional<String> sum,
    Optional<String> fence) {
  private static final String FORMAT = "ridgeline-current/1";

  /** What there is before the first run. */
  static final Pointer NONE =
      new Pointer(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /** This pointer, on a new run. */
  Pointer to(Manifest manifest) {
    return new Pointer(
        Optional.of(manifest.id()),
        Optional.of(manifest.kind()),
        id,
        Optional.of(Sha256.of(manifest.toJson())),
        Optional.empty());
  }

  /** This pointer, changed so that no one commits who has not seen this. */
  Pointer fencedBy(String attempt) {
    return new Pointer(id, kind, previous, sum, Optional.of(attempt));
  }

  byte[] toJson() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("format", FORMAT);
    map.put("id", id);
    map.put("kind", kind.map(kind -> kind.name().toLowerCase(Locale.ROOT)));
    map.put("previous", previous);
    map.put("manifest", sum);
    map.put("fence", fence);
    return JsonText.pretty(map);
  }

  static Pointer parse(byte[] json, String where) {
    try {
      JsonNode root = new JsonMapper().readTree(json);
      if (root.path("format").asText("").equals(FORMAT)) {
        return new Pointer(
            text(root, "id"),
            text(root, "kind").map(word -> Manifest.Kind.valueOf(word.toUpperCase(Locale.ROOT))),
            text(root, "previous"),
            text(root, "manifest"),
            text(root, "fence"));
      }
    } catch (IOException | IllegalArgumentException e) {
      throw changed(where);
    }
    throw changed(where);
  }

  private static DataException changed(String where) {
    return new DataException("Cannot use " + where + ": it is not the file that was written");
  }

  /** The ids are names of folders, and of no other place. */
  private static Optional<String> text(JsonNode root, String key) {
    JsonNode node = root.path(key);
    if (!node.isTextual()) {
      return Optional.empty();
    }
    if (!node.asText().matches("[A-Za-z0-9-]+")) {
      throw new IllegalArgumentException(key);
    }
    return Optional.of(node.asText());
  }
}

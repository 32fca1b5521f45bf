package org.ridgeline.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.ridgeline.base.DataException;
import org.ridgeline.report.JsonText;

/**
 * The content of {@code status.json}.
 *
 * @param state how far the run has come
 * @param exitCode of the process; absent while it runs
 * @param error one sentence, when the run did not succeed or missed its quality gate
 * @param startedAt ISO 8601, UTC; absent for complete predictions
 * @param finishedAt ISO 8601, UTC; absent while it runs
 */
public record RunStatus(
    State state,
    OptionalInt exitCode,
    Optional<String> error,
    Optional<String> startedAt,
    Optional<String> finishedAt) {

  /** The exit code of {@code status} while a run is going on. */
  public static final int RUNNING_CODE = 10;

  /** How long a run may be silent: pauses and clocks that differ are shorter. */
  static final Duration SILENCE = Duration.ofMinutes(1);

  /** How far a run has come. */
  public enum State {
    /** Still at work, or killed within the last minute without a chance to say so. */
    RUNNING,
    /** Committed. */
    SUCCEEDED,
    /** Ended with an error; nothing was committed. */
    FAILED,
    /** Ended by a signal, or silent for a minute; nothing was committed. */
    INTERRUPTED;

    /** The name used in files and output. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A run that starts now. */
  static RunStatus started(Instant now) {
    return new RunStatus(
        State.RUNNING,
        OptionalInt.empty(),
        Optional.empty(),
        Optional.of(text(now)),
        Optional.empty());
  }

  /** Output that was complete at this time. */
  static RunStatus committed(Instant time) {
    return new RunStatus(
        State.SUCCEEDED,
        OptionalInt.of(0),
        Optional.empty(),
        Optional.empty(),
        Optional.of(text(time)));
  }

  /** This run, ended now. */
  RunStatus ended(State how, int code, Optional<String> why, Instant now) {
    return new RunStatus(how, OptionalInt.of(code), why, startedAt, Optional.of(text(now)));
  }

  /**
   * This status of a run that is not committed, as it is seen from outside.
   *
   * @param lastSign when the run last gave a sign of life
   */
  RunStatus seen(Instant lastSign, Instant now) {
    boolean silent = lastSign.plus(SILENCE).isBefore(now);
    return state == State.RUNNING && silent ? killedSince(lastSign) : this;
  }

  /** This run, which did not say that it has ended. */
  RunStatus killedSince(Instant lastSign) {
    return new RunStatus(
        State.INTERRUPTED,
        OptionalInt.of(EndingSignal.TERMINATED),
        Optional.of("There is no sign of life since " + text(lastSign) + ": the run was killed"),
        startedAt,
        Optional.empty());
  }

  private static String text(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  /** The code that {@code status} exits with: the run's own, or 10 while it runs. */
  public int statusCode() {
    return exitCode.orElse(RUNNING_CODE);
  }

  /** The keys and values of the file, in order. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("state", state.label());
    map.put("exitCode", exitCode);
    map.put("error", error);
    map.put("startedAt", startedAt);
    map.put("finishedAt", finishedAt);
    return map;
  }

  /** The file. */
  byte[] toJson() {
    return JsonText.pretty(toMap());
  }

  /**
   * Reads a file back. An empty one is being written just now, by a run that is going on.
   *
   * @throws DataException when it is not a status file
   */
  static RunStatus parse(byte[] json, String where) {
    if (json.length == 0) {
      return started(Instant.EPOCH);
    }
    try {
      JsonNode root = new JsonMapper().readTree(json);
      JsonNode code = root.path("exitCode");
      return new RunStatus(
          State.valueOf(root.path("state").asText("").toUpperCase(Locale.ROOT)),
          code.isInt() ? OptionalInt.of(code.asInt()) : OptionalInt.empty(),
          optional(root.path("error")),
          optional(root.path("startedAt")),
          optional(root.path("finishedAt")));
    } catch (IOException | IllegalArgumentException e) {
      throw new DataException("Cannot read " + where + ": it is not the status of a run", e);
    }
  }

  private static Optional<String> optional(JsonNode node) {
    return node.isTextual() ? Optional.of(node.asText()) : Optional.empty();
  }
}

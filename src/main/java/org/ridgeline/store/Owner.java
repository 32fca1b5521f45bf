package org.ridgeline.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ridgeline.report.JsonText;

/**
 * Who works on a run.
 *
 * @param id unique to this attempt, and the name of its files
 * @param host its name
 * @param pid of the process; 0 when it is not known
 * @param machine distinguishes machines, their boots and their containers; process ids can be
 *     looked up only where it is the same
 * @param startedAt when the run started, ISO 8601
 * @param processStartedAt when the process started; a process id may be used again
 * @param life whether it is at work
 * @param beat the last sign of life where it is written into the file
 */
record Owner(
    String id,
    String host,
    long pid,
    String machine,
    String startedAt,
    String processStartedAt,
    Life life,
    String beat) {

  /** Whether a run is at work. */
  enum Life {
    AT_WORK,
    ENDED
  }

  private static final DateTimeFormatter ID =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final SecureRandom RANDOM = new SecureRandom();

  /** A new attempt of this process. */
  static Owner ofThisProcess(Instant now) {
    String time = now.truncatedTo(ChronoUnit.MILLIS).toString();
    return new Owner(
        ID.format(now) + "-" + String.format(Locale.ROOT, "%016x", RANDOM.nextLong()),
        hostName(),
        ProcessHandle.current().pid(),
        thisMachine(),
        time,
        startOf(ProcessHandle.current()),
        Life.AT_WORK,
        time);
  }

  /** An attempt of which only the name is known, as its record is not whole. */
  private static Owner unknown(String id) {
    return new Owner(id, "unknown", 0, "", "unknown", "", Life.AT_WORK, "");
  }

  /** This attempt, over. */
  Owner ended() {
    return new Owner(id, host, pid, machine, startedAt, processStartedAt, Life.ENDED, beat);
  }

  /** This attempt, alive at this time. */
  Owner at(Instant now) {
    return new Owner(id, host, pid, machine, startedAt, processStartedAt, life, now.toString());
  }

  /** Whether the attempt is over, or its process is known not to exist any more. */
  boolean isGone() {
    return life == Life.ENDED || isKilled();
  }

  /** Whether the process was of this machine and does not exist any more. */
  boolean isKilled() {
    if (pid == 0 || machine.isEmpty() || !machine.equals(thisMachine())) {
      return false;
    }
    Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    return process.isEmpty() || !startOf(process.get()).equals(processStartedAt);
  }

  /** For messages. */
  String sentence(Instant lastSign) {
    return "process "
        + pid
        + " on "
        + host
        + ", started at "
        + startedAt
        + ", last sign of life at "
        + lastSign.truncatedTo(ChronoUnit.MILLIS);
  }

  byte[] toJson() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", id);
    map.put("host", host);
    map.put("pid", pid);
    map.put("machine", machine);
    map.put("startedAt", startedAt);
    map.put("processStartedAt", processStartedAt);
    map.put("life", life.name().toLowerCase(Locale.ROOT));
    map.put("beat", beat);
    return JsonText.pretty(map);
  }

  /**
   * Reads a record back; one that was cut off is of an attempt that will be silent.
   *
   * @param id its name
   */
  static Owner parse(byte[] json, String id) {
    try {
      JsonNode root = new JsonMapper().readTree(json);
      return new Owner(
          root.path("id").asText(id),
          root.path("host").asText("unknown"),
          root.path("pid").asLong(0),
          root.path("machine").asText(""),
          root.path("startedAt").asText("unknown"),
          root.path("processStartedAt").asText(""),
          Life.valueOf(root.path("life").asText("at_work").toUpperCase(Locale.ROOT)),
          root.path("beat").asText(""));
    } catch (IOException | IllegalArgumentException e) {
      return unknown(id);
    }
  }

  private static String startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("");
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return Optional.ofNullable(System.getenv("HOSTNAME")).orElse("unknown");
    }
  }

  /** The host, its boot and the name space of its process ids; empty where that cannot be known. */
  private static String thisMachine() {
    try {
      return hostName()
          + " "
          + Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip()
          + " "
          + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
    } catch (IOException e) {
      return "";
    }
  }
}

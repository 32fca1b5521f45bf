package org.ridgeline.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ridgeline.base.DataException;
import org.ridgeline.base.RunOutputException;

class RunDirectoryTest {
  @TempDir Path parent;
  private final Configuration configuration = HadoopFiles.configuration(Map.of());
  private Path run;
  private Path sibling;

  @BeforeEach
  void name() {
    run = parent.resolve("run");
    sibling = parent.resolve(".run.ridgeline-run");
  }

  private RunDirectory open(RunIfExists ifExists) {
    return open(ifExists, "2026-01-02T03:04:05.678901Z");
  }

  private RunDirectory open(RunIfExists ifExists, String time) {
    Clock clock = Clock.fixed(Instant.parse(time), ZoneOffset.UTC);
    return RunDirectory.open(run.toString(), ifExists, configuration, clock);
  }

  /** Where the files of the attempt in the sibling are. */
  private Path work() throws IOException {
    try (Stream<Path> entries = Files.list(sibling)) {
      return entries.filter(Files::isDirectory).findFirst().orElseThrow().resolve("run");
    }
  }

  private RunStatus status() {
    return RunStore.status(run.toString(), configuration);
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void statusIsThereFromTheFirstSecond() throws IOException {
    RunDirectory opened = open(RunIfExists.FAIL);
    assertEquals(
        """
        {
          "state": "running",
          "exitCode": null,
          "error": null,
          "startedAt": "2026-01-02T03:04:05.678Z",
          "finishedAt": null
        }
        """,
        Files.readString(sibling.resolve("status.json")));
    assertEquals(10, status().statusCode());
    opened.fail(3, "because");
  }

  @Test
  void commitRenamesAndSuccessIsLast() throws IOException {
    RunDirectory opened = open(RunIfExists.FAIL);
    opened.write("a.csv", "1\n".getBytes(UTF_8));
    opened.commit(0, Optional.empty());
    assertEquals(List.of("_SUCCESS", "_manifest.json", "a.csv", "status.json"), names(run));
    assertEquals(List.of("run"), names(parent));
    assertEquals(RunStatus.State.SUCCEEDED, status().state());
    assertEquals(0, status().statusCode());
  }

  @Test
  void aNameMayHaveAColon() throws IOException {
    run = parent.resolve("2026-11-28T07:00");
    open(RunIfExists.FAIL).commit(0, Optional.empty());
    RunDirectory second = open(RunIfExists.OVERWRITE);
    second.write("new.csv", new byte[0]);
    second.commit(0, Optional.empty());
    assertEquals(List.of("_SUCCESS", "_manifest.json", "new.csv", "status.json"), names(run));
    assertEquals(List.of("2026-11-28T07:00"), names(parent));
    assertEquals(RunStatus.State.SUCCEEDED, status().state());
  }

  @Test
  void gateIsRemarkedOnASucceededRun() {
    open(RunIfExists.FAIL).commit(7, Optional.of("missed"));
    assertEquals(7, status().statusCode());
    assertEquals(Optional.of("missed"), status().error());
    assertEquals(RunStatus.State.SUCCEEDED, status().state());
  }

  @Test
  void failedRunStaysBeside() throws IOException {
    RunDirectory opened = open(RunIfExists.FAIL);
    opened.write("half.csv", new byte[0]);
    opened.fail(3, "the reason");
    assertFalse(Files.exists(run));
    assertEquals(List.of("half.csv"), names(work()));
    assertEquals(RunStatus.State.FAILED, status().state());
    assertEquals(Optional.of("the reason"), status().error());
    assertEquals(3, status().statusCode());
    assertThrows(IllegalStateException.class, () -> opened.commit(0, Optional.empty()));
    open(RunIfExists.FAIL).commit(0, Optional.empty()); // the next attempt clears it away
    assertEquals(List.of("_SUCCESS", "_manifest.json", "status.json"), names(run));
  }

  @Test
  void overwriteReplacesOnlyWhenComplete() throws IOException {
    RunDirectory first = open(RunIfExists.FAIL);
    first.write("old.csv", new byte[0]);
    first.commit(0, Optional.empty());
    RunDirectory failing = open(RunIfExists.OVERWRITE);
    failing.fail(1, "no");
    assertTrue(Files.exists(run.resolve("old.csv")));
    RunDirectory second = open(RunIfExists.OVERWRITE);
    second.write("new.csv", new byte[0]);
    assertTrue(Files.exists(run.resolve("old.csv")));
    second.commit(0, Optional.empty());
    assertEquals(List.of("_SUCCESS", "_manifest.json", "new.csv", "status.json"), names(run));
    assertEquals(List.of("run"), names(parent));
  }

  @Test
  void existingOutputIsRefused() throws IOException {
    Files.createDirectory(run);
    assertEquals(
        "The output " + run + " exists already; choose another out or if-exists overwrite",
        assertThrows(RunOutputException.class, () -> open(RunIfExists.FAIL)).getMessage());
    open(RunIfExists.OVERWRITE).commit(0, Optional.empty()); // it was empty
    for (String file : names(run)) {
      Files.delete(run.resolve(file));
    }
    Files.writeString(run.resolve("thesis.txt"), "mine");
    assertEquals(
        "The output "
            + run
            + " exists and is not a finished run: it is not overwritten; choose another out or"
            + " remove it yourself",
        assertThrows(RunOutputException.class, () -> open(RunIfExists.OVERWRITE)).getMessage());
  }

  @Test
  void outputThatAppearsMeanwhileIsNotReplaced() throws IOException {
    RunDirectory opened = open(RunIfExists.FAIL);
    Files.createDirectory(run);
    assertThrows(RunOutputException.class, () -> opened.commit(0, Optional.empty()));
    opened.fail(4, "it was there");
    assertEquals(4, status().statusCode());
    assertEquals(List.of(), names(run));
  }

  @Test
  void anotherRunIsRefusedWhileOneIsAtWork() {
    RunDirectory first = open(RunIfExists.FAIL);
    String refusal =
        assertThrows(RunOutputException.class, () -> open(RunIfExists.OVERWRITE)).getMessage();
    assertTrue(
        refusal.matches(
            "Another run is writing to \\S+ \\(process "
                + ProcessHandle.current().pid()
                + " on \\S+, started at 2026-01-02T03:04:05.678Z, last sign of life at \\S+\\);"
                + " wait for its end or choose another out"),
        refusal);
    first.commit(0, Optional.empty());
  }

  @Test
  void runThatWasTakenOverCannotCommit() throws IOException {
    RunDirectory first = open(RunIfExists.FAIL);
    first.write("first.csv", new byte[0]);
    RunDirectory second = openLater(RunIfExists.FAIL);
    second.write("second.csv", new byte[0]);
    first.write("late.csv", new byte[0]);
    assertEquals(
        "Cannot commit " + run + ": another run has taken over its work place",
        assertThrows(RunOutputException.class, () -> first.commit(0, Optional.empty()))
            .getMessage());
    second.commit(0, Optional.empty());
    first.fail(4, "late");
    assertEquals(0, status().statusCode());
    assertEquals(List.of("_SUCCESS", "_manifest.json", "second.csv", "status.json"), names(run));
  }

  /** A run that starts when the one that is there has been silent for a minute. */
  private RunDirectory openLater(RunIfExists ifExists) {
    Clock clock = Clock.fixed(Instant.now().plusSeconds(62), ZoneOffset.UTC);
    return RunDirectory.open(run.toString(), ifExists, configuration, clock);
  }

  @Test
  void tableAloneCanBecomeTheOutput() throws IOException {
    RunDirectory opened = open(RunIfExists.FAIL);
    Path data = Files.createDirectory(Path.of(java.net.URI.create(opened.tablePlace())));
    Files.writeString(data.resolve("part-0.csv"), "1\n");
    Files.writeString(data.resolve("_SUCCESS"), "");
    opened.commitTable();
    assertEquals(List.of("_SUCCESS", "_manifest.json", "part-0.csv"), names(run));
    assertEquals(List.of("run"), names(parent));
    assertEquals(0, status().statusCode());
  }

  @Test
  void onlyRunsOfOursAreOverwritten() throws IOException {
    Files.createDirectory(run);
    Files.writeString(run.resolve("part-0.parquet"), "a table");
    Files.writeString(run.resolve("_SUCCESS"), "");
    assertThrows(RunOutputException.class, () -> open(RunIfExists.OVERWRITE));
    assertEquals(List.of("_SUCCESS", "part-0.parquet"), names(run));
    assertEquals(List.of("run"), names(parent));
    Files.delete(run.resolve("part-0.parquet"));
    Files.delete(run.resolve("_SUCCESS"));
    Files.delete(run);
    committed("mine.csv");
    Files.createDirectory(run.resolve("notes"));
    Files.writeString(run.resolve("notes").resolve("thesis.txt"), "not of the run");
    assertEquals(
        "The output "
            + run
            + " exists and holds notes/thesis.txt, which is not of its run: it is not overwritten;"
            + " choose another out or remove it yourself",
        assertThrows(RunOutputException.class, () -> open(RunIfExists.OVERWRITE)).getMessage());
    assertTrue(Files.exists(run.resolve("notes").resolve("thesis.txt")));
  }

  @Test
  void inputAndOutputMustBeApart() {
    for (String input : List.of(run.toString(), run + "/part.csv", parent.toString())) {
      assertEquals(
          "The output " + run + " overlaps the input " + input + "; choose another out",
          assertThrows(
                  RunOutputException.class,
                  () -> RunOverlap.requireApart(input, run.toString(), configuration))
              .getMessage());
    }
    RunOverlap.requireApart(run + "ning", run.toString(), configuration);
  }

  @Test
  void inputsOfGlobsMustBeApartToo() {
    for (String glob : List.of("/*", "/r?n", "/{run,walk}/x.csv", "/*/*.csv")) {
      assertThrows(
          RunOutputException.class,
          () -> RunOverlap.requireApart(parent + glob, run.toString(), configuration),
          glob);
    }
    RunOverlap.requireApart(parent + "/*.csv", run.toString(), configuration);
  }

  @Test
  void anInputOfExactlyThatNameIsNoGlob() throws IOException {
    Files.createDirectory(parent.resolve("r[u]n"));
    RunOverlap.requireApart(parent + "/r[u]n", run.toString(), configuration);
  }

  @Test
  void silentRunsAreReportedAsKilled() throws IOException {
    RunDirectory opened = open(RunIfExists.FAIL);
    Instant lastSign = Instant.parse("2026-01-02T03:05:00Z");
    Path record = Path.of(work().getParent() + ".json");
    Files.setLastModifiedTime(record, FileTime.from(lastSign));
    assertEquals(10, statusAt(lastSign.plusSeconds(59)).statusCode());
    RunStatus silent = statusAt(lastSign.plusSeconds(61));
    assertEquals(RunStatus.State.INTERRUPTED, silent.state());
    assertEquals(143, silent.statusCode());
    assertEquals(
        Optional.of("There is no sign of life since 2026-01-02T03:05:00Z: the run was killed"),
        silent.error());
    opened.fail(3, "because");
    assertEquals(3, statusAt(lastSign.plusSeconds(600)).statusCode());
  }

  private RunStatus statusAt(Instant now) {
    return RunStore.status(run.toString(), configuration, Clock.fixed(now, ZoneOffset.UTC));
  }

  @Test
  void commitThatWasCutOffBeforeItsRenameIsEnded() throws IOException {
    committed("first.csv");
    RunDirectory second = open(RunIfExists.OVERWRITE);
    second.write("second.csv", new byte[0]);
    complete();
    Files.move(run, parent.resolve(".run.ridgeline-old")); // killed here
    second.forget();
    assertEquals(10, statusAt(Instant.now()).statusCode());
    assertEquals(143, statusAt(Instant.now().plusSeconds(3600)).statusCode());
    assertEquals(0, finishedLater().statusCode());
    assertEquals(List.of("_SUCCESS", "_manifest.json", "second.csv", "status.json"), names(run));
    assertEquals(List.of("run"), names(parent));
  }

  @Test
  void replacementThatWasCutOffIsTakenBack() throws IOException {
    committed("first.csv");
    open(RunIfExists.OVERWRITE).write("half.csv", new byte[0]);
    Files.move(run, parent.resolve(".run.ridgeline-old"));
    openLater(RunIfExists.OVERWRITE).fail(3, "later");
    assertEquals(List.of("_SUCCESS", "_manifest.json", "first.csv", "status.json"), names(run));
  }

  private void committed(String file) {
    RunDirectory opened = open(RunIfExists.FAIL);
    opened.write(file, new byte[0]);
    opened.commit(0, Optional.empty());
  }

  /** Writes what a run writes last. */
  private void complete() throws IOException {
    org.apache.hadoop.fs.Path place = new org.apache.hadoop.fs.Path(work().toString());
    byte[] status =
        RunStatus.started(Instant.EPOCH)
            .ended(RunStatus.State.SUCCEEDED, 0, Optional.empty(), Instant.EPOCH)
            .toJson();
    Files.write(work().resolve("status.json"), status);
    Files.writeString(work().resolve("_SUCCESS"), "");
    try (FileSystem files = HadoopFiles.fileSystem(place, configuration)) {
      String id = work().getParent().getFileName().toString();
      Manifest manifest = Manifest.of(files, place, id, Manifest.Kind.RUN, Map.of());
      Files.write(work().resolve("_manifest.json"), manifest.toJson());
    }
  }

  private RunStatus finishedLater() {
    Clock later = Clock.fixed(Instant.now().plusSeconds(62), ZoneOffset.UTC);
    return RunStore.finished(run.toString(), configuration, later).orElseThrow();
  }

  @Test
  void resumeKeepsTheCheckpointAndNothingElse() throws IOException {
    RunDirectory first = open(RunIfExists.FAIL);
    first.write("moments/moments.bin", new byte[] {1});
    first.write("half.csv", new byte[0]);
    first.write("sample.bin", new byte[0]);
    first.keepCheckpoint("of these".getBytes(UTF_8));
    first.fail(143, "killed");
    RunDirectory second = open(RunIfExists.RESUME, "2026-01-02T03:04:06Z");
    assertEquals(List.of("checkpoint.json", "run", "sample.bin"), names(work().getParent()));
    assertEquals(List.of("moments"), names(work()));
    assertEquals("of these", new String(second.checkpoint().orElseThrow(), UTF_8));
    second.commit(0, Optional.empty());
    assertEquals(List.of("_SUCCESS", "_manifest.json", "moments", "status.json"), names(run));
  }

  @Test
  void withoutResumeNothingIsKept() throws IOException {
    RunDirectory first = open(RunIfExists.FAIL);
    first.write("moments/moments.bin", new byte[] {1});
    assertEquals(Optional.empty(), first.checkpoint());
    first.fail(143, "killed before the checkpoint");
    RunDirectory second = open(RunIfExists.RESUME);
    assertEquals(List.of(), names(work().getParent()));
    second.keepCheckpoint(new byte[0]);
    second.fail(143, "killed after it");
    open(RunIfExists.OVERWRITE).fail(1, "no");
    assertEquals(List.of(), names(work().getParent()));
  }

  @Test
  void whatIsNotARunIsSaidToBeNone() throws IOException {
    assertEquals(
        "There is no run in "
            + run
            + ": neither it nor .run.ridgeline-run beside it has a status.json",
        assertThrows(DataException.class, this::status).getMessage());
    Files.createDirectory(run);
    Files.writeString(run.resolve("status.json"), "hello");
    assertTrue(
        assertThrows(DataException.class, this::status)
            .getMessage()
            .endsWith("status.json: it is not the status of a run"));
    assertThrows(IllegalArgumentException.class, () -> RunStore.status("/", configuration));
  }

  @Test
  void sparksHadoopSettingsCount() {
    assertEquals(
        "v", HadoopFiles.configuration(Map.of("spark.hadoop.fs.x", "v", "fs.y", "w")).get("fs.x"));
  }
}

package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.ridgeline.spark.PassKind;
import org.ridgeline.spark.PassProgress.Snapshot;
import org.ridgeline.spark.PassProgress.State;

class ProgressLineTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
  private final Console console = new Console(stream, stream);

  private static Snapshot at(double seconds, int done, State state) {
    return new Snapshot("moments", PassKind.DATA, 10_000L * done, done, 8, seconds, state);
  }

  private String said() {
    String text = err.toString(StandardCharsets.UTF_8).replace("\r\u001b[K", "<");
    err.reset();
    return text;
  }

  @Test
  void linesComeEveryFewSecondsAndAtTheEnd() {
    ProgressLine line = new ProgressLine(console, ProgressLine.Style.LINES);
    line.accept(at(1, 1, State.RUNNING));
    assertEquals("", said());
    line.accept(at(6, 2, State.RUNNING));
    assertEquals("INFO  moments: 20,000 rows, 3,333 rows/s, 2 of 8 tasks, 18 s left\n", said());
    line.accept(at(9, 3, State.RUNNING));
    assertEquals("", said());
    line.accept(at(20, 8, State.DONE));
    assertEquals("INFO  moments: 80,000 rows, 4,000 rows/s, done in 20 s\n", said());
    line.accept(at(6, 0, State.RUNNING));
    assertEquals("INFO  moments: 0 of 8 tasks\n", said());
    line.accept(at(7, 0, State.FAILED));
    assertEquals("", said());
    Snapshot schema = new Snapshot("schema", PassKind.PRE, 60, 1, 1, 0.1, State.DONE);
    line.accept(schema);
    assertEquals("", said(), "small reads are not worth a line");
  }

  @Test
  void aTerminalsLineIsRewrittenAndMakesRoom() {
    ProgressLine line = new ProgressLine(console, ProgressLine.Style.REWRITTEN);
    line.accept(at(0.4, 1, State.RUNNING));
    assertEquals("", said());
    line.accept(at(1, 1, State.RUNNING));
    assertEquals("<moments: 10,000 rows, 10,000 rows/s, 1 of 8 tasks, 7.0 s left", said());
    console.warn("look");
    assertEquals("<WARN  look\n", said());
    line.accept(at(400, 2, State.RUNNING));
    assertEquals("<moments: 20,000 rows, 50 rows/s, 2 of 8 tasks, 20 min left", said());
    line.accept(at(401, 8, State.DONE));
    assertEquals("<", said());
    line.accept(at(401, 8, State.DONE));
    assertEquals("", said());
  }
}

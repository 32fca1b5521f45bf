package org.ridgeline.store;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The sign of life of a run: the modification time of its {@code status.json} is kept young as long
 * as the process lives, so that a run that was killed without a chance to say so can be told from
 * one that is at work.
 */
final class Heartbeat {
  /** How long a run may be silent: pauses and clocks that differ are shorter. */
  static final Duration SILENCE = Duration.ofMinutes(1);

  private static final Duration BEAT = Duration.ofSeconds(5);

  private final FileSystem files;
  private final Path file;
  private final Clock clock;
  private final Thread thread = new Thread(this::run, "ridgeline-heartbeat");

  private Heartbeat(FileSystem files, Path file, Clock clock) {
    this.files = files;
    this.file = file;
    this.clock = clock;
  }

  /** Starts to beat. */
  static Heartbeat of(FileSystem files, Path file, Clock clock) {
    Heartbeat heartbeat = new Heartbeat(files, file, clock);
    heartbeat.thread.setDaemon(true);
    heartbeat.thread.start();
    return heartbeat;
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(BEAT.toMillis());
        beat();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void beat() {
    try {
      files.setTimes(file, clock.millis(), -1);
    } catch (IOException missed) {
      return; // one is not missed, many say that the run cannot reach its directory
    }
  }

  /** Stops; a beat that is under way may still come. */
  void stop() {
    thread.interrupt();
  }
}

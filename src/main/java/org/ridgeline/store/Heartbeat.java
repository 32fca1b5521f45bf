package org.ridgeline.store;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;

/**
 * The sign of life of a run, given as long as the process lives, so that a run that was killed
 * without a chance to say so is distinguished from one that is at work.
 */
final class Heartbeat {
  private static final Duration BEAT = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Claim claim;
  private final Clock clock;
  private final Thread thread = new Thread(this::run, "ridgeline-heartbeat");
  private volatile boolean stopped; // clients of file systems swallow interrupts

  private Heartbeat(Claim claim, Clock clock) {
    this.claim = claim;
    this.clock = clock;
  }

  /** Starts to beat. */
  static Heartbeat of(Claim claim, Clock clock) {
    Heartbeat heartbeat = new Heartbeat(claim, clock);
    heartbeat.thread.setDaemon(true);
    heartbeat.thread.start();
    return heartbeat;
  }

  private void run() {
    try {
      while (!stopped) {
        Thread.sleep(BEAT.toMillis());
        if (!stopped) {
          beat();
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void beat() {
    try {
      claim.beat(clock.instant());
    } catch (IOException missed) {
      return; // one is not missed, many say that the run cannot reach its directory
    }
  }

  /** Stops; returns whether no beat is under way any more, for which it waits a second. */
  boolean stop() {
    stopped = true;
    thread.interrupt();
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !thread.isAlive();
  }
}

package org.ridgeline.store;

import java.time.Instant;
import org.apache.hadoop.fs.Path;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;
import org.ridgeline.base.RunOutputException;

/**
 * A run that is not committed, as it is seen from outside.
 *
 * @param owner whose it is
 * @param lastSign when it last gave a sign of life
 * @param statusFile where its status is
 */
record Attempt(Owner owner, Instant lastSign, Path statusFile) {
  /** Whether its work place may be taken over. */
  boolean isDead(Instant now) {
    return owner.isGone() || lastSign.plus(RunStatus.SILENCE).isBefore(now);
  }

  /** Its status, as far as it can be known. */
  RunStatus seen(RunStatus written, Instant now) {
    return owner.life() == Owner.Life.AT_WORK && owner.isKilled()
        ? written.killedSince(lastSign)
        : written.seen(lastSign, now);
  }

  /** Says that another run is at work. */
  RunOutputException refusal(String run) {
    return new RunOutputException(
        "Another run is writing to " + run + " (" + owner.sentence(lastSign) + ")",
        Remedy.of("wait for its end or choose another %s", Option.OUT));
  }
}

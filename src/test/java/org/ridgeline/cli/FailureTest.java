package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.ridgeline.base.Check;
import org.ridgeline.base.DataException;
import org.ridgeline.base.DoesNotFitException;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;
import org.ridgeline.base.RunOutputException;
import org.ridgeline.base.SingularException;
import org.ridgeline.base.UsageException;

class FailureTest {
  private static final Remedy REMEDY = Remedy.of("use %s", Option.SOLVER.to("tsqr"));

  private static Failure failure(int code) {
    return new Failure(code, "It failed; use --solver tsqr");
  }

  private static IllegalArgumentException failedCheck() {
    try {
      Check.that(false, "there are %d folds", 1);
    } catch (IllegalArgumentException e) {
      return e;
    }
    throw new AssertionError("The check has passed");
  }

  @Test
  void classOfAnExceptionGivesTheCode() {
    assertEquals(failure(2), Failure.of(new UsageException("it failed", REMEDY)));
    assertEquals(failure(3), Failure.of(new DataException("it failed", REMEDY)));
    assertEquals(failure(4), Failure.of(new RunOutputException("it failed", REMEDY)));
    assertEquals(failure(5), Failure.of(new DoesNotFitException("it failed", REMEDY)));
    assertEquals(failure(6), Failure.of(new SingularException("it failed", REMEDY)));
    assertEquals(new Failure(2, "There are 1 folds"), Failure.of(failedCheck()));
  }

  @Test
  void firstCauseOfOursIsTold() {
    assertEquals(
        failure(6),
        Failure.of(new IllegalStateException(new SingularException("it failed", REMEDY))));
  }

  @Test
  void argumentThatNoneOfOurChecksRefusedIsUnexpected() {
    assertEquals(
        new Failure(1, "Unexpected IllegalArgumentException: no such thing (-v shows where)"),
        Failure.of(new IllegalArgumentException("no such thing")));
  }
}

package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;
import org.ridgeline.base.Words;

class FlagsTest {
  @Test
  void everyOptionOfARemedyIsOneOfTheCommandLine() {
    for (Option option : Option.values()) {
      boolean known = Setting.of(Words.of(option)).isPresent();
      assertTrue(known != option.sparkKey().isPresent(), option.name());
    }
  }

  @Test
  void remedyNamesFlags() {
    assertEquals(
        "use --on-invalid drop, or fewer --folds",
        Flags.of(Remedy.of("use %s, or fewer %s", Option.ON_INVALID.to("drop"), Option.FOLDS)));
  }

  @Test
  void optionsOfSparkAreThoseOfItsLauncher() {
    assertEquals("--driver-memory 3g", Flags.of(Option.DRIVER_MEMORY.to("3g")));
    assertEquals("--executor-memory 3g", Flags.of(Option.EXECUTOR_MEMORY.to("3g")));
    assertEquals("--conf spark.driver.maxResultSize=2g", Flags.of(Option.MAX_RESULT_SIZE.to("2g")));
  }
}

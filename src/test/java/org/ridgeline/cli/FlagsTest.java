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
  void aValueIsQuotedWhereAShellNeedsIt() {
    assertEquals("--option 'nullValue=<0.01'", Flags.of(Option.OPTION.to("nullValue=<0.01")));
    assertEquals(
        "--option 'nullValue=not a number'", Flags.of(Option.OPTION.to("nullValue=not a number")));
    assertEquals("--option 'sep=;'", Flags.of(Option.OPTION.to("sep=;")));
    assertEquals("--option 'sep=\\t'", Flags.of(Option.OPTION.to("sep=\\t")));
    assertEquals("--features '!a'", Flags.of(Option.FEATURES.to("!a")));
    assertEquals("--features 'o'\\''neill'", Flags.of(Option.FEATURES.to("o'neill")));
    assertEquals("--features a,b", Flags.of(Option.FEATURES.to("a,b")));
    assertEquals("--option nullValue=NA", Flags.of(Option.OPTION.to("nullValue=NA")));
  }

  @Test
  void optionsOfSparkAreThoseOfItsLauncher() {
    assertEquals("--driver-memory 3g", Flags.of(Option.DRIVER_MEMORY.to("3g")));
    assertEquals("--executor-memory 3g", Flags.of(Option.EXECUTOR_MEMORY.to("3g")));
    assertEquals("--conf spark.driver.maxResultSize=2g", Flags.of(Option.MAX_RESULT_SIZE.to("2g")));
  }
}

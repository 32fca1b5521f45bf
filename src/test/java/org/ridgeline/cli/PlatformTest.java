package org.ridgeline.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {
  @ParameterizedTest
  @CsvSource({"17, 4.1.0", "21, 4.0.1", "17, 4.1.1-SNAPSHOT", "23, 4.1.0"})
  void runsOnThese(int java, String spark) {
    new Platform(java, spark).check();
  }

  @ParameterizedTest
  @CsvSource({"25, 4.1.0", "24, 4.1.0", "17, 3.5.7", "17, 4.10.0", "17, 4.2.0", "11, 4.1.0"})
  void saysWhatItNeeds(int java, String spark) {
    String told =
        assertThrows(IllegalArgumentException.class, () -> new Platform(java, spark).check())
            .getMessage();
    assertEquals(
        "Cannot run on Java "
            + java
            + " and Spark "
            + spark
            + ": it needs Java 17 to 23 and Spark 4.0 or 4.1; set JAVA_HOME and SPARK_HOME to those",
        told);
  }

  @Test
  void runsOnWhatItIsBuiltFor() {
    assertDoesNotThrow(() -> Platform.ofThisJvm().check());
  }
}

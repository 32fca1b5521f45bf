package org.ridgeline.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Remedies are values until somebody words them; exceptions carry them wherever they go. */
class RemedyTest {
  private static final Remedy REMEDY =
      Remedy.of("use %s or at most %d of %s", Option.ON_INVALID.to("drop"), 3, Option.FOLDS);

  private static <T extends RuntimeException & Explained> void assertTells(T exception) {
    assertEquals(
        "It failed; use on-invalid drop or at most 3 of folds",
        exception.getMessage(),
        exception.toString());
    assertEquals("It failed", exception.explanation().sentence());
    assertEquals(Optional.of(REMEDY), exception.explanation().remedy());
  }

  @SuppressWarnings("unchecked")
  private static <T> T copied(T value) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (T) in.readObject();
    }
  }

  @Test
  void optionsAreWordedByWhoeverTellsThem() {
    assertEquals(
        "use <ON_INVALID=drop> or at most 3 of <FOLDS=>",
        REMEDY.worded(use -> "<" + use.option() + "=" + use.value().orElse("") + ">"));
    assertEquals("use on-invalid drop or at most 3 of folds", REMEDY.toString());
    assertEquals("spark.driver.memory 3g", Option.DRIVER_MEMORY.to("3g").toString());
  }

  @Test
  void remediesAreContinuedAndListed() {
    Remedy longer = Remedy.of("use %s", Option.SEED).plus(", or %s", Option.FOLD_COL);
    assertEquals("use seed, or fold-col", longer.toString());
    assertEquals(
        "use seed, or fold-col; no width fits",
        Remedy.all(List.of(longer, Remedy.of("no %s fits", Option.WIDTH))).toString());
    assertEquals(
        "no width fits", Remedy.all(List.of(Remedy.of("no %s fits", Option.WIDTH))).toString());
  }

  @Test
  void equalPatternsOfEqualValuesAreEqual() {
    Remedy same =
        Remedy.of("use %s or at most %d of %s", Option.ON_INVALID.to("drop"), 3, Option.FOLDS);
    assertEquals(REMEDY, same);
    assertEquals(REMEDY.hashCode(), same.hashCode());
    assertNotEquals(
        REMEDY,
        Remedy.of("use %s or at most %d of %s", Option.ON_INVALID.to("zero"), 3, Option.FOLDS));
  }

  @Test
  void messageIsTheSentenceAndThePlainRemedy() {
    assertTells(new DataException("It failed", REMEDY));
    assertTells(new DoesNotFitException("It failed", REMEDY));
    assertTells(new RunOutputException("It failed", REMEDY));
    assertTells(new SingularException("It failed", REMEDY));
    assertTells(new UsageException("It failed", REMEDY));
    assertEquals("It failed", new DataException("It failed").getMessage());
  }

  @Test
  void exceptionsCrossSerialization() throws IOException, ClassNotFoundException {
    assertTells(copied(new DataException("It failed", REMEDY)));
    assertTells(copied(new DoesNotFitException("It failed", REMEDY)));
    assertTells(copied(new RunOutputException("It failed", REMEDY)));
    assertTells(copied(new SingularException("It failed", REMEDY)));
    assertTells(copied(new UsageException("It failed", REMEDY)));
  }

  @Test
  void wordedExceptionIsOfTheSameClassAndCausedByTheFirst() {
    SingularException first = new SingularException("It failed", REMEDY);
    RuntimeException worded = first.worded(use -> use.option().name());
    assertEquals(SingularException.class, worded.getClass());
    assertEquals("It failed; use ON_INVALID or at most 3 of FOLDS", worded.getMessage());
    assertSame(first, worded.getCause());
  }
}

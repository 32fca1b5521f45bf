package org.ridgeline.spark;

import java.util.Optional;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Names;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;

/**
 * Why a column of text is nearly one of numbers, kept in the metadata of its field: an error as
 * soon as numbers are wanted of it, of no account where it is a category or left out.
 *
 * @param sentence what its cells are
 * @param cell the first that is no number, if the reader can take it for a missing value; or empty
 */
record NearNumber(String sentence, String cell) {
  /** What the rows are for. */
  enum Purpose {
    /** To fit a model to them, with columns that can still be chosen. */
    TRAINING,
    /** To use with a model, whose columns are what they are. */
    MODEL
  }

  private static final String FEATURE = "feature";
  private static final String SENTENCE = "ridgeline.nearly";
  private static final String CELL = "ridgeline.nearly.cell";

  /** The same in a format whose reader has no word for a missing value. */
  NearNumber withoutNullValue() {
    return new NearNumber(sentence, "");
  }

  /** The metadata that say so. */
  Metadata metadata() {
    return new MetadataBuilder().putString(SENTENCE, sentence).putString(CELL, cell).build();
  }

  /** What the metadata of a field say. */
  static Optional<NearNumber> of(StructField field) {
    return field.metadata().contains(SENTENCE)
        ? Optional.of(
            new NearNumber(field.metadata().getString(SENTENCE), field.metadata().getString(CELL)))
        : Optional.empty();
  }

  /**
   * The refusal to take the column for numbers.
   *
   * @param role of the column
   * @param purpose of the rows
   */
  DataException refusal(String column, String role, Purpose purpose) {
    String what =
        purpose == Purpose.MODEL && role.equals(FEATURE)
            ? String.format(
                "column %s is of numbers in the model, but text here: %s",
                Names.quoted(column), sentence)
            : String.format(
                "column %s (%s) is text, but nearly numeric: %s",
                Names.quoted(column), role, sentence);
    Remedy remedy = Remedy.of("correct that");
    if (!cell.isEmpty()) {
      remedy =
          remedy.plus(
              ", or use %s if it stands for a missing value",
              Option.OPTION.to("nullValue=" + cell));
    }
    return new DataException(
        what,
        purpose == Purpose.TRAINING && role.equals(FEATURE)
            ? remedy.plus(
                cell.isEmpty()
                    ? ", or use %s to use its levels, or %s to leave it out"
                    : ", %s to use its levels, or %s to leave it out",
                Option.CATEGORICAL.to(column),
                Option.FEATURES.to("!" + column))
            : remedy);
  }
}

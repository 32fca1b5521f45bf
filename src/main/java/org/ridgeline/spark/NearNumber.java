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
 * @param cell the first that is no number
 */
record NearNumber(String sentence, String cell) {
  private static final String SENTENCE = "ridgeline.nearly";
  private static final String CELL = "ridgeline.nearly.cell";

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

  /** The refusal to take the column for numbers. */
  DataException refusal(String column, String role) {
    String what =
        String.format(
            "column %s (%s) is text, but nearly numeric: %s", Names.quoted(column), role, sentence);
    Remedy remedy =
        Remedy.of(
            "correct that, or use %s if it stands for a missing value",
            Option.OPTION.to("nullValue=" + cell));
    return new DataException(
        what,
        role.equals("feature")
            ? remedy.plus(
                ", %s to use its levels, or %s to leave it out",
                Option.CATEGORICAL.to(column), Option.FEATURES.to("!" + column))
            : remedy);
  }
}

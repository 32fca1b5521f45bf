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
 * A column that is text because no cell of it has a value, kept in the metadata of its field. Where
 * numbers are wanted of it, its rows are those with a null.
 *
 * @param word for a missing value that is in its cells; empty: the cells are
 * @param where the first such word stands
 */
record EmptyColumn(String word, String where) {
  private static final String WORD = "ridgeline.empty";
  private static final String WHERE = "ridgeline.empty.where";

  /** The metadata that say so. */
  Metadata metadata() {
    return new MetadataBuilder().putString(WORD, word).putString(WHERE, where).build();
  }

  /** What the metadata of a field say. */
  static Optional<EmptyColumn> of(StructField field) {
    return field.metadata().contains(WORD)
        ? Optional.of(
            new EmptyColumn(field.metadata().getString(WORD), field.metadata().getString(WHERE)))
        : Optional.empty();
  }

  /**
   * How the numbers of the column are read.
   *
   * @param role of the column
   * @throws DataException when the reader has to be told what its word means
   */
  NumberCell cell(String column, String role) {
    if (!word.isEmpty()) {
      throw new DataException(
          String.format(
              "column %s (%s) has no number: each of its values is a word for a missing value, the"
                  + " first %s in %s",
              Names.quoted(column), role, Names.quoted(word), where),
          Remedy.of("use %s to read it as one", Option.OPTION.to("nullValue=" + word)));
    }
    return NumberCell.ofNothing();
  }
}

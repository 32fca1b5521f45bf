package org.ridgeline.spark;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.ridgeline.base.DataException;
import org.ridgeline.dataset.ColumnRoles;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.dataset.InputColumn;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.dataset.UnseenLevel;
import org.ridgeline.ridge.Intercept;

/** Makes the {@link Design} of given data, or of a saved model. */
public final class Designs {
  private Designs() {}

  /**
   * Finds the columns in the data. Lengths of arrays that the schema does not have are learned from
   * one row, levels of categories from a pass over their column; both count as pre-passes.
   *
   * @throws DataException when a column is missing, twice there or of the wrong type
   */
  public static Design of(Dataset<Row> rows, ColumnRoles columns, PassMeter meter) {
    return DesignCompiler.of(rows, meter).compile(columns, LabelCells.NUMBERS);
  }

  /**
   * The same, where labels may be arrays or vectors: each element of column {@code y} is a target
   * called {@code y[0]}, {@code y[1]}, .., or as its {@code ml_attr} says.
   *
   * @throws DataException when a column is missing, twice there or of the wrong type
   */
  public static Design of(
      Dataset<Row> rows, ColumnRoles columns, LabelCells labels, PassMeter meter) {
    return DesignCompiler.of(rows, meter).compile(columns, labels);
  }

  /**
   * The design that reads one vector column and no target.
   *
   * @throws DataException when there is no such column, or its length cannot be learned
   */
  public static Design ofVector(Dataset<Row> rows, String column, PassMeter meter) {
    return DesignCompiler.of(rows, meter).compileVector(column);
  }

  /**
   * The design of a saved model, for data with this schema. Nothing is read.
   *
   * @param inputs what the model remembers
   * @param labels the target columns; empty to predict
   * @throws DataException when a column is missing, twice there or of the wrong type
   */
  public static Design forModel(
      StructType schema,
      List<InputColumn> inputs,
      List<String> labels,
      Optional<String> weight,
      UnseenLevel unseen) {
    List<InputColumn> targets = labels.stream().map(InputColumn::number).toList();
    return forTargets(schema, inputs, targets, weight, unseen);
  }

  /**
   * The same for targets that may be elements of arrays or vectors.
   *
   * @param targets the target columns; empty to predict
   * @throws DataException when a column is missing, twice there or of the wrong type
   */
  public static Design forTargets(
      StructType schema,
      List<InputColumn> inputs,
      List<InputColumn> targets,
      Optional<String> weight,
      UnseenLevel unseen) {
    DesignBuilder builder = new DesignBuilder(schema, NearNumber.Purpose.MODEL);
    inputs.forEach(input -> builder.addInput(input, unseen));
    targets.forEach(builder::addTarget);
    weight.ifPresent(builder::setWeight);
    return builder.build(FoldRule.single(), Intercept.NONE);
  }

  /**
   * The design of rows whose moments are stored: the same columns and the same folds.
   *
   * @throws DataException when a column is missing, twice there or of the wrong type
   */
  public static Design forMoments(StructType schema, MomentsSet moments) {
    MomentsSet.Columns columns = moments.columns();
    DesignBuilder builder = new DesignBuilder(schema, NearNumber.Purpose.MODEL);
    columns.inputs().forEach(input -> builder.addInput(input, UnseenLevel.ERROR));
    columns.labels().forEach(label -> builder.addTarget(InputColumn.number(label)));
    columns.weight().ifPresent(builder::setWeight);
    return builder.build(moments.folds(), columns.intercept());
  }
}

package org.ridgeline.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.Metadata;
import scala.jdk.javaapi.CollectionConverters;

/** Some columns of the data, found by exact name in the plan: names never pass through SQL. */
final class SelectedRows {
  private SelectedRows() {}

  /**
   * The data reduced to these columns, in this order.
   *
   * @param columns names that occur exactly once
   */
  static Dataset<Row> of(org.apache.spark.sql.Dataset<Row> rows, List<String> columns) {
    Dataset<Row> classic = classic(rows);
    LogicalPlan plan = classic.queryExecution().analyzed();
    List<Attribute> output = CollectionConverters.asJava(plan.output());
    List<String> names = output.stream().map(Attribute::name).toList();
    List<NamedExpression> selected = new ArrayList<>();
    for (String column : columns) {
      selected.add(output.get(names.indexOf(column)));
    }
    return Dataset.ofRows(
        session(rows), new Project(CollectionConverters.asScala(selected).toSeq(), plan));
  }

  /**
   * The same data with other metadata of some columns.
   *
   * @param metadata by the name of the column, which occurs exactly once
   */
  static Dataset<Row> marked(
      org.apache.spark.sql.Dataset<Row> rows, Map<String, Metadata> metadata) {
    LogicalPlan plan = classic(rows).queryExecution().analyzed();
    List<NamedExpression> columns = new ArrayList<>();
    for (Attribute column : CollectionConverters.asJava(plan.output())) {
      Metadata marks = metadata.get(column.name());
      columns.add(marks == null ? column : column.withMetadata(marks));
    }
    return Dataset.ofRows(
        session(rows), new Project(CollectionConverters.asScala(columns).toSeq(), plan));
  }

  static Dataset<Row> classic(org.apache.spark.sql.Dataset<Row> rows) {
    return (Dataset<Row>) rows;
  }

  static SparkSession session(org.apache.spark.sql.Dataset<Row> rows) {
    return session(rows.sparkSession());
  }

  static SparkSession session(org.apache.spark.sql.SparkSession session) {
    return (SparkSession) session;
  }
}

package org.ridgeline.spark;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.execution.ColumnarToRowExec;
import org.apache.spark.sql.execution.FilterExec;
import org.apache.spark.sql.execution.InputAdapter;
import org.apache.spark.sql.execution.ProjectExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.WholeStageCodegenExec;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The part of a physical plan that delivers column batches, when all that stands above it is the
 * conversion to rows, a choice of columns and at most one deterministic filter.
 */
final class ColumnarScan {
  private final SparkPlan scan;
  private final int[] ordinals;
  private final Expression filter;

  private ColumnarScan(SparkPlan scan, int[] ordinals, Expression filter) {
    this.scan = scan;
    this.ordinals = ordinals;
    this.filter = filter;
  }

  /** Looks for one under {@code plan}. */
  static Optional<ColumnarScan> find(SparkPlan plan) {
    List<Attribute> wanted = CollectionConverters.asJava(plan.output());
    SparkPlan node = plan;
    Expression filter = null;
    boolean toRows = false;
    while (true) {
      if (node instanceof WholeStageCodegenExec stage) {
        node = stage.child();
      } else if (node instanceof InputAdapter adapter) {
        node = adapter.child();
      } else if (node instanceof ColumnarToRowExec conversion) {
        node = conversion.child();
        toRows = true;
      } else if (node instanceof ProjectExec project && isChoice(project)) {
        node = project.child();
      } else if (node instanceof FilterExec where
          && filter == null
          && where.condition().deterministic()) {
        filter = where.condition();
        node = where.child();
      } else {
        break;
      }
    }
    if (!toRows || !node.supportsColumnar()) {
      return Optional.empty();
    }
    return ordinals(wanted, node, filter);
  }

  private static boolean isChoice(ProjectExec project) {
    return CollectionConverters.asJava(project.projectList()).stream()
        .allMatch(column -> column instanceof Attribute);
  }

  private static Optional<ColumnarScan> ordinals(
      List<Attribute> wanted, SparkPlan node, Expression filter) {
    List<Long> there =
        CollectionConverters.asJava(node.output()).stream().map(a -> a.exprId().id()).toList();
    int[] ordinals = wanted.stream().mapToInt(a -> there.indexOf(a.exprId().id())).toArray();
    for (int ordinal : ordinals) {
      if (ordinal < 0) {
        return Optional.empty();
      }
    }
    return Optional.of(new ColumnarScan(node, ordinals, filter));
  }

  SparkPlan scan() {
    return scan;
  }

  /** For each output column of the plan, its position in a batch. */
  int[] ordinals() {
    return ordinals;
  }

  /** The condition that rows must meet. */
  Optional<Expression> filter() {
    return Optional.ofNullable(filter);
  }
}

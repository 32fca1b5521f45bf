package org.ridgeline.ml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.ScalaUDF;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.classic.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A column that a query plan shows to be made by one of our maps and by nothing else, so that the
 * rows can be read unmapped and mapped later, in blocks.
 *
 * <p>Between the map and the end of the plan there may be choices of columns and filters that do
 * not look at the mapped column. Anything else, such as another expression of the column, a cache
 * or a sort, and the vectors are read as they are: what the metadata say is no proof.
 */
final class MappedColumn {
  private final MapFunction map;
  private final Dataset<Row> unmapped;

  private MappedColumn(MapFunction map, Dataset<Row> unmapped) {
    this.map = map;
    this.unmapped = unmapped;
  }

  /** Looks for the map that made this column of the rows. */
  static Optional<MappedColumn> find(Dataset<Row> rows, String column) {
    if (!MlAttributes.isMapped(rows.schema().apply(column))) {
      return Optional.empty();
    }
    var classic = (org.apache.spark.sql.classic.Dataset<Row>) rows;
    LogicalPlan plan = classic.queryExecution().analyzed();
    Attribute wanted =
        CollectionConverters.asJava(plan.output()).stream()
            .filter(a -> a.name().equals(column))
            .findFirst()
            .orElseThrow();
    // in this plan a cache hides what it was made of, and the search ends there
    boolean isCached =
        new Search(wanted).unmap(classic.queryExecution().withCachedData()).isEmpty();
    Search search = new Search(wanted);
    return search
        .unmap(plan)
        .filter(found -> !isCached)
        .map(found -> new MappedColumn(search.map, unmapped(rows, found, search.input, column)));
  }

  /**
   * Returns the rows of a plan, the metadata of the mapped column replaced by those of its input.
   */
  private static Dataset<Row> unmapped(
      Dataset<Row> rows, LogicalPlan plan, Attribute input, String column) {
    return org.apache.spark.sql.classic.Dataset.ofRows((SparkSession) rows.sparkSession(), plan)
        .withColumn(column, StageSchema.column(column).as(column, input.metadata()));
  }

  /** Returns the map. */
  MapFunction map() {
    return map;
  }

  /** Returns the rows with the inputs of the map in the place of the mapped column. */
  Dataset<Row> unmapped() {
    return unmapped;
  }

  /** A way down the plan to the expression that makes a column. */
  private static final class Search {
    private final Attribute wanted;
    private MapFunction map;
    private Attribute input;

    Search(Attribute wanted) {
      this.wanted = wanted;
    }

    /** Returns the plan with the inputs in the place of the mapped column, if that can be. */
    Optional<LogicalPlan> unmap(LogicalPlan node) {
      if (node.subqueries().nonEmpty()) {
        return Optional.empty();
      }
      if (node instanceof Project project) {
        return unmapProject(project);
      }
      boolean passes =
          node instanceof SubqueryAlias
              || (node instanceof Filter filter && !looksAt(filter.condition()));
      return passes
          ? unmap(node.children().head()).map(child -> over(node, child))
          : Optional.empty();
    }

    private Optional<LogicalPlan> unmapProject(Project project) {
      List<NamedExpression> columns =
          new ArrayList<>(CollectionConverters.asJava(project.projectList()));
      int at = -1;
      for (int i = 0; i < columns.size(); i++) {
        if (columns.get(i).exprId().equals(wanted.exprId())) {
          at = i;
        } else if (looksAt((Expression) columns.get(i))) {
          return Optional.empty();
        }
      }
      if (at >= 0 && columns.get(at) instanceof Attribute) {
        return unmap(project.child()).map(child -> over(project, child));
      }
      return at >= 0 && columns.get(at) instanceof Alias alias && isOurs(alias.child())
          ? Optional.of(withInput(project, columns, at, alias))
          : Optional.empty();
    }

    private boolean isOurs(Expression expression) {
      if (expression instanceof ScalaUDF call
          && call.function() instanceof MapFunction function
          && call.children().head() instanceof Attribute attribute) {
        map = function;
        input = attribute;
        return true;
      }
      return false;
    }

    private LogicalPlan withInput(
        Project project, List<NamedExpression> columns, int at, Alias alias) {
      Expression same =
          alias.withNewChildren(CollectionConverters.asScala(List.<Expression>of(input)).toSeq());
      columns.set(at, (NamedExpression) same);
      return new Project(CollectionConverters.asScala(columns).toSeq(), project.child());
    }

    private boolean looksAt(Expression expression) {
      return expression.references().contains(wanted);
    }

    private static LogicalPlan over(LogicalPlan node, LogicalPlan child) {
      return node.withNewChildren(CollectionConverters.asScala(List.of(child)).toSeq());
    }
  }
}

package org.ridgeline.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.ridgeline.base.DataException;
import org.ridgeline.dataset.ColumnRoles;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.dataset.UnseenLevel;
import org.ridgeline.moments.Moments;
import org.ridgeline.ridge.Intercept;

@Tag("spark")
final class DesignTest {
  private static final Dataset<Row> MIXED =
      SparkTest.rows(
          "y double, a int, b boolean, c string, d date, e decimal(10,2), v array<float>",
          new Object[] {1.0, 1, true, "red", null, new BigDecimal("1.5"), new Float[] {0.5f, 1.5f}},
          new Object[] {
            2.0, 2, false, "blue", null, new BigDecimal("2.5"), new Float[] {2.5f, 3.5f}
          },
          new Object[] {
            4.0, 3, true, "green", null, new BigDecimal("3.5"), new Float[] {4.5f, 8.5f}
          });

  private static Design design(Dataset<Row> rows, ColumnRoles columns) {
    try (PassMeter meter = SparkTest.meter()) {
      return Designs.of(rows, columns, meter);
    }
  }

  private static String refusal(Dataset<Row> rows, ColumnRoles columns) {
    return assertThrows(DataException.class, () -> design(rows, columns)).getMessage();
  }

  @Test
  void allUsableColumnsAreFeaturesAndTheOthersAreNamed() {
    Design design = design(MIXED, ColumnRoles.of("y"));
    assertEquals(List.of("a", "b", "e", "v[0]", "v[1]"), design.featureNames());
    assertEquals(List.of("c (string)", "d (date)"), design.skipped());
  }

  @Test
  void columnsLeftOutOnPurposeAreNotNamed() {
    ColumnRoles all = ColumnRoles.of("y");
    assertEquals(List.of("d (date)"), design(MIXED, all.withFeatures(List.of("!c"))).skipped());
    assertEquals(List.of(), design(MIXED, all.withFeatures(List.of("a", "b"))).skipped());
    assertEquals(
        List.of("c (string)"), design(MIXED, all.withFeatures(List.of("?", "!d"))).skipped());
  }

  @Test
  void everyTypeIsReadAsItsNumber() {
    Moments total = SparkTest.collect(MIXED, ColumnRoles.of("y")).moments().total();
    assertEquals(2, total.mean(0), 1e-15);
    assertEquals(2 / 3.0, total.mean(1), 1e-15);
    assertEquals(2.5, total.mean(2), 1e-15);
    assertEquals(2.5, total.mean(3), 1e-15);
    assertEquals(4.5, total.mean(4), 1e-15);
    assertEquals(7 / 3.0, total.mean(5), 1e-15);
  }

  @Test
  void fractionsAreNoCategories() {
    for (String name : List.of("y", "e", "v")) {
      ColumnRoles columns =
          ColumnRoles.of("a").withFeatures(List.of(name)).withCategorical(List.of(name));
      String told = refusal(MIXED, columns);
      assertTrue(told.endsWith("a category must be text, a whole number or a boolean"), told);
    }
  }

  @Test
  void categoriesLoseTheirFirstLevelToTheIntercept() {
    ColumnRoles columns =
        ColumnRoles.of("y").withCategorical(List.of("c")).withFeatures(List.of("c", "a"));
    assertEquals(List.of("c=green", "c=red", "a"), design(MIXED, columns).featureNames());
    Design all = design(MIXED, columns.withIntercept(Intercept.NONE));
    assertEquals(List.of("c=blue", "c=green", "c=red", "a"), all.featureNames());
    Moments total = SparkTest.collect(MIXED, columns).moments().total();
    assertEquals(1 / 3.0, total.mean(0), 1e-15);
    assertEquals(1 / 3.0, total.mean(1), 1e-15);
  }

  @Test
  void booleansAndNumbersCanBeCategories() {
    ColumnRoles columns =
        ColumnRoles.of("y").withCategorical(List.of("a", "b")).withFeatures(List.of("a", "b"));
    Design design = design(MIXED, columns);
    assertEquals(List.of("a=2", "a=3", "b=true"), design.featureNames());
    Moments total = SparkTest.collect(MIXED, columns).moments().total();
    assertEquals(1 / 3.0, total.mean(0), 1e-15);
    assertEquals(2 / 3.0, total.mean(2), 1e-15);
  }

  @Test
  void globsChooseInTheirOrderAndRemovalsStartFromAll() {
    assertEquals(
        List.of("e", "a"),
        design(MIXED, ColumnRoles.of("y").withFeatures(List.of("e", "a"))).featureNames());
    assertEquals(
        List.of("a", "e"),
        design(MIXED, ColumnRoles.of("y").withFeatures(List.of("!v", "!b"))).featureNames());
    assertEquals(
        List.of("a", "b", "e"),
        design(MIXED, ColumnRoles.of("y").withFeatures(List.of("*", "!v"))).featureNames());
  }

  @Test
  void misspelledNamesAreAnsweredWithTheNearest() {
    Dataset<Row> rows = SparkTest.rows("price double, carat double", new Object[] {1.0, 2.0});
    assertEquals(
        "there is no label column \"prise\"; did you mean \"price\"?",
        refusal(rows, ColumnRoles.of("prise")));
    assertEquals(
        "\"karat\" matches no usable column; correct features: did you mean \"carat\"?",
        refusal(rows, ColumnRoles.of("price").withFeatures(List.of("karat"))));
    assertEquals(
        "there is no weight column \"w\"; the columns are \"price\", \"carat\"",
        refusal(rows, ColumnRoles.of("price").withWeight("w")));
  }

  @Test
  void textNamedAsAFeatureIsSentToCategorical() {
    assertEquals(
        "cannot use column \"c\", which is string: a feature must be a number; name it in"
            + " categorical to use its levels",
        refusal(MIXED, ColumnRoles.of("y").withFeatures(List.of("c"))));
  }

  @Test
  void duplicateNamesAreRefused() {
    Dataset<Row> rows = MIXED.select("a", "a", "y");
    assertEquals(
        "there are two columns named \"a\"; rename one, column names must differ",
        refusal(rows, ColumnRoles.of("y")));
  }

  @Test
  void aLabelCannotBeAFeatureToo() {
    assertEquals(
        "column \"y\" cannot be a feature: it is already a label, weight or fold column",
        refusal(MIXED, ColumnRoles.of("y").withFeatures(List.of("a", "y"))));
  }

  @Test
  void namesAreNeverParsed() {
    StructType schema = new StructType();
    List<String> names = List.of("a.b", "c`d", "e\"f", "sum(x)", "\uD83D\uDE00 {}", "*", "y z");
    for (String name : names) {
      schema = schema.add(name, DataTypes.DoubleType);
    }
    Dataset<Row> rows =
        SparkTest.session()
            .createDataFrame(
                List.of(
                    RowFactory.create(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 1.0),
                    RowFactory.create(3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 2.0)),
                schema);
    Design design = design(rows, ColumnRoles.of("y z"));
    assertEquals(names.subList(0, 6), design.featureNames());
    Moments total = SparkTest.collect(rows, ColumnRoles.of("y z")).moments().total();
    for (int j = 0; j < 6; j++) {
      assertEquals(j + 2, total.mean(j), 1e-15);
    }
  }

  @Test
  void vectorsOfAllKindsReadAlike() {
    StructType schema =
        new StructType()
            .add("dense", SQLDataTypes.VectorType())
            .add("sparse", SQLDataTypes.VectorType())
            .add("y", DataTypes.DoubleType);
    Dataset<Row> rows =
        SparkTest.session()
            .createDataFrame(
                List.of(
                    RowFactory.create(
                        Vectors.dense(1, 0, 2),
                        Vectors.sparse(3, new int[] {0, 2}, new double[] {1, 2}),
                        1.0),
                    RowFactory.create(
                        Vectors.dense(0, 5, 0),
                        Vectors.sparse(3, new int[] {1}, new double[] {5}),
                        2.0)),
                schema);
    Design design = design(rows, ColumnRoles.of("y"));
    assertEquals("sparse[2]", design.featureNames().get(5));
    Moments total = SparkTest.collect(rows, ColumnRoles.of("y")).moments().total();
    for (int j = 0; j < 3; j++) {
      assertEquals(total.mean(j), total.mean(3 + j));
      assertEquals(total.scatter().get(j, j), total.scatter().get(3 + j, j));
    }
  }

  @Test
  void aSavedModelFindsItsColumnsByName() {
    ColumnRoles columns =
        ColumnRoles.of("y").withCategorical(List.of("c")).withFeatures(List.of("c", "v", "a"));
    Design trained = design(MIXED, columns);
    Dataset<Row> other = MIXED.drop("y").withColumn("a", MIXED.col("a").cast("double"));
    Design again =
        Designs.forModel(
            other.schema(), trained.inputColumns(), List.of(), Optional.empty(), UnseenLevel.ERROR);
    assertEquals(trained.featureNames(), again.featureNames());
    assertEquals(0, again.targets());
  }

  @Test
  void onlyVectorsStandForTheFeaturesInFolds() {
    ColumnRoles columns =
        ColumnRoles.of("y")
            .withFeatures(List.of("a"))
            .withFolds(FoldRule.hashedWithVector("b", 3, 0));
    Dataset<Row> rows =
        SparkTest.rows("a double, b string, y double", new Object[] {1.0, "t", 2.0});
    assertEquals(
        "column \"b\" cannot decide the folds: it must hold vectors, but is string",
        refusal(rows, columns));
  }

  @Test
  void arraysAreLabelsOnlyWhereAskedFor() {
    Dataset<Row> rows =
        SparkTest.rows("a double, y array<double>", new Object[] {1.0, new double[] {2, 3}});
    ColumnRoles columns = ColumnRoles.of("y").withFeatures(List.of("a"));
    assertEquals(
        "the label column \"y\" must hold numbers, but is array<double>", refusal(rows, columns));
    try (PassMeter meter = SparkTest.meter()) {
      Design design = Designs.of(rows, columns, LabelCells.ARRAYS, meter);
      assertEquals(List.of("y[0]", "y[1]"), design.targetNames());
    }
  }

  @Test
  void noFeatureIsLeft() {
    Dataset<Row> rows = SparkTest.rows("y double, c string", new Object[] {1.0, "a"});
    assertTrue(
        refusal(rows, ColumnRoles.of("y"))
            .startsWith("there is no feature column left; name some"));
  }
}

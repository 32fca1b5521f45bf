package org.ridgeline.spark;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.PartitionPath;
import org.apache.spark.sql.execution.datasources.PartitioningAwareFileIndex;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The values of columns that are folders, {@code k=v}. Spark takes {@code 01} for 1 and {@code 1D}
 * for 1.0; where it would, all of them are read as the texts that they are.
 */
final class PartitionValues {
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?");
  private static final String HIVE_NULL = "__HIVE_DEFAULT_PARTITION__";

  private PartitionValues() {}

  /**
   * Whether a column of folders is a text, or would be but for one value, to which Spark has given
   * a number's type.
   *
   * @param texts columns that are text whatever their values are
   */
  static boolean areTexts(Dataset<Row> rows, Set<String> texts) {
    return InputSplits.files(SelectedRows.classic(rows).queryExecution().analyzed()).stream()
        .anyMatch(files -> areTexts(files, texts));
  }

  private static boolean areTexts(HadoopFsRelation files, Set<String> texts) {
    if (!(files.location() instanceof PartitioningAwareFileIndex index)) {
      return false;
    }
    Set<String> numbers = new HashSet<>();
    for (StructField field : files.partitionSchema().fields()) {
      if (field.dataType() instanceof NumericType) {
        numbers.add(field.name());
      }
    }
    List<PartitionPath> folders = CollectionConverters.asJava(index.partitionSpec().partitions());
    return numbers.stream().anyMatch(texts::contains)
        || folders.stream().anyMatch(folder -> hasText(folder.path(), numbers));
  }

  /** Whether one of these columns has a value in this path that is written as no number. */
  private static boolean hasText(Path folder, Set<String> numbers) {
    for (Path at = folder; at != null; at = at.getParent()) {
      int equals = at.getName().indexOf('=');
      if (equals > 0
          && numbers.contains(
              ExternalCatalogUtils.unescapePathName(at.getName().substring(0, equals)))) {
        String value = ExternalCatalogUtils.unescapePathName(at.getName().substring(equals + 1));
        if (!value.equals(HIVE_NULL) && !NUMBER.matcher(value).matches()) {
          return true;
        }
      }
    }
    return false;
  }

  /** The settings under which all are read as texts. */
  static ConfScope asTexts(SparkSession session) {
    return ConfScope.on(session)
        .with("spark.sql.sources.partitionColumnTypeInference.enabled", "false");
  }
}

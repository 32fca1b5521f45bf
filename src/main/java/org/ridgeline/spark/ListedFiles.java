package org.ridgeline.spark;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.PartitioningAwareFileIndex;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Sha256;
import org.ridgeline.dataset.InputFiles;
import scala.jdk.javaapi.CollectionConverters;

/** Fingerprints the files that rows come from, as Spark lists them; nothing of them is read. */
public final class ListedFiles {
  private ListedFiles() {}

  /** The files under {@code rows}; empty when they do not all come from files. */
  public static Optional<InputFiles> of(Dataset<Row> rows) {
    LogicalPlan plan = SelectedRows.classic(rows).queryExecution().analyzed();
    List<HadoopFsRelation> relations = InputSplits.files(plan);
    if (relations.isEmpty() || relations.size() < plan.collectLeaves().size()) {
      return Optional.empty();
    }
    List<String> lines = new ArrayList<>();
    long bytes = 0;
    for (HadoopFsRelation relation : relations) {
      if (!(relation.location() instanceof PartitioningAwareFileIndex index)) {
        return Optional.empty();
      }
      for (FileStatus file : CollectionConverters.asJava(index.allFiles())) {
        lines.add(file.getPath() + " " + file.getLen() + " " + file.getModificationTime());
        bytes += file.getLen();
      }
    }
    lines.sort(null);
    return Optional.of(new InputFiles(lines.size(), bytes, digest(lines)));
  }

  /**
   * Checks that Spark reads every file that it lists. Beside partition folders ({@code k=v}) it
   * leaves out files that are in none.
   *
   * @throws DataException naming such a file
   */
  static void requireAllRead(Dataset<Row> rows) {
    LogicalPlan plan = SelectedRows.classic(rows).queryExecution().analyzed();
    for (HadoopFsRelation relation : InputSplits.files(plan)) {
      if (relation.partitionSchema().isEmpty()
          || !(relation.location() instanceof PartitioningAwareFileIndex index)) {
        continue;
      }
      Set<Path> folders = new HashSet<>();
      CollectionConverters.asJava(index.partitionSpec().partitions())
          .forEach(partition -> folders.add(partition.path()));
      for (FileStatus file : CollectionConverters.asJava(index.allFiles())) {
        if (!folders.contains(file.getPath().getParent())) {
          throw new DataException(
              String.format(
                  "%s is beside the partition folders and would not be read; move it into one",
                  file.getPath()));
        }
      }
    }
  }

  /**
   * Checks that files are compressed as their names say, where their reader would take one that is
   * not for an empty one.
   *
   * @throws DataException naming such a file
   */
  static void requireCompressed(Dataset<Row> rows) {
    LogicalPlan plan = SelectedRows.classic(rows).queryExecution().analyzed();
    Configuration hadoop = SelectedRows.session(rows.sparkSession()).sessionState().newHadoopConf();
    for (HadoopFsRelation relation : InputSplits.files(plan)) {
      if (relation.location() instanceof PartitioningAwareFileIndex index) {
        for (FileStatus file : CollectionConverters.asJava(index.allFiles())) {
          DamagedFile.requireCompressed(file.getPath(), hadoop);
        }
      }
    }
  }

  private static String digest(List<String> lines) {
    MessageDigest digest = Sha256.digest();
    for (String line : lines) {
      digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return Sha256.of(digest);
  }
}

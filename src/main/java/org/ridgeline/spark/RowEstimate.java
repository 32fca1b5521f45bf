package org.ridgeline.spark;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.orc.OrcFile;
import org.apache.orc.Reader;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.datasources.FileFormat;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.PartitioningAwareFileIndex;
import org.apache.spark.sql.execution.datasources.TextBasedFileFormat;
import org.apache.spark.sql.execution.datasources.orc.OrcFileFormat;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import scala.jdk.javaapi.CollectionConverters;

/**
 * About how many rows files have: from the rows to a byte of a few of them, which their footers
 * tell, or the lines at the beginning of text. Filters are not looked at.
 */
final class RowEstimate {
  private static final int FILES = 4;
  private static final int HEAD = 1 << 20; // bytes of text

  private RowEstimate() {}

  /** Returns the estimate for the files under a plan; empty where nothing tells. */
  static OptionalDouble of(LogicalPlan plan) {
    double rows = 0;
    for (HadoopFsRelation relation : InputSplits.files(plan)) {
      OptionalDouble some = of(relation);
      if (some.isEmpty()) {
        return some;
      }
      rows += some.getAsDouble();
    }
    return rows > 0 ? OptionalDouble.of(rows) : OptionalDouble.empty();
  }

  private static OptionalDouble of(HadoopFsRelation relation) {
    if (!(relation.location() instanceof PartitioningAwareFileIndex index)) {
      return OptionalDouble.empty();
    }
    List<FileStatus> files = new ArrayList<>(CollectionConverters.asJava(index.allFiles()));
    files.removeIf(file -> file.getLen() == 0);
    files.sort(Comparator.comparing(FileStatus::getPath));
    Configuration conf = relation.sparkSession().sessionState().newHadoopConf();
    double rows = 0;
    double bytes = 0;
    int sampled = Math.min(FILES, files.size());
    try {
      for (int i = 0; i < sampled; i++) {
        FileStatus file = files.get((int) ((long) i * files.size() / sampled));
        double perByte = rowsPerByte(relation.fileFormat(), file, conf);
        rows += perByte * file.getLen();
        bytes += file.getLen();
      }
    } catch (IOException | RuntimeException e) {
      return OptionalDouble.empty(); // the pass itself says what is wrong with the file
    }
    double all = files.stream().mapToDouble(FileStatus::getLen).sum();
    return rows > 0 ? OptionalDouble.of(rows * (all / bytes)) : OptionalDouble.empty();
  }

  private static double rowsPerByte(FileFormat format, FileStatus file, Configuration conf)
      throws IOException {
    if (format instanceof ParquetFileFormat) {
      try (ParquetFileReader reader =
          ParquetFileReader.open(HadoopInputFile.fromStatus(file, conf))) {
        return (double) reader.getRecordCount() / file.getLen();
      }
    }
    if (format instanceof OrcFileFormat) {
      try (Reader reader = OrcFile.createReader(file.getPath(), OrcFile.readerOptions(conf))) {
        return (double) reader.getNumberOfRows() / file.getLen();
      }
    }
    return format instanceof TextBasedFileFormat ? linesPerByte(file, conf) : 0;
  }

  /** Returns the lines to a byte at the beginning of a file, which may be compressed. */
  private static double linesPerByte(FileStatus file, Configuration conf) throws IOException {
    CompressionCodec codec = new CompressionCodecFactory(conf).getCodec(file.getPath());
    try (FSDataInputStream raw = file.getPath().getFileSystem(conf).open(file.getPath());
        InputStream text = codec == null ? raw : codec.createInputStream(raw)) {
      byte[] head = text.readNBytes(HEAD);
      int lines = 0;
      for (byte b : head) {
        lines += b == '\n' ? 1 : 0;
      }
      long read = head.length < HEAD ? file.getLen() : raw.getPos();
      return (double) Math.max(1, lines) / Math.max(1, read);
    }
  }
}

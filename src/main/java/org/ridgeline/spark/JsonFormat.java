package org.ridgeline.spark;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.json.JSONOptions;
import org.apache.spark.sql.catalyst.json.JSONOptionsInRead;
import org.apache.spark.sql.catalyst.json.JacksonParser;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.execution.datasources.json.JsonDataSource;
import org.apache.spark.sql.execution.datasources.json.JsonFileFormat;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import scala.Function1;
import scala.Option;
import scala.collection.Iterator;
import scala.collection.immutable.Map;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/**
 * JSON as Spark reads it, with its code, but for one thing: a text with more than {@link OneValue}
 * in it is malformed, where Spark takes the first and leaves the others unread. What is malformed
 * is found in the pass that parses; there is no other.
 */
public final class JsonFormat extends JsonFileFormat {
  private static final long serialVersionUID = 1L;

  /** Where Spark's parser has some, it leaves the rows that they reject half read. */
  private static final Seq<Filter> NO_FILTERS =
      CollectionConverters.asScala(List.<Filter>of()).toSeq();

  /** Spark's options, whose parsers read to the end of a text. */
  private static final class WholeTexts extends JSONOptionsInRead {
    private static final long serialVersionUID = 1L;

    WholeTexts(SparkSession session, Map<String, String> options) {
      super(
          options,
          session.conf().get("spark.sql.session.timeZone"),
          session.conf().get("spark.sql.columnNameOfCorruptRecord"));
    }

    @Override
    public JsonFactory buildJsonFactory() {
      return new OneValueFactory(super.buildJsonFactory());
    }
  }

  /** Reads a file. */
  private static final class Reading
      extends AbstractFunction1<PartitionedFile, Iterator<InternalRow>> implements Serializable {
    private static final long serialVersionUID = 1L;
    private final StructType parsed;
    private final StructType schema;
    private final JSONOptions options;
    private final Broadcast<SerializableConfiguration> hadoop;

    Reading(StructType schema, JSONOptions options, Broadcast<SerializableConfiguration> hadoop) {
      this.parsed = without(schema, options.columnNameOfCorruptRecord());
      this.schema = schema;
      this.options = options;
      this.hadoop = hadoop;
    }

    @Override
    public Iterator<InternalRow> apply(PartitionedFile file) {
      JacksonParser parser = new JacksonParser(parsed, options, true, NO_FILTERS);
      return JsonDataSource.apply(options).readFile(hadoop.value().value(), file, parser, schema);
    }
  }

  @Override
  public Option<StructType> inferSchema(
      SparkSession session, Map<String, String> options, Seq<FileStatus> files) {
    JSONOptions parsed = new WholeTexts(session, options);
    return JsonDataSource.apply(parsed).inferSchema(SelectedRows.session(session), files, parsed);
  }

  @Override
  public Function1<PartitionedFile, Iterator<InternalRow>> buildReader(
      SparkSession session,
      StructType dataSchema,
      StructType partitionSchema,
      StructType requiredSchema,
      Seq<Filter> filters,
      Map<String, String> options,
      Configuration hadoop) {
    return new Reading(
        requiredSchema,
        new WholeTexts(session, options),
        JavaSparkContext.fromSparkContext(SelectedRows.session(session).sparkContext())
            .broadcast(new SerializableConfiguration(hadoop)));
  }

  /** The fields of other names. */
  static StructType without(StructType schema, String name) {
    List<StructField> fields = new ArrayList<>();
    for (StructField field : schema.fields()) {
      if (!field.name().equals(name)) {
        fields.add(field);
      }
    }
    return new StructType(fields.toArray(StructField[]::new));
  }
}

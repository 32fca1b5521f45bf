package org.ridgeline.ml;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.json4s.JBool;
import org.json4s.JObject;
import org.json4s.JValue;
import org.json4s.MonadicJValue;
import org.ridgeline.store.HadoopFiles;
import org.ridgeline.store.SavedStage;
import scala.Option;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Stages on disk, in the layout of Spark ML: {@code metadata} (JSON of class, uid and parameters)
 * and, for models, {@code data} (one row of Parquet). All calls of Spark's own persistence are
 * here. Beside them lies the manifest of these files ({@link SavedStage}), which is checked before
 * they are read; the metadata say that there is one.
 *
 * <p>Nothing is deserialized by Java, and no class is loaded by a name that a file gives: the name
 * in the metadata must be that of the class asked for.
 */
final class Persistence {
  private static final String DATA = "data";

  /** The key of the metadata by which a stage says that it has a manifest. */
  private static final String SEALED = "ridgelineManifest";

  private static final JObject SEAL =
      new JObject(
          CollectionConverters.asScala(List.of(new Tuple2<String, JValue>(SEALED, JBool.True())))
              .toList());

  private Persistence() {}

  /** Returns the writer of a stage that its parameters define. */
  static MLWriter writer(Params stage) {
    return new StageWriter(stage, null);
  }

  /**
   * Returns the writer of a model.
   *
   * @param data one row with what the parameters do not hold
   */
  static MLWriter writer(Params stage, Function<SparkSession, Dataset<Row>> data) {
    return new StageWriter(stage, data);
  }

  /**
   * Returns the reader of stages that their parameters define.
   *
   * @param make the stage of a uid
   */
  static <T extends Params> MLReader<T> reader(Class<T> type, Function<String, T> make) {
    return new MLReader<>() {
      @Override
      public T load(String path) {
        return read(path, sparkSession(), type, (metadata, place) -> make.apply(metadata.uid()));
      }
    };
  }

  /**
   * Returns the reader of models.
   *
   * @param make the model of a uid and the row of its data
   */
  static <T extends Params> MLReader<T> reader(Class<T> type, BiFunction<String, Row, T> make) {
    return new MLReader<>() {
      @Override
      public T load(String path) {
        SparkSession session = sparkSession();
        return read(
            path,
            session,
            type,
            (metadata, place) -> {
              Row data = session.read().parquet(place + "/" + DATA).head();
              return make.apply(metadata.uid(), data);
            });
      }
    };
  }

  private static <T extends Params> T read(
      String path,
      SparkSession session,
      Class<T> type,
      BiFunction<DefaultParamsReader.Metadata, String, T> make) {
    SavedStage.Checked found = SavedStage.checked(path, configuration(session));
    String place = found.place();
    DefaultParamsReader.Metadata metadata =
        DefaultParamsReader.loadMetadata(place, session, type.getName());
    if (new MonadicJValue(metadata.metadata()).$bslash(SEALED).equals(JBool.True())) {
      found.requireSums();
    }
    T stage = make.apply(metadata, place);
    metadata.getAndSetParams(stage, Option.empty());
    return stage;
  }

  private static Configuration configuration(SparkSession session) {
    return HadoopFiles.unclosed(session.sessionState().newHadoopConf());
  }

  /** Writes metadata, data and their manifest. */
  private static final class StageWriter extends MLWriter {
    private final Params stage;
    private final Function<SparkSession, Dataset<Row>> data; // null: there are none

    StageWriter(Params stage, Function<SparkSession, Dataset<Row>> data) {
      this.stage = stage;
      this.data = data;
    }

    @Override
    public void saveImpl(String path) {
      DefaultParamsWriter$.MODULE$.saveMetadata(stage, path, sparkSession(), Option.apply(SEAL));
      if (data != null) {
        data.apply(sparkSession()).coalesce(1).write().parquet(path + "/" + DATA);
      }
      SavedStage.seal(path, stage.uid(), configuration(sparkSession()));
    }
  }
}

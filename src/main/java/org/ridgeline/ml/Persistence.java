package org.ridgeline.ml;

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
import org.ridgeline.store.HadoopFiles;
import org.ridgeline.store.SavedStage;
import scala.Option;

/**
 * Stages on disk, in the layout of Spark ML: {@code metadata} (JSON of class, uid and parameters)
 * and, for models, {@code data} (one row of Parquet). All calls of Spark's own persistence are
 * here. Beside them lies the manifest of these files ({@link SavedStage}), which is checked before
 * they are read.
 *
 * <p>Nothing is deserialized by Java, and no class is loaded by a name that a file gives: the name
 * in the metadata must be that of the class asked for.
 */
final class Persistence {
  private static final String DATA = "data";

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
    String place = SavedStage.checked(path, configuration(session));
    DefaultParamsReader.Metadata metadata =
        DefaultParamsReader.loadMetadata(place, session, type.getName());
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
      DefaultParamsWriter$.MODULE$.saveMetadata(stage, path, sparkSession());
      if (data != null) {
        data.apply(sparkSession()).coalesce(1).write().parquet(path + "/" + DATA);
      }
      SavedStage.seal(path, stage.uid(), configuration(sparkSession()));
    }
  }
}

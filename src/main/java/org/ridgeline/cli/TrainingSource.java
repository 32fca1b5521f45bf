package org.ridgeline.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Names;
import org.ridgeline.base.Secrets;
import org.ridgeline.dataset.InputFiles;
import org.ridgeline.dataset.ReadSpec;
import org.ridgeline.spark.DataSource;
import org.ridgeline.spark.ListedFiles;
import org.ridgeline.spark.PassMeter;
import org.ridgeline.train.StoredRun;

/**
 * Opens the rows that a run was trained on. A run directory may come from anybody, so nothing that
 * it says is executed and nothing but its own input is opened: the format must be one of plain
 * files, reader options are from a list of harmless ones, a row filter must be given again, and the
 * files must have the paths, lengths and times of those that the run has read.
 */
final class TrainingSource {
  private static final Set<String> FORMATS =
      Set.of("csv", "json", "orc", "parquet", "libsvm", "text", "avro");

  private static final Set<String> OPTIONS =
      Set.of(
          "sep",
          "delimiter",
          "header",
          "quote",
          "escape",
          "comment",
          "encoding",
          "charset",
          "nullvalue",
          "nanvalue",
          "positiveinf",
          "negativeinf",
          "emptyvalue",
          "locale",
          "inferschema",
          "samplingratio",
          "enforceschema",
          "mode",
          "multiline",
          "linesep",
          "dateformat",
          "timestampformat",
          "timestampntzformat",
          "ignoreleadingwhitespace",
          "ignoretrailingwhitespace",
          "maxcharspercolumn",
          "maxcolumns",
          "unescapedquotehandling",
          "numfeatures",
          "vectortype",
          "mergeschema",
          "recursivefilelookup",
          "pathglobfilter",
          "primitivesasstring",
          "prefersdecimal",
          "allowcomments",
          "allowsinglequotes",
          "allownumericleadingzeros",
          "allowunquotedfieldnames",
          "compression");

  private final StoredRun run;
  private final Settings settings;

  TrainingSource(StoredRun run, Settings settings) {
    this.run = run;
    this.settings = settings;
  }

  /**
   * Returns the rows, not read yet.
   *
   * @throws DataException when the run names no files, others than it has read, or something that
   *     is not taken from a run directory
   */
  Dataset<Row> open(SparkSession session, PassMeter meter) {
    ReadSpec said =
        run.spec()
            .source()
            .orElseThrow(() -> refused("it was solved from stored moments and names no data"));
    InputFiles read =
        run.spec().files().orElseThrow(() -> refused("its data do not come from files"));
    ReadSpec source = trusted(said);
    InputFiles now =
        ListedFiles.of(
                DataSource.unread(session, source, new StructType().add("x", DataTypes.StringType)))
            .orElseThrow(() -> refused("its data do not come from files"));
    if (!now.equals(read)) {
      throw new DataException(
          "Cannot give cv-plus intervals: the data in "
              + source.path()
              + " have changed since "
              + run.directory()
              + " was trained on them (there were "
              + text(read)
              + ", now "
              + text(now)
              + (now.count() == read.count() && now.bytes() == read.bytes()
                  ? " of other names or times"
                  : "")
              + "); train again, or use predictive intervals");
    }
    return DataSource.read(session, source, meter);
  }

  private static String text(InputFiles files) {
    return String.format(
        Locale.ROOT,
        "%,d file%s of %,d bytes",
        files.count(),
        files.count() == 1 ? "" : "s",
        files.bytes());
  }

  /** Returns the source with secrets and filter from this command line. */
  private ReadSpec trusted(ReadSpec said) {
    if (said.format().isPresent() && !FORMATS.contains(said.format().get())) {
      throw refused("its format " + Names.quoted(said.format().get()) + " is none of plain files");
    }
    if (said.path().contains(Secrets.MASK)) {
      throw refused("its path has a secret, which the run does not keep");
    }
    if (!said.where().equals(settings.text(Setting.WHERE)) && said.where().isPresent()) {
      throw refused(
          "it was trained on the rows with "
              + said.where().get()
              + ", and a filter is not taken from a run: give the same --where, which then applies to"
              + " the rows to predict, too");
    }
    Map<String, String> given = settings.pairs(Setting.OPTION);
    Map<String, String> options = new LinkedHashMap<>();
    said.options().forEach((key, value) -> options.put(key, option(key, value, given)));
    return new ReadSpec(said.path(), said.format(), options, said.where());
  }

  private String option(String key, String value, Map<String, String> given) {
    boolean known = OPTIONS.contains(key.toLowerCase(Locale.ROOT)) && !value.equals(Secrets.MASK);
    if (!known && !given.containsKey(key)) {
      throw refused(
          "the reader option "
              + Names.quoted(key)
              + " is not taken from a run: give it again, in --option or as "
              + Setting.PREFIX
              + Setting.OPTION.key()
              + "."
              + key
              + " in Spark's configuration");
    }
    return known ? value : given.get(key);
  }

  private DataException refused(String why) {
    return new DataException(
        "Cannot read the data of " + run.directory() + " again for cv-plus intervals: " + why);
  }
}

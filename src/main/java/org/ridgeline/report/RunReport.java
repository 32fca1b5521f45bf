package org.ridgeline.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ridgeline.forecast.TargetForecast;
import org.ridgeline.infer.Collinearity;
import org.ridgeline.linalg.Vec;

/**
 * The report of a finished fit or tuning, for people and programs.
 *
 * @param command {@code fit} or {@code tune}
 * @param data what was read
 * @param options the resolved options, secrets masked, in the order to show them
 * @param targets the result of each target
 * @param validation which rows trained and which were scored
 * @param map the feature map, if there is one
 * @param spectra the eigenvalues of the standardized scatter matrix by target, where known
 * @param numerics how well the numbers are determined
 * @param cost what it took
 * @param warnings complete sentences
 * @param forecasts what more rows would bring to each target; empty where it was not asked for
 */
public record RunReport(
    String command,
    DataSummary data,
    Map<String, Object> options,
    List<TargetResult> targets,
    ValidationReport validation,
    Optional<MapReport> map,
    Map<String, Vec> spectra,
    Numerics numerics,
    Cost cost,
    List<String> warnings,
    List<TargetForecast> forecasts) {
  /** Copies the collections. */
  public RunReport {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    targets = List.copyOf(targets);
    spectra = Map.copyOf(spectra);
    warnings = List.copyOf(warnings);
    forecasts = List.copyOf(forecasts);
  }

  /** Returns this with what more rows would bring. */
  public RunReport with(List<TargetForecast> choice) {
    return new RunReport(
        command,
        data,
        options,
        targets,
        validation,
        map,
        spectra,
        numerics,
        cost,
        warnings,
        choice);
  }

  /**
   * The rows and columns that took part.
   *
   * @param n rows, those of weight 0 included
   * @param weightSum W
   * @param features the names of the d inputs
   * @param skipped columns left out of the default set, with their types
   * @param rowsDropped rows with invalid values that were left out
   */
  public record DataSummary(
      long n, double weightSum, List<String> features, List<String> skipped, long rowsDropped) {
    /** Copies the lists. */
    public DataSummary {
      features = List.copyOf(features);
      skipped = List.copyOf(skipped);
    }

    /** d, the number of inputs. */
    public int d() {
      return features.size();
    }
  }

  /**
   * How well the numbers are determined: of several targets, the worst.
   *
   * @param solver what solved the systems
   * @param rank the numerical rank of the scatter matrix
   * @param rcond reciprocal condition number of the chosen system
   * @param residual relative residual of the normal equations
   * @param digitsLost decimal digits that the errors lost by cancellation
   * @param collinearity of the inputs, where it was computed
   * @param blas what runs as BLAS on the driver
   * @param lapack what runs as LAPACK on the driver
   */
  public record Numerics(
      String solver,
      int rank,
      double rcond,
      double residual,
      double digitsLost,
      Optional<Collinearity> collinearity,
      String blas,
      String lapack) {}

  /**
   * What was read of the data.
   *
   * @param passes reads of the data
   * @param prePasses small reads before: schema inference, category levels, map scaling
   * @param bytesRead by all of them
   * @param moments where the moments came from
   */
  public record Reads(int passes, int prePasses, long bytesRead, MomentsFrom moments) {
    /** Nothing: all came from stored moments. */
    public static final Reads NONE = new Reads(0, 0, 0, MomentsFrom.STORED);
  }

  /** Where the moments of a run came from. */
  public enum MomentsFrom {
    /** The rows. */
    ROWS,
    /** What an interrupted run of the same kind had kept. */
    CHECKPOINT,
    /** Stored moments. */
    STORED;

    /** Returns the name in files. */
    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What the run took.
   *
   * @param reads of the data
   * @param seconds by stage, in order
   */
  public record Cost(Reads reads, Map<String, Double> seconds) {
    /** Copies the map. */
    public Cost {
      seconds = Collections.unmodifiableMap(new LinkedHashMap<>(seconds));
    }
  }
}

package org.ridgeline.train;

import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.ridgeline.dataset.OnInvalid;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.spark.Design;
import org.ridgeline.spark.Designs;
import org.ridgeline.spark.LabelCells;
import org.ridgeline.spark.LeaveOneOutPass;
import org.ridgeline.spark.PassMeter;
import org.ridgeline.spark.SampledRows;

/** The rows of a training and their columns, resolved when they are first needed. */
public final class TrainingRows {
  private final TrainSpec spec;
  private final Journal journal;
  private final PassMeter meter;
  private final Supplier<Dataset<Row>> opening;
  private final LabelCells labels;
  private final Optional<FeatureMap> mapped;
  private Dataset<Row> rows; // null until they are opened
  private Design design; // null until it is needed
  private SampledRows sample; // null before the pass, or the checkpoint, that has it

  private TrainingRows(
      TrainSpec spec,
      Supplier<Dataset<Row>> opening,
      PassMeter meter,
      Journal journal,
      LabelCells labels,
      Optional<FeatureMap> mapped) {
    this.spec = spec;
    this.opening = opening;
    this.meter = meter;
    this.journal = journal;
    this.labels = labels;
    this.mapped = mapped;
  }

  /**
   * Returns rows that are opened when they are first needed.
   *
   * @param opening gives the rows, not read yet
   * @param meter counts the reads
   */
  public static TrainingRows of(
      TrainSpec spec, Supplier<Dataset<Row>> opening, PassMeter meter, Journal journal) {
    return new TrainingRows(spec, opening, meter, journal, LabelCells.NUMBERS, Optional.empty());
  }

  /** Returns these rows, whose labels may be arrays or vectors of targets. */
  public TrainingRows withArrayLabels() {
    return with(LabelCells.ARRAYS, mapped);
  }

  /** Returns these rows, each mapped inside the aggregation: the map's outputs are the columns. */
  public TrainingRows mappedBy(FeatureMap map) {
    return with(labels, Optional.of(map));
  }

  /** The same rows, not opened again. */
  private TrainingRows with(LabelCells kind, Optional<FeatureMap> map) {
    TrainingRows same = new TrainingRows(spec, opening, meter, journal, kind, map);
    same.rows = rows;
    same.design = kind == labels ? design : null;
    return same;
  }

  /** Returns the map that rows go through before anything else. */
  Optional<FeatureMap> mapped() {
    return mapped;
  }

  SparkSession session() {
    return meter.session(); // which does not open the rows
  }

  /** Returns the meter that counts the reads. */
  PassMeter meter() {
    return meter;
  }

  OnInvalid onInvalid() {
    return spec.onInvalid();
  }

  /** Returns the rows, not read yet. */
  public Dataset<Row> rows() {
    if (rows == null) {
      rows = journal.time("schema", opening);
    }
    return rows;
  }

  /** Keeps the sample of the pass, or of the checkpoint of an earlier one. */
  public void keep(SampledRows rowsOfThePass) {
    sample = rowsOfThePass;
  }

  /** Returns the sample of the rows; empty before a pass over them. */
  public Optional<SampledRows> sample() {
    return Optional.ofNullable(sample);
  }

  /** Returns a further pass, which leaves every row out. */
  LeaveOneOutPass leaveOneOutPass() {
    return new LeaveOneOutPass(design(), onInvalid(), rows(), meter);
  }

  /** Returns the columns. */
  public Design design() {
    if (design == null) {
      Dataset<Row> data = rows();
      design = journal.time("columns", () -> Designs.of(data, spec.columns(), labels, meter));
    }
    return design;
  }
}

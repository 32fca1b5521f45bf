package org.ridgeline.cli;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.features.MapKind;
import org.ridgeline.features.MapSpec;
import org.ridgeline.select.MapGrid;
import org.ridgeline.spark.Design;
import org.ridgeline.spark.MapInputs;
import org.ridgeline.spark.MapPrePass;
import org.ridgeline.spark.OnInvalid;
import org.ridgeline.spark.PassMeter;

/**
 * The maps of a run, ready to be applied to rows.
 *
 * @param grid what there is to choose from
 * @param maps the widest map at each length scale
 * @param inputs what the pre-pass learnt of the inputs
 */
record PreparedMaps(MapGrid grid, List<FeatureMap> maps, MapInputs inputs) {

  /** Learns from the rows what the maps need, and makes them. */
  static PreparedMaps of(
      MapOptions options, Dataset<Row> rows, Design design, OnInvalid onInvalid, PassMeter meter) {
    boolean nystrom = options.base().kind() == MapKind.NYSTROM;
    MapPrePass.Request request =
        new MapPrePass.Request(
            options.inputs(),
            options.clip(),
            nystrom ? centres(options) : 0,
            options.needsMedian(),
            options.base().seed());
    MapInputs inputs = MapPrePass.run(rows, design, request, onInvalid, meter);
    MapOptions fitted = nystrom ? limited(options, inputs) : options;
    List<MapSpec> widest = fitted.widest(inputs.median());
    return new PreparedMaps(
        new MapGrid(widest, fitted.widths(), design.inputs()),
        widest.stream().map(spec -> map(spec, inputs)).toList(),
        inputs);
  }

  private static int centres(MapOptions options) {
    return options.centres() == MapOptions.Centres.EVERY_ROW
        ? MapPrePass.Request.ALL_ROWS
        : options.largestWidth();
  }

  /** There are no more centres than different rows; larger widths become that number. */
  private static MapOptions limited(MapOptions options, MapInputs inputs) {
    int found = inputs.centres().orElseThrow().columns();
    return options.withWidths(
        options.widths().stream().map(width -> Math.min(width, found)).distinct().toList());
  }

  private static FeatureMap map(MapSpec spec, MapInputs inputs) {
    return spec.kind() == MapKind.NYSTROM
        ? FeatureMap.nystrom(spec, inputs.scaling(), inputs.centres().orElseThrow())
        : FeatureMap.random(spec, inputs.scaling());
  }
}

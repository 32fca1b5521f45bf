package org.ridgeline.train;

import java.util.List;
import org.ridgeline.base.Words;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.features.MapKind;
import org.ridgeline.features.MapSpec;
import org.ridgeline.select.MapGrid;
import org.ridgeline.spark.MapInputs;
import org.ridgeline.spark.MapPrePass;

/**
 * The maps of a run, ready to be applied to rows.
 *
 * @param search what was asked
 * @param grid the settings to choose from
 * @param maps the widest map at each length scale
 * @param inputs scaling, centers and median distance from the pre-pass
 */
record PreparedMaps(MapSearch search, MapGrid grid, List<FeatureMap> maps, MapInputs inputs) {

  /** Reads scaling, centers and median distance from the rows and returns the maps. */
  static PreparedMaps of(MapSearch search, TrainingRows data) {
    boolean nystrom = search.base().kind() == MapKind.NYSTROM;
    MapPrePass.Request request =
        new MapPrePass.Request(
            search.inputs(),
            search.clip(),
            nystrom ? centers(search) : 0,
            search.needsMedian(),
            search.base().seed());
    MapInputs inputs =
        MapPrePass.run(data.rows(), data.design(), request, data.onInvalid(), data.meter());
    MapSearch fitted = nystrom ? limited(search, inputs) : search;
    List<MapSpec> widest = fitted.widest(inputs.median());
    return new PreparedMaps(
        search,
        new MapGrid(widest, fitted.widths(), data.design().inputs()),
        widest.stream().map(spec -> map(spec, inputs)).toList(),
        inputs);
  }

  /** Returns what stored moments keep of the maps. */
  MomentsSet.Maps description() {
    return new MomentsSet.Maps(
        maps.stream().map(FeatureMap::description).toList(),
        grid.widths(),
        Words.of(search.inputs()),
        inputs.median());
  }

  private static int centers(MapSearch search) {
    return search.centers() == MapSearch.Centers.EVERY_ROW
        ? MapPrePass.Request.ALL_ROWS
        : search.largestWidth();
  }

  /** There are no more centers than different rows; larger widths become that number. */
  private static MapSearch limited(MapSearch search, MapInputs inputs) {
    int found = inputs.centers().orElseThrow().columns();
    return search.withWidths(
        search.widths().stream().map(width -> Math.min(width, found)).distinct().toList());
  }

  private static FeatureMap map(MapSpec spec, MapInputs inputs) {
    return spec.kind() == MapKind.NYSTROM
        ? FeatureMap.nystrom(spec, inputs.scaling(), inputs.centers().orElseThrow())
        : FeatureMap.random(spec, inputs.scaling());
  }
}

package org.ridgeline.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.ridgeline.base.Check;
import org.ridgeline.features.FeatureMap;
import org.ridgeline.ridge.RotatedModels;

/**
 * What a pass of {@link LeaveOneOutJob} leaves rows out of: the models of the rows themselves, or
 * for some feature maps those of each setting, on the leading features of one of the maps.
 */
public final class LeftOutModels implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ArrayList<FeatureMap> maps; // empty: the rows themselves
  private final ArrayList<RotatedModels> models = new ArrayList<>();
  private final ArrayList<Integer> mapOf = new ArrayList<>();

  private LeftOutModels(List<FeatureMap> maps) {
    this.maps = new ArrayList<>(maps);
  }

  /** The models of the rows themselves. */
  public static LeftOutModels of(RotatedModels models) {
    LeftOutModels result = new LeftOutModels(List.of());
    result.models.add(models);
    return result;
  }

  /** The models of features of these maps, none of them yet. */
  public static LeftOutModels ofMaps(List<FeatureMap> maps) {
    Check.that(!maps.isEmpty(), "Cannot map rows: there is no feature map");
    return new LeftOutModels(maps);
  }

  /**
   * Adds the models of one setting.
   *
   * @param map the number of the map whose leading features they take
   */
  public void add(int map, RotatedModels setting) {
    models.add(setting);
    mapOf.add(map);
  }

  /** How many settings there are; 1 without maps. */
  int size() {
    return models.size();
  }

  /** The models of setting {@code i}. */
  RotatedModels get(int i) {
    return models.get(i);
  }

  List<FeatureMap> maps() {
    return maps;
  }

  /** Whether setting {@code i} is of the map of this number, -1 for the rows themselves. */
  boolean isOf(int i, int map) {
    return map < 0 || mapOf.get(i) == map;
  }

  /** Checks that every setting can be scored on rows of so many inputs and targets. */
  void requireFit(int inputs, int targets) {
    for (FeatureMap map : maps) {
      Check.that(
          map.inputs() == inputs,
          "Cannot map rows of %d features by a map of %d inputs",
          inputs,
          map.inputs());
    }
    for (int i = 0; i < models.size(); i++) {
      int width = targets + (maps.isEmpty() ? inputs : maps.get(mapOf.get(i)).outputs());
      Check.that(
          models.get(i).width() == width,
          "Cannot leave rows out of models of %d columns: the rows have %d",
          models.get(i).width(),
          width);
    }
  }
}

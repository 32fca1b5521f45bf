package org.ridgeline.report;

import static org.ridgeline.report.PlainTable.count;
import static org.ridgeline.report.PlainTable.number;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.ridgeline.features.MapDescription;
import org.ridgeline.features.MapKind;
import org.ridgeline.features.MapSpec;
import org.ridgeline.select.MapSetting;
import org.ridgeline.select.Rule;
import org.ridgeline.select.SurfacePoint;

/** The map settings of a run in plain ASCII: what they are, and the best error of each. */
final class SurfaceText {
  private final MapReport map;

  SurfaceText(MapReport map) {
    this.map = map;
  }

  /** Returns the kind of map and what happens to its inputs. */
  String kind() {
    MapDescription first = map.map();
    MapSpec spec = first.spec();
    StringBuilder text = new StringBuilder(spec.kind().label());
    if (spec.kind() == MapKind.NYSTROM) {
      text.append(" of kernel ").append(spec.kernel().label());
    }
    if (spec.kind().hasBias()) {
      text.append(spec.bias() == 1 ? " with a bias" : " without a bias");
    }
    text.append(map.standardize().equals("none") ? " of the inputs" : " of standardized inputs");
    first.scaling().clip().ifPresent(c -> text.append(" clipped at ").append(number(c)));
    map.median().ifPresent(m -> text.append(", median distance ").append(number(m)));
    return text.toString();
  }

  /** Returns the setting that target {@code t} chose. */
  String chosen(int t) {
    MapSetting setting = map.surface().chosen(t).setting();
    String scale =
        setting.lengthScale().isPresent()
            ? ", length scale " + number(setting.lengthScale().getAsDouble())
            : "";
    double jitter = map.maps().get(t).jitter();
    int settings = map.surface().points().size();
    return "width "
        + count(setting.width())
        + scale
        + (jitter > 0 ? ", jitter " + number(jitter) : "")
        + (settings > 1 ? " (best of " + settings + " settings)" : "");
  }

  /** Returns a row for each width, a column for each length scale; empty for one setting. */
  Optional<String> table(int t) {
    List<SurfacePoint> points = map.surface().points();
    if (points.size() < 2) {
      return Optional.empty();
    }
    boolean folded = points.get(0).heldOut(t).isPresent();
    List<OptionalDouble> scales =
        points.stream().map(point -> point.setting().lengthScale()).distinct().toList();
    List<Integer> widths =
        points.stream().map(point -> point.setting().width()).distinct().toList();
    PlainTable table = new PlainTable(2);
    List<String> head = new ArrayList<>(List.of("width"));
    Rule rule = points.get(0).target(t).selection().rule();
    String score = folded ? "cv_mse" : rule == Rule.GIVEN ? "gcv" : rule.label();
    for (OptionalDouble scale : scales) {
      head.add(scale.isPresent() ? score + " at " + number(scale.getAsDouble()) : score);
    }
    table.row(head.toArray(String[]::new));
    for (int width : widths) {
      List<String> row = new ArrayList<>(List.of(count(width)));
      for (OptionalDouble scale : scales) {
        row.add(cell(t, width, scale, folded));
      }
      table.row(row.toArray(String[]::new));
    }
    return Optional.of(table.text());
  }

  private String cell(int t, int width, OptionalDouble scale, boolean folded) {
    for (SurfacePoint point : map.surface().points()) {
      MapSetting setting = point.setting();
      if (setting.width() == width && setting.lengthScale().equals(scale)) {
        double score = folded ? point.heldOut(t).orElseThrow() : point.score(t);
        boolean chosen = setting.equals(map.surface().chosen(t).setting());
        return number(score) + (chosen ? " *" : "  ");
      }
    }
    return "";
  }
}

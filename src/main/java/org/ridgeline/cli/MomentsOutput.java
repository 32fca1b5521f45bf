package org.ridgeline.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.ridgeline.base.Secrets;
import org.ridgeline.dataset.FoldRule;
import org.ridgeline.dataset.MomentsSet;
import org.ridgeline.moments.FoldedMoments;
import org.ridgeline.report.JsonText;
import org.ridgeline.report.MomentsJson;
import org.ridgeline.report.PlainTable;
import org.ridgeline.select.MapGrid;
import org.ridgeline.select.MapSetting;
import org.ridgeline.store.MomentsStore;
import org.ridgeline.store.RunDirectory;
import org.ridgeline.store.RunOverlap;

/** Writes moments into a directory and prints a summary of them. */
final class MomentsOutput {
  private static final int SHOWN = 8;

  private final RunContext context;
  private final String name;
  private final RunDirectory directory;

  private MomentsOutput(RunContext context, String name, RunDirectory directory) {
    this.context = context;
    this.name = name;
    this.directory = directory;
  }

  /** Opens {@code --out}, which must be apart from what is read. */
  static MomentsOutput open(RunContext context, String... inputs) {
    String name = context.settings().required(Setting.OUT);
    for (String input : inputs) {
      RunOverlap.requireApart(input, name, context.hadoop());
    }
    OutputOptions options = OutputOptions.of(context.settings(), Set.of());
    return new MomentsOutput(context, name, context.open(name, options, inputs[0]));
  }

  /** Writes and commits moments, and prints a summary. */
  int commit(MomentsSet moments) {
    return commit(moments, OptionalDouble.empty());
  }

  /** Writes and commits moments that have lost digits, and prints a summary. */
  int commit(MomentsSet moments, double digitsLost) {
    return commit(moments, OptionalDouble.of(digitsLost));
  }

  private int commit(MomentsSet moments, OptionalDouble digitsLost) {
    MomentsStore.writeAs(directory, moments);
    directory.commit(ExitCode.OK, Optional.empty());
    print(context, name, moments, digitsLost);
    return ExitCode.OK;
  }

  /** Prints a summary of moments. */
  static void print(
      RunContext context, String name, MomentsSet moments, OptionalDouble digitsLost) {
    if (OutputOptions.form(context.settings()) == OutputOptions.Form.JSON) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("moments", name);
      map.putAll(MomentsJson.describe(moments));
      map.put("maps", moments.maps().map(MomentsOutput::settings).orElse(null));
      digitsLost.ifPresent(lost -> map.put("digitsLost", lost));
      context.console().result(JsonText.pretty(map));
    } else {
      context.console().result(text(name, moments, digitsLost));
    }
  }

  private static List<Map<String, Object>> settings(MomentsSet.Maps maps) {
    List<Map<String, Object>> settings = new ArrayList<>();
    for (MapSetting setting : maps.grid().settings()) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("map", setting.map());
      map.put("width", setting.width());
      map.put("length_scale", setting.lengthScale());
      settings.add(map);
    }
    return settings;
  }

  private static String text(String name, MomentsSet moments, OptionalDouble digitsLost) {
    PlainTable table = new PlainTable(2);
    MomentsSet.Columns columns = moments.columns();
    table.row("moments", Secrets.masked(name));
    table.row("rows", PlainTable.count(moments.rows()));
    table.row("labels", String.join(", ", columns.labels()));
    table.row(
        "features",
        PlainTable.count(columns.features().size())
            + ": "
            + PlainTable.names(columns.features(), SHOWN));
    columns
        .weight()
        .ifPresent(
            weight ->
                table.row(
                    "weight",
                    weight + " (" + columns.weightKind().name().toLowerCase(Locale.ROOT) + ")"));
    moments.maps().ifPresent(maps -> table.row("map", map(maps)));
    table.row("folds", folds(moments));
    moments.sources().forEach(source -> table.row("from", source(source)));
    digitsLost.ifPresent(
        lost -> table.row("digits", String.format(Locale.ROOT, "lost %.1f of 16", lost)));
    return table.text() + "\n" + foldTable(moments.moments());
  }

  private static String map(MomentsSet.Maps maps) {
    MapGrid grid = maps.grid();
    return grid.settings().get(0).map()
        + ", widths "
        + PlainTable.names(maps.widths().stream().map(Object::toString).toList(), SHOWN)
        + ", "
        + maps.widest().size()
        + (maps.widest().size() == 1 ? " map" : " length scales");
  }

  private static String folds(MomentsSet moments) {
    FoldRule folds = moments.folds();
    String count = Integer.toString(moments.moments().folds());
    return switch (folds.kind()) {
      case SINGLE -> "none";
      case CONTENT -> count + " by the content of rows, seed " + folds.seed();
      case KEY -> count + " by " + folds.column().orElse("") + ", seed " + folds.seed();
      case VECTOR ->
          count + " by the vectors in " + folds.column().orElse("") + ", seed " + folds.seed();
      case COLUMN -> count + ", the values of " + folds.column().orElse("");
    };
  }

  private static String source(MomentsSet.Source source) {
    String where = source.where().map(condition -> " where " + condition).orElse("");
    String rows = PlainTable.count(Math.abs(source.rows())) + " rows of ";
    return (source.rows() < 0 ? "without " : "") + rows + source.input() + where;
  }

  private static String foldTable(FoldedMoments moments) {
    PlainTable table = new PlainTable(2);
    table.row("fold", "rows", "weight");
    for (int f = 0; f < moments.folds(); f++) {
      table.row(
          moments.label(f),
          PlainTable.count(moments.fold(f).rows()),
          PlainTable.number(moments.fold(f).weightSum()));
    }
    return table.text();
  }
}

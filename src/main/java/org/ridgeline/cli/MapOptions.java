package org.ridgeline.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.ridgeline.base.Check;
import org.ridgeline.features.Kernel;
import org.ridgeline.features.MapKind;
import org.ridgeline.features.MapSpec;
import org.ridgeline.ridge.Scaling;
import org.ridgeline.train.MapSearch;

/** The options that say which feature maps to search, as a {@link MapSearch}. */
final class MapOptions {
  private static final String ALL = "all";

  /** Options that mean nothing without a map. */
  static final List<Setting> ONLY_WITH_MAP =
      List.of(Setting.KERNEL, Setting.WIDTH, Setting.LENGTH_SCALE, Setting.BIAS, Setting.CLIP);

  private MapOptions() {}

  /** Returns the maps asked for; empty for {@code --map none}. */
  static Optional<MapSearch> of(Settings settings) {
    List<String> words =
        Stream.concat(Stream.of("none"), Arrays.stream(MapKind.values()).map(MapKind::label))
            .toList();
    String word = settings.choice(Setting.MAP, words);
    if (word.equals("none")) {
      for (Setting setting : ONLY_WITH_MAP) {
        boolean isDefault = settings.text(setting).equals(setting.preset());
        Check.that(
            isDefault, "Cannot use %s without --map: it says what map to use", setting.flag());
      }
      return Optional.empty();
    }
    MapKind kind = MapKind.of(word);
    List<Integer> widths = widths(settings, kind);
    MapSpec base =
        new MapSpec(
            kind,
            kernel(settings, kind),
            widths.isEmpty() ? 1 : widths.get(widths.size() - 1),
            1,
            bias(settings, kind),
            settings.whole(Setting.SEED, Long.MIN_VALUE));
    widths.forEach(base::withWidth); // an odd width of a map of pairs is refused
    Scaling inputs = SolveOptions.scaling(settings);
    return Optional.of(
        new MapSearch(
            base,
            widths,
            widths.isEmpty() ? MapSearch.Centers.EVERY_ROW : MapSearch.Centers.SOME,
            lengthScales(settings, base),
            settings.command() == Command.FIT ? MapSearch.Automatic.ONE : MapSearch.Automatic.GRID,
            inputs,
            clip(settings, inputs)));
  }

  private static List<Integer> widths(Settings settings, MapKind kind) {
    List<String> words = settings.commas(Setting.WIDTH);
    if (words.equals(List.of(ALL))) {
      Check.that(
          kind == MapKind.NYSTROM,
          "Cannot use --width all with --map %s: only nystrom can take every row",
          kind.label());
      return List.of();
    }
    List<Integer> widths = new ArrayList<>();
    for (String word : words) {
      Check.that(
          word.matches("[1-9]\\d{0,8}"),
          "Cannot read --width '%s': it must be a positive whole number%s",
          word,
          kind == MapKind.NYSTROM ? ", or all by itself" : "");
      widths.add(Integer.valueOf(word));
    }
    Check.that(!widths.isEmpty(), "Cannot read --width: the list is empty");
    return widths.stream().distinct().sorted().toList();
  }

  private static Kernel kernel(Settings settings, MapKind kind) {
    if (kind == MapKind.NYSTROM) {
      return Kernel.of(
          settings.choice(Setting.KERNEL, List.of("rbf", "laplace", "matern32", "matern52")));
    }
    Check.that(
        !settings.isGiven(Setting.KERNEL),
        "Cannot use --kernel with --map %s: its kernel is %s; only nystrom leaves a choice",
        kind.label(),
        kind.kernel().label());
    return kind.kernel();
  }

  private static int bias(Settings settings, MapKind kind) {
    Check.that(
        kind.hasBias() || !settings.isGiven(Setting.BIAS),
        "Cannot use --bias with --map %s: only arccos and ntk maps have one",
        kind.label());
    return kind.hasBias() && settings.choice(Setting.BIAS, List.of("0", "1")).equals("1") ? 1 : 0;
  }

  private static List<Double> lengthScales(Settings settings, MapSpec base) {
    Check.that(
        base.kind().hasLengthScale() || !settings.isGiven(Setting.LENGTH_SCALE),
        "Cannot use --length-scale with --map %s: it has none; scale the inputs instead",
        base.kind().label());
    List<String> words = settings.commas(Setting.LENGTH_SCALE);
    if (words.equals(List.of("auto"))) {
      return List.of();
    }
    List<Double> scales =
        words.stream()
            .map(word -> SolveOptions.number(word, Setting.LENGTH_SCALE.flag()))
            .distinct()
            .toList();
    Check.that(!scales.isEmpty(), "Cannot read --length-scale: the list is empty");
    for (double scale : scales) {
      Check.that(
          scale > 0 && scale < Double.POSITIVE_INFINITY,
          "Cannot use --length-scale %s: it must be finite and > 0",
          scale);
    }
    return scales;
  }

  private static OptionalDouble clip(Settings settings, Scaling inputs) {
    String word = settings.required(Setting.CLIP);
    if (word.equals("off")) {
      return OptionalDouble.empty();
    }
    double clip = SolveOptions.number(word, Setting.CLIP.flag());
    Check.that(
        clip > 0 && clip < Double.POSITIVE_INFINITY,
        "Cannot use --clip %s: it must be finite and > 0, or off",
        word);
    Check.that(
        inputs != Scaling.NONE,
        "Cannot use --clip with --standardize none: it counts standard deviations");
    return OptionalDouble.of(clip);
  }
}

package org.ridgeline.cli;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.ridgeline.base.Check;
import org.ridgeline.base.Secrets;
import org.ridgeline.base.UsageException;
import org.ridgeline.base.Words;
import org.ridgeline.dataset.ColumnRoles;

/**
 * The settings of one command, resolved: flag before Spark configuration before file before
 * default. Pairs are merged key by key.
 */
final class Settings {
  /** Spark's own pattern of keys whose values are secret. */
  private static final String REDACTED = "(?i)secret|password|token|access[.]?key";

  private final Command command;
  private final Map<Setting, List<String>> given;
  private final List<String> arguments;
  private final Pattern secret;

  private Settings(
      Command command, Map<Setting, List<String>> given, List<String> arguments, Pattern secret) {
    this.command = command;
    this.given = given;
    this.arguments = arguments;
    this.secret = secret;
  }

  /**
   * Resolves the settings of a command.
   *
   * @param flags what the command line gave
   * @param arguments its positional arguments
   * @param environment where Spark's configuration comes from
   * @throws IllegalArgumentException naming the nearest key to one that does not exist
   */
  static Settings resolve(
      Command command,
      Map<Setting, List<String>> flags,
      List<String> arguments,
      Map<String, String> environment) {
    Map<Setting, List<String>> spark = SettingSources.ofSpark(environment);
    List<Map<Setting, List<String>>> sources = new ArrayList<>(List.of(flags, spark));
    Optional<List<String>> file =
        Optional.ofNullable(flags.getOrDefault(Setting.CONFIG, spark.get(Setting.CONFIG)));
    file.ifPresent(path -> sources.add(SettingFile.read(path.get(0))));
    Map<Setting, List<String>> given = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      if (setting.isTakenBy(command)) {
        List<String> values = SettingSources.merge(setting, sources);
        if (!values.isEmpty()) {
          given.put(setting, values);
        }
      }
    }
    String pattern = environment.getOrDefault("spark.redaction.regex", REDACTED);
    return new Settings(command, given, List.copyOf(arguments), Pattern.compile(pattern));
  }

  Command command() {
    return command;
  }

  /** Returns the positional arguments. */
  List<String> arguments() {
    return arguments;
  }

  /** Whether a value was given, other than by default. */
  boolean isGiven(Setting setting) {
    return given.containsKey(setting);
  }

  /** Returns the value, if given or by default. */
  Optional<String> text(Setting setting) {
    return isGiven(setting) ? Optional.of(given.get(setting).get(0)) : setting.preset();
  }

  /**
   * Returns the value.
   *
   * @throws IllegalArgumentException when there is none
   */
  String required(Setting setting) {
    return text(setting)
        .orElseThrow(
            () ->
                new UsageException("The command '" + command.word() + "' needs " + setting.flag()));
  }

  /** Whether the flag is set. */
  boolean isSet(Setting setting) {
    String text = required(setting);
    Check.that(
        text.equals("true") || text.equals("false"),
        "Cannot read %s '%s': it must be true or false",
        setting.flag(),
        text);
    return text.equals("true");
  }

  /** Returns a whole number of at least {@code least}. */
  long whole(Setting setting, long least) {
    String text = required(setting);
    Check.that(
        text.matches("-?\\d{1,18}") && Long.parseLong(text) >= least,
        "Cannot read %s '%s': it must be a whole number%s",
        setting.flag(),
        text,
        least == Long.MIN_VALUE ? "" : " of at least " + least);
    return Long.parseLong(text);
  }

  /** One of the words of an enum. */
  <E extends Enum<E>> E choice(Setting setting, Class<E> type) {
    return Words.find(type, choice(setting, Words.all(type))).orElseThrow();
  }

  /** One of these words. */
  String choice(Setting setting, List<String> words) {
    String text = required(setting);
    Check.that(
        words.contains(text),
        "Cannot read %s '%s': it must be %s",
        setting.flag(),
        text,
        either(words));
    return text;
  }

  private static String either(List<String> words) {
    int last = words.size() - 1;
    return last == 0
        ? words.get(0)
        : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }

  /** Returns all values of a repeatable setting. */
  List<String> list(Setting setting) {
    return given.getOrDefault(setting, List.of());
  }

  /** Returns the parts of a comma list, without blanks around them. */
  List<String> commas(Setting setting) {
    return text(setting).map(ColumnRoles::globs).orElse(List.of());
  }

  /** Returns the pairs of a setting, in order. */
  Map<String, String> pairs(Setting setting) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : list(setting)) {
      int at = setting.splitOf(pair);
      pairs.put(pair.substring(0, at), pair.substring(at + 1));
    }
    return pairs;
  }

  /** Returns every option of the command with its value or default, secrets masked. */
  Map<String, Object> shown() {
    Map<String, Object> shown = new LinkedHashMap<>();
    for (Setting setting : Setting.values()) {
      if (setting.isTakenBy(command)) {
        shown.put(setting.key(), shown(setting));
      }
    }
    return shown;
  }

  private Object shown(Setting setting) {
    return switch (setting.shape()) {
      case TEXT, COMMAS -> text(setting).map(Secrets::masked).orElse(null);
      case NUMBER -> text(setting).map(Settings::number).orElse(null);
      case FLAG -> isSet(setting);
      case LIST -> list(setting).stream().map(Secrets::masked).toList();
      case PAIRS -> masked(setting);
    };
  }

  /** Returns the pairs of a setting, secrets masked. */
  Map<String, String> masked(Setting setting) {
    Map<String, String> masked = new LinkedHashMap<>();
    pairs(setting)
        .forEach(
            (key, value) -> masked.put(key, isSecret(key) ? Secrets.MASK : Secrets.masked(value)));
    return masked;
  }

  private static Object number(String text) {
    boolean whole = text.matches("-?\\d{1,18}");
    return whole ? (Object) Long.valueOf(text) : Double.valueOf(text);
  }

  private boolean isSecret(String key) {
    return secret.matcher(key).find() || Secrets.isSecret(key);
  }
}

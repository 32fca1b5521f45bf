package org.ridgeline.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.ridgeline.base.Names;
import org.ridgeline.base.UsageException;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Parses the command line into a command and its settings; prints help and version. */
final class CommandParser {
  private static final String NAME = "ridgeline";
  private static final int WIDTH = 100;

  /** The options of spark-submit that are most often put in the wrong place. */
  private static final Set<String> SPARK_SUBMIT =
      Set.of(
          "--master",
          "--deploy-mode",
          "--conf",
          "--properties-file",
          "--driver-memory",
          "--executor-memory",
          "--executor-cores",
          "--num-executors",
          "--total-executor-cores",
          "--jars",
          "--packages",
          "--queue");

  private CommandParser() {}

  /**
   * A parsed command line.
   *
   * @param command the command
   * @param flags its options as given
   * @param arguments its operands
   */
  record Parsed(Command command, Map<Setting, List<String>> flags, List<String> arguments) {}

  /**
   * Parses the words and prints help or the version on request.
   *
   * @return the command to run; empty after help or version
   * @throws IllegalArgumentException when a word is not understood, naming the nearest
   */
  static Optional<Parsed> parse(String[] words, Console console) {
    CommandLine line = commandLine();
    try {
      ParseResult result = line.parseArgs(words);
      return answered(result, console) ? Optional.empty() : Optional.of(parsed(result));
    } catch (UnmatchedArgumentException e) {
      throw new UsageException(unknown(e), e);
    } catch (ParameterException e) {
      throw new UsageException(e.getMessage() + hint(e.getCommandLine()), e);
    }
  }

  private static boolean answered(ParseResult result, Console console) {
    List<CommandLine> asked = result.asCommandLineList();
    CommandLine last = asked.get(asked.size() - 1);
    if (last.isUsageHelpRequested()
        || (!last.getSubcommands().isEmpty() && !last.isVersionHelpRequested())) {
      console.result(last.getUsageMessage(Ansi.OFF));
      return true;
    }
    if (last.isVersionHelpRequested()) {
      console.result(version() + "\n");
      return true;
    }
    return false;
  }

  private static Parsed parsed(ParseResult root) {
    ParseResult result = root;
    List<String> words = new ArrayList<>();
    while (result.hasSubcommand()) {
      result = result.subcommand();
      words.add(result.commandSpec().name());
    }
    Command command = Command.of(String.join(" ", words));
    Map<Setting, List<String>> flags = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      if (result.hasMatchedOption(setting.flag())) {
        Object value = result.matchedOption(setting.flag()).getValue();
        List<String> texts = new ArrayList<>();
        if (value instanceof List<?> list) {
          list.forEach(element -> texts.add(element.toString()));
        } else {
          texts.add(value.toString());
        }
        flags.put(setting, texts);
      }
    }
    List<String> operands = result.matchedPositionalValue(0, List.of());
    command.requireOperands(operands);
    return new Parsed(command, flags, operands);
  }

  private static CommandLine commandLine() {
    CommandSpec root = CommandSpec.create().name(NAME).mixinStandardHelpOptions(true);
    root.usageMessage()
        .width(WIDTH)
        .description("Ridge regression on Spark: every lambda and every fold from one pass.", "")
        .customSynopsis("ridgeline [spark-submit options] COMMAND [options]")
        .commandListHeading("%nCommands (COMMAND --help shows its options):%n")
        .optionListHeading("%nOptions:%n");
    CommandLine line = new CommandLine(root);
    Map<Command, CommandLine> known = new EnumMap<>(Command.class);
    for (Command command : Command.values()) {
      CommandLine sub = subcommand(command);
      known.put(command, sub);
      command.group().map(known::get).orElse(line).addSubcommand(sub);
    }
    return line.setExpandAtFiles(false).setPosixClusteredShortOptionsAllowed(false);
  }

  private static CommandLine subcommand(Command command) {
    String name = command.word().replaceFirst(".* ", "");
    CommandSpec spec = CommandSpec.create().name(name).mixinStandardHelpOptions(true);
    spec.usageMessage()
        .width(WIDTH)
        .abbreviateSynopsis(true)
        .sortOptions(false)
        .description(command.summary(), "")
        .optionListHeading("%nOptions (also in --config FILE, or as spark.ridgeline.NAME):%n");
    for (Setting setting : Setting.values()) {
      if (setting.isTakenBy(command)) {
        spec.addOption(option(setting));
      }
    }
    if (!command.operands().isEmpty()) {
      spec.usageMessage()
          .customSynopsis(NAME + " " + command.word() + " [OPTIONS] " + command.operands());
      spec.addPositional(operands(command));
    }
    return new CommandLine(spec);
  }

  /** Takes any number: how many there must be is for the command to say. */
  private static PositionalParamSpec operands(Command command) {
    return PositionalParamSpec.builder()
        .index("0..*")
        .arity("1")
        .required(false)
        .type(List.class)
        .auxiliaryTypes(String.class)
        .paramLabel(command.operands())
        .hideParamSyntax(true)
        .description(
            command.operands().equals("RUN")
                ? "a run directory"
                : "the --out of moments write, or a run directory with its moments")
        .build();
  }

  private static OptionSpec option(Setting setting) {
    OptionSpec.Builder option =
        OptionSpec.builder(names(setting)).description(description(setting));
    return switch (setting.shape()) {
      case FLAG -> option.type(boolean.class).arity("0").build();
      case LIST, PAIRS ->
          option
              .type(List.class)
              .auxiliaryTypes(String.class)
              .arity("1")
              .paramLabel(setting.placeholder())
              .build();
      case TEXT, NUMBER, COMMAS ->
          option.type(String.class).arity("1").paramLabel(setting.placeholder()).build();
    };
  }

  private static String[] names(Setting setting) {
    return setting == Setting.VERBOSE
        ? new String[] {"-v", setting.flag()}
        : new String[] {setting.flag()};
  }

  private static String description(Setting setting) {
    boolean isShown = setting.shape() != Setting.Shape.FLAG;
    String preset = setting.preset().filter(p -> isShown).map(p -> " [" + p + "]").orElse("");
    return (setting.summary() + preset).replace("%", "%%");
  }

  /** Returns a sentence about an unknown word and the nearest known one. */
  private static String unknown(UnmatchedArgumentException e) {
    CommandLine line = e.getCommandLine();
    String word = e.getUnmatched().get(0);
    boolean isOption = word.startsWith("-");
    String name = isOption ? word.replaceFirst("=.*", "") : word;
    if (isOption && line.getParent() != null && SPARK_SUBMIT.contains(name)) {
      return name + " is an option of spark-submit: it goes before the command";
    }
    List<String> takers = isOption ? takers(name) : List.of();
    if (!takers.isEmpty()) {
      String here = line.getCommandSpec().qualifiedName();
      String subject =
          here.equals(NAME) ? NAME : "The command '" + here.substring(NAME.length() + 1) + "'";
      return subject + " takes no " + name + "; " + enumerated(takers) + hint(line);
    }
    List<String> known = isOption ? options(line) : commands(line);
    String what = isOption ? "option" : line.getSubcommands().isEmpty() ? "argument" : "command";
    String near =
        Names.nearest(known, name).map(found -> ": did you mean " + found + "?").orElse("");
    return "Unknown " + what + " '" + name + "'" + near + hint(line);
  }

  /** Returns the commands that take an option. */
  private static List<String> takers(String flag) {
    Optional<Setting> setting = Setting.of(flag.replaceFirst("^--", ""));
    return Arrays.stream(Command.values())
        .filter(command -> command != Command.MOMENTS)
        .filter(command -> setting.filter(s -> s.isTakenBy(command)).isPresent())
        .map(Command::word)
        .toList();
  }

  private static String enumerated(List<String> takers) {
    int last = takers.size() - 1;
    return last == 0
        ? takers.get(0) + " does"
        : String.join(", ", takers.subList(0, last)) + " and " + takers.get(last) + " do";
  }

  private static List<String> commands(CommandLine line) {
    return line.getSubcommands().entrySet().stream()
        .filter(entry -> !entry.getValue().getCommandSpec().usageMessage().hidden())
        .map(Map.Entry::getKey)
        .toList();
  }

  private static List<String> options(CommandLine line) {
    return line.getCommandSpec().options().stream()
        .filter(option -> !option.hidden())
        .flatMap(option -> Arrays.stream(option.names()))
        .filter(name -> name.startsWith("--"))
        .toList();
  }

  private static String hint(CommandLine line) {
    return " (" + line.getCommandSpec().qualifiedName() + " --help lists all)";
  }

  /** Returns the version of this program and of the Spark it was built for. */
  static String version() {
    Properties versions = new Properties();
    try (InputStream in =
        CommandParser.class.getResourceAsStream("/org/ridgeline/version.properties")) {
      if (in != null) {
        versions.load(in);
      }
    } catch (IOException e) {
      return NAME; // a jar that cannot be read has no version
    }
    return NAME
        + " "
        + versions.getProperty("version", "")
        + " for Spark "
        + versions.getProperty("spark", "");
  }
}

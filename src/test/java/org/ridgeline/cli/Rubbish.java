package org.ridgeline.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

/** Inputs that nobody should send, and requests that nobody should make; all drawn from a seed. */
final class Rubbish {
  private static final List<String> NAMES =
      List.of(
          "x",
          "y",
          "Y",
          "x.y",
          "a`b",
          "`x`",
          "say \"no\"",
          "it's",
          "naïve 🙂",
          "",
          " ",
          "x)",
          "${jndi:ldap://x}",
          "#{1+1}",
          "$(touch x)",
          "rand()",
          "*",
          "!x",
          "[a",
          "{b}",
          "a,b",
          "line\nbreak",
          "tab\there",
          "(intercept)",
          "prediction",
          "x0",
          "x1",
          "-1",
          "NaN",
          "</script>",
          "select",
          "_c0",
          "a=b",
          "%s%n",
          "../up",
          "long".repeat(2_000));
  private static final List<String> CELLS =
      List.of(
          "",
          " ",
          "NaN",
          "Infinity",
          "-inf",
          "1e400",
          "1e-400",
          "-0",
          "0x1F",
          "1,5",
          "1;5",
          "null",
          "NULL",
          "NA",
          "true",
          "2020-02-30",
          "9223372036854775808",
          "12e",
          "🙂",
          "\u0000",
          "\"",
          "\"\"",
          "a\nb",
          "--",
          "1 2",
          "1e308",
          "-1e308",
          "٣",
          "=1+1",
          "'; drop table t");
  private static final String[] COMMANDS = {"fit", "tune", "plan"};
  private static final int MILLION = 1_000_000;

  private final SplittableRandom random;
  private final Path directory;
  private final List<String> names = new ArrayList<>();

  /**
   * One case.
   *
   * @param directory where its input is made
   */
  Rubbish(long seed, Path directory) {
    this.random = new SplittableRandom(seed);
    this.directory = directory;
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  /** The words of a command over an input of its own. */
  List<String> words() throws IOException {
    Path input = input();
    List<String> words = new ArrayList<>(List.of(COMMANDS[random.nextInt(COMMANDS.length)]));
    words.addAll(List.of("--input", input.toString()));
    words.addAll(List.of("--label", oneIn(12) || names.isEmpty() ? any(NAMES) : names.get(0)));
    option(words, 12, "--features", List.of("*", "!x*", "x*,!x", "[", "*.*", "", "!*"));
    option(words, 12, "--categorical", NAMES);
    option(words, 20, "--weight", NAMES);
    option(words, 20, "--fold-col", NAMES);
    option(words, 20, "--group-col", NAMES);
    option(words, 20, "--where", List.of("x > 1", "x >", "1", "`a``b` = 1", "x; drop", "null"));
    option(words, 24, "--lambdas", List.of("0", "1:0:5", "1e-300:1e300:7", "a", "-1", "1,,2"));
    option(words, 24, "--folds", List.of("0", "1", "2", "999999999", "9999999999999", "2.5"));
    option(words, 24, "--format", List.of("parquet", "json", "csv", "orc", "libsvm", "nope"));
    option(words, 24, "--map", List.of("rff", "ntk", "nystrom", "arccos1"));
    option(words, 40, "--width", List.of("0", "7", "64", "100000000", "all"));
    option(words, 24, "--on-invalid", List.of("drop"));
    option(words, 40, "--option", List.of("mode=FAILFAST", "sep=", "encoding=x", "header=false"));
    if (!words.get(0).equals("plan")) {
      words.addAll(List.of("--out", directory.resolve("run").toString()));
    }
    return words;
  }

  private void option(List<String> words, int rarity, String flag, List<String> values) {
    if (oneIn(rarity)) {
      words.add(flag);
      words.add(!names.isEmpty() && oneIn(2) ? any(names) : any(values));
    }
  }

  private Path input() throws IOException {
    Path at = directory.resolve(oneIn(8) ? "in put #1 %20 [a] 🙂.csv" : "input.csv");
    return switch (random.nextInt(16)) {
      case 0 -> Files.createDirectory(directory.resolve("empty"));
      case 1 -> Files.write(at, new byte[0]);
      case 2 -> Files.write(at, noise(random.nextInt(400)));
      case 3 -> Files.write(at, zipped(table()));
      case 4 -> Files.write(directory.resolve("short.csv.gz"), half(zipped(table())));
      case 5 -> Files.write(at, table().getBytes(StandardCharsets.UTF_16));
      case 6 ->
          Files.write(
              directory.resolve("x.parquet"),
              ("PAR1" + table() + "PAR1").getBytes(StandardCharsets.UTF_8));
      case 7 -> Files.writeString(directory.resolve("x.json"), "{\"x\": 1, \"y\": [\n" + table());
      case 8 -> Files.writeString(directory.resolve("x.libsvm"), "1 1:2\n" + table());
      default -> Files.write(at, table().getBytes(oneIn(9) ? latin() : StandardCharsets.UTF_8));
    };
  }

  private static Charset latin() {
    return StandardCharsets.ISO_8859_1;
  }

  private byte[] noise(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] zipped(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static byte[] half(byte[] bytes) {
    return java.util.Arrays.copyOf(bytes, bytes.length / 2);
  }

  /** A header and up to 40 rows, most of them well formed. */
  private String table() {
    int columns = 1 + random.nextInt(5);
    int rows = oneIn(8) ? 0 : 1 + random.nextInt(40);
    boolean tidy = oneIn(2);
    for (int j = 0; j < columns; j++) {
      names.add(oneIn(4) ? any(NAMES) : "x" + j);
    }
    String end = oneIn(6) ? "\r\n" : oneIn(20) ? "\r" : "\n";
    StringBuilder text = new StringBuilder(oneIn(8) ? "\uFEFF" : "");
    names.forEach(name -> text.append(quoted(name)).append(','));
    text.setLength(text.length() - 1);
    text.append(end);
    for (int i = 0; i < rows; i++) {
      int cells = tidy || !oneIn(20) ? columns : random.nextInt(columns + 3);
      for (int j = 0; j < cells; j++) {
        text.append(j == 0 ? "" : ",");
        text.append(tidy || !oneIn(25) ? Integer.toString(random.nextInt(9)) : cell());
      }
      text.append(i == rows - 1 && oneIn(3) ? "" : end);
    }
    return text.toString();
  }

  private String cell() {
    return oneIn(30) ? "9".repeat(MILLION) : oneIn(2) ? any(CELLS) : quoted(any(CELLS));
  }

  private static String quoted(String text) {
    return text.matches("[A-Za-z0-9]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}

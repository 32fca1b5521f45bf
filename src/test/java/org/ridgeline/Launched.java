package org.ridgeline;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.ridgeline.cli.Main;

/** A JVM of its own, for what cannot be seen from inside; its output goes to files. */
public final class Launched implements AutoCloseable {
  /** For JVMs that end before the optimizing compiler and a parallel collector would pay. */
  public static final String BRIEF = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  private static final long PATIENCE_SECONDS = 180;

  private final Process process;
  private final Path out;
  private final Path err;

  private Launched(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** The options of this JVM that Spark needs. */
  public static List<String> sparkOptions() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(word -> word.startsWith("--add-") || word.startsWith("-D"))
        .toList();
  }

  /** Starts the program. */
  public static Launched program(Path directory, List<String> jvm, String... words)
      throws IOException {
    return start(directory, Main.class.getName(), jvm, Map.of(), List.of(words));
  }

  /** Starts a class with these words, its output in {@code directory}. */
  public static Launched start(
      Path directory,
      String main,
      List<String> jvm,
      Map<String, String> environment,
      List<String> words)
      throws IOException {
    return start(directory, java(main, jvm, words), environment);
  }

  /** The line that starts a class in a JVM like this one. */
  public static List<String> java(String main, List<String> jvm, List<String> words) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of(BRIEF.split(" ")));
    line.addAll(sparkOptions());
    line.addAll(List.of("-Dspark.ui.enabled=false", "-Dspark.driver.host=127.0.0.1"));
    if (System.getProperty("ridgeline.native") != null) { // the same bits take the same BLAS
      line.add("-Dridgeline.native=" + System.getProperty("ridgeline.native"));
    }
    line.addAll(jvm);
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    line.addAll(words);
    return line;
  }

  /** Starts any line. */
  public static Launched start(Path directory, List<String> line, Map<String, String> environment)
      throws IOException {
    Path out = Files.createTempFile(directory, "launched", ".out");
    Path err = Files.createTempFile(directory, "launched", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().putAll(environment);
    return new Launched(builder.start(), out, err);
  }

  public Process process() {
    return process;
  }

  /** Waits for the end and returns the exit code. */
  public int code() throws IOException, InterruptedException {
    assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), this::said);
    return process.exitValue();
  }

  public String out() {
    return text(out);
  }

  public String err() {
    return text(err);
  }

  /** Everything that it has said. */
  public String said() {
    return out() + err();
  }

  /** Waits until a file holds a text. */
  public void await(Path file, String text) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!(Files.exists(file) && Files.readString(file).contains(text))) {
      boolean ended = process.waitFor(20, TimeUnit.MILLISECONDS);
      boolean there = Files.exists(file) && Files.readString(file).contains(text);
      assertTrue(!ended || there, () -> "ended without " + text + " in " + file + ": " + said());
      assertTrue(System.nanoTime() < deadline, () -> "no " + text + " in " + file + ": " + said());
    }
  }

  /** Waits until stderr holds a text. */
  public void awaitError(String text) throws IOException, InterruptedException {
    await(err, text);
  }

  private static String text(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return String.join("\n", lines.toList());
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Ends it if it still runs. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}

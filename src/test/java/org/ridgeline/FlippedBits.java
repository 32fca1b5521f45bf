package org.ridgeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Single bits of the files below a directory, each flipped in turn and then restored. The checksum
 * files of Hadoop are removed, as a copy has none.
 */
public final class FlippedBits {
  private FlippedBits() {}

  /** What is done while a bit is flipped. */
  @FunctionalInterface
  public interface Trial {
    /** Tries with a bit of this file flipped. */
    void run(Path file) throws IOException;
  }

  /** The files that have bytes, but for Hadoop's checksums. */
  public static List<Path> files(Path top) throws IOException {
    try (Stream<Path> all = Files.walk(top)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> file.toFile().length() > 0)
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    }
  }

  /** Removes the checksum files of Hadoop. */
  public static void removeChecksums(Path top) throws IOException {
    try (Stream<Path> all = Files.walk(top)) {
      for (Path file : all.filter(file -> file.toString().endsWith(".crc")).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Tries {@code each} random bits of every file. */
  public static void of(Path top, int each, long seed, Trial trial) throws IOException {
    removeChecksums(top);
    SplittableRandom random = new SplittableRandom(seed);
    for (Path file : files(top)) {
      byte[] sound = Files.readAllBytes(file);
      for (int i = 0; i < each; i++) {
        byte[] flipped = sound.clone();
        flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, flipped);
        trial.run(file);
      }
      Files.write(file, sound);
    }
  }
}

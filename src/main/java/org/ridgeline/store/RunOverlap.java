package org.ridgeline.store;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.util.regex.PatternSyntaxException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;
import org.ridgeline.base.RunOutputException;

/** Keeps what is written apart from what is read. */
public final class RunOverlap {
  private RunOverlap() {}

  /**
   * Refuses an input that is the output, contains it, or is inside it.
   *
   * @throws RunOutputException naming both
   * @throws DataException when Hadoop does not know the input's file system
   */
  public static void requireApart(String input, String output, Configuration configuration) {
    String in;
    boolean isLiteral;
    try {
      in = qualified(HadoopFiles.input(input), configuration);
      isLiteral = exists(HadoopFiles.input(input), configuration);
    } catch (IOException e) {
      throw new DataException("Cannot read " + input + ": " + HadoopFiles.sentence(e), e);
    }
    String out;
    try {
      out = qualified(HadoopFiles.path(output), configuration);
    } catch (IOException e) {
      throw new RunOutputException("Cannot write to " + output + ": " + HadoopFiles.sentence(e), e);
    }
    if (overlap(in, out, isLiteral)) {
      throw new RunOutputException(
          "The output " + output + " overlaps the input " + input,
          Remedy.of("choose another %s", Option.OUT));
    }
  }

  /** Whether one path holds the other; an input that is not there by its name may have globs. */
  private static boolean overlap(String in, String out, boolean isLiteral) {
    String[] inParts = in.split("/", -1);
    String[] outParts = out.split("/", -1);
    for (int i = 0; i < Math.min(inParts.length, outParts.length); i++) {
      boolean same =
          inParts[i].equals(outParts[i]) || (!isLiteral && matches(inParts[i], outParts[i]));
      if (!same) {
        return false;
      }
    }
    return true;
  }

  private static boolean matches(String glob, String name) {
    try {
      return FileSystems.getDefault()
          .getPathMatcher("glob:" + glob)
          .matches(java.nio.file.Path.of(name));
    } catch (PatternSyntaxException | InvalidPathException e) {
      return false; // Spark will say what is wrong with it
    }
  }

  private static boolean exists(Path path, Configuration configuration) throws IOException {
    try (FileSystem files = HadoopFiles.fileSystem(path, configuration)) {
      return files.exists(path);
    }
  }

  private static String qualified(Path path, Configuration configuration) throws IOException {
    try (FileSystem files = HadoopFiles.fileSystem(path, configuration)) {
      return files.makeQualified(path).toString();
    }
  }
}

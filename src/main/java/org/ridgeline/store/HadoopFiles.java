package org.ridgeline.store;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.ridgeline.base.UsageException;

/** Reads and writes whole files on the file systems that Hadoop knows. */
public final class HadoopFiles {
  private static final String SPARK_HADOOP = "spark.hadoop.";
  private static final Pattern COLON_IN_NAME = Pattern.compile("[^/:]*:(?!/)");

  private HadoopFiles() {}

  /** Hadoop's configuration with the {@code spark.hadoop.*} settings of these properties. */
  public static Configuration configuration(Map<String, String> properties) {
    Configuration configuration = new Configuration();
    properties.forEach(
        (key, value) -> {
          if (key.startsWith(SPARK_HADOOP)) {
            configuration.set(key.substring(SPARK_HADOOP.length()), value);
          }
        });
    return unclosed(configuration);
  }

  /**
   * Returns this configuration, changed: its file systems must still be open when a shutdown hook
   * writes the last status.
   */
  public static Configuration unclosed(Configuration configuration) {
    configuration.setBoolean("fs.automatic.close", false);
    return configuration;
  }

  static byte[] read(FileSystem files, Path file) throws IOException {
    try (FSDataInputStream in = files.open(file)) {
      return in.readAllBytes();
    }
  }

  static void write(FileSystem files, Path file, byte[] bytes) throws IOException {
    write(files, file, out -> out.write(bytes));
  }

  /** Hadoop makes an error of its own of a full local disk; here it is the exception it was. */
  static void write(FileSystem files, Path file, FileContent content) throws IOException {
    try (OutputStream out = files.create(file, true)) {
      content.writeTo(out);
    } catch (FSError e) {
      throw new IOException(e.getCause().getMessage(), e);
    }
  }

  /**
   * A path with a name and a parent.
   *
   * @throws IllegalArgumentException when it has none
   */
  static Path path(String directory) {
    if (directory.isBlank()) {
      throw new UsageException("Cannot use '' as a run directory: it must have a name");
    }
    Path path = input(directory);
    if (path.getName().isEmpty() || path.getName().equals(".") || path.getName().equals("..")) {
      throw new UsageException(
          "Cannot use '" + directory + "' as a run directory: it must end in a name of its own");
    }
    return path;
  }

  /**
   * Returns an input's path. A colon that no slash follows is part of a name, and no scheme.
   *
   * @throws IllegalArgumentException when it is no path
   */
  public static Path input(String path) {
    return new Path(COLON_IN_NAME.matcher(path).lookingAt() ? "./" + path : path);
  }

  /**
   * An instance of our own, so that no one else closes it; on a local disk without the checksum
   * files of Hadoop.
   */
  static FileSystem fileSystem(Path path, Configuration configuration) throws IOException {
    URI uri =
        path.toUri().getScheme() == null ? FileSystem.getDefaultUri(configuration) : path.toUri();
    FileSystem files = found(uri, () -> FileSystem.newInstance(uri, configuration));
    if (!(files instanceof LocalFileSystem)) {
      return files;
    }
    files.close();
    LocalDisk disk = new LocalDisk();
    disk.initialize(files.getUri(), configuration);
    return disk;
  }

  /** Returns the file system of a path, which others may use at the same time. */
  public static FileSystem shared(Path path, Configuration configuration) throws IOException {
    return found(path.toUri(), () -> path.getFileSystem(configuration));
  }

  private interface Opening {
    FileSystem run() throws IOException;
  }

  /** Hadoop makes an unexpected error of a library that is not there; here it is an exception. */
  private static FileSystem found(URI uri, Opening opening) throws IOException {
    try {
      return opening.run();
    } catch (RuntimeException e) {
      if (e.getCause() instanceof ClassNotFoundException) {
        throw new UnsupportedFileSystemException(
            "the library for "
                + uri.getScheme()
                + ": is not on the class path; name it in spark.jars.packages, such as"
                + " org.apache.hadoop:hadoop-aws for s3a, of the version of Spark's hadoop-client");
      }
      throw e;
    }
  }

  /** The first line of what went wrong. */
  public static String sentence(IOException e) {
    return Optional.ofNullable(e.getMessage())
        .flatMap(text -> text.lines().findFirst())
        .orElse(e.getClass().getSimpleName());
  }
}

package org.ridgeline.spark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.sql.SparkSession;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Names;
import org.ridgeline.base.Option;
import org.ridgeline.base.Remedy;
import org.ridgeline.dataset.ReadSpec;
import org.ridgeline.store.HadoopFiles;

/**
 * A path and its format, looked up on its file system: a file or folder of exactly that name is
 * meant literally, anything else is a glob. A folder says its format by what it holds.
 *
 * @param path as the user gives it
 * @param paths the files and folders that it stands for, to be taken literally; empty when it is
 *     none of a file system
 * @param options what tells Spark to take the paths so
 * @param format a format of {@code spark.read}
 * @param isTabSeparated whether the fields of its text are separated by tabs
 * @param root the literal file or folder; empty for a glob
 */
record InputPlace(
    String path,
    List<String> paths,
    Map<String, String> options,
    String format,
    boolean isTabSeparated,
    Optional<FileStatus> root) {
  /** The option of Spark that says whether paths are globs. */
  private static final String GLOBS = "__globPaths__";

  private static final Set<String> FILE_FORMATS =
      Set.of("csv", "json", "orc", "parquet", "text", "libsvm", "avro");
  private static final String RECURSIVE = "recursiveFileLookup";
  private static final int DEEPEST = 20;

  /**
   * Looks a source up.
   *
   * @throws DataException when its file system is unknown or out of reach, the name is one that
   *     Spark does not read, or a folder's format cannot be told
   */
  static InputPlace of(SparkSession session, ReadSpec source) {
    Configuration hadoop = SelectedRows.session(session).sessionState().newHadoopConf();
    source.options().forEach(hadoop::set);
    try {
      Path path = HadoopFiles.input(source.path());
      FileSystem shared = HadoopFiles.shared(path, hadoop);
      FileSystem files = shared instanceof LocalFileSystem local ? local.getRaw() : shared;
      return new Lookup(files, source).place(files.makeQualified(path));
    } catch (IOException | IllegalArgumentException e) {
      if (source.format().isPresent()) { // it may be none of Hadoop's
        return new InputPlace(
            source.path(), List.of(), Map.of(), source.format().get(), false, Optional.empty());
      }
      throw new DataException(
          "cannot read " + Names.quoted(source.path()) + ": " + SparkCall.firstSentence(e), e);
    }
  }

  /** Whether it is of files, as Spark lists them. */
  boolean isOfFiles() {
    return !paths.isEmpty();
  }

  /** The paths for Spark. */
  String[] loaded() {
    return isOfFiles() ? paths.toArray(String[]::new) : new String[] {path};
  }

  private record Lookup(FileSystem files, ReadSpec source) {
    InputPlace place(Path path) throws IOException {
      Optional<FileStatus> root =
          files.exists(path) ? Optional.of(files.getFileStatus(path)) : Optional.empty();
      root.ifPresent(this::requireVisible);
      List<Path> paths = root.isPresent() ? List.of(path) : GlobbedPaths.of(files, path);
      boolean isFolder = root.isPresent() && root.get().isDirectory();
      Optional<String> table =
          isFolder && source.format().isEmpty() ? table(path) : Optional.empty();
      List<String> names = paths.stream().map(Path::toString).toList();
      Map<String, String> options = options(paths);
      if (table.isPresent()) {
        return new InputPlace(source.path(), names, options, table.get(), false, root);
      }
      if (isFolder) {
        requireFiles(path);
      }
      Optional<String> found = source.isGuess() ? found(paths) : Optional.empty();
      boolean tabs = source.isTabSeparated() || found.equals(Optional.of("tsv"));
      String format = tabs ? "csv" : found.orElseGet(source::resolvedFormat);
      if (paths.isEmpty() && FILE_FORMATS.contains(format)) {
        throw new DataException(
            String.format(
                "cannot read %s as %s: Path does not exist: %s",
                Names.quoted(source.path()), format, path));
      }
      return new InputPlace(source.path(), names, options, format, tabs, root);
    }

    /**
     * Paths are no globs. A name with a colon has no checksum file on a local disk that Hadoop
     * could name, so it must not look for one.
     */
    private Map<String, String> options(List<Path> paths) throws IOException {
      if (paths.isEmpty()) {
        return Map.of();
      }
      Map<String, String> options = new HashMap<>(Map.of(GLOBS, "false"));
      if (files instanceof RawLocalFileSystem && hasColon(paths)) {
        options.put("fs.file.impl", RawLocalFileSystem.class.getName());
        options.put("fs.file.impl.disable.cache", "true");
      }
      return options;
    }

    private boolean hasColon(List<Path> paths) throws IOException {
      for (Path path : paths) {
        if (hasColon(files.getFileStatus(path))) {
          return true;
        }
      }
      return false;
    }

    /** Of a file, or of one below a folder. Names only: permissions cost a process for each. */
    private boolean hasColon(FileStatus file) throws IOException {
      if (file.isFile()) {
        return file.getPath().getName().contains(":");
      }
      for (FileStatus below : files.listStatus(file.getPath())) {
        if (hasColon(below)) {
          return true;
        }
      }
      return false;
    }

    /** Spark does not look into folders of other names than {@code column=value}. */
    private void requireFiles(Path folder) throws IOException {
      List<FileStatus> listed = visible(folder);
      boolean isOfFolders =
          !listed.isEmpty()
              && listed.stream()
                  .allMatch(f -> f.isDirectory() && !f.getPath().getName().contains("="));
      if (isOfFolders && source.option(RECURSIVE).isEmpty()) {
        throw new DataException(
            String.format(
                "cannot read %s: it holds folders only, such as %s, and no files",
                Names.quoted(source.path()), Names.quoted(listed.get(0).getPath().getName())),
            Remedy.of(
                "name one of them, or use %s to read the files of all",
                Option.OPTION.to(RECURSIVE + "=true")));
      }
    }

    /** What the files say of a format that the path does not tell. */
    private Optional<String> found(List<Path> paths) throws IOException {
      List<FileStatus> there = new ArrayList<>();
      for (Path path : paths) {
        addFiles(files.getFileStatus(path), there);
      }
      if (there.isEmpty()) {
        return Optional.empty(); // Spark will say so
      }
      TreeSet<String> known = new TreeSet<>();
      there.forEach(file -> ReadSpec.extension(file.getPath().getName()).ifPresent(known::add));
      if (known.size() > 1) {
        throw new DataException(
            String.format(
                "cannot read %s: it holds files of several formats, %s",
                Names.quoted(source.path()), String.join(" and ", known)),
            Remedy.of("name a path with files of one, such as a glob, or the %s", Option.FORMAT));
      }
      return Optional.of(known.isEmpty() ? byContent(there.get(0).getPath()) : known.first());
    }

    /** The format that the first bytes of a file tell. */
    private String byContent(Path file) throws IOException {
      byte[] start = new byte[4];
      try (InputStream in = files.open(file)) {
        in.readNBytes(start, 0, start.length);
      }
      String magic = new String(start, StandardCharsets.ISO_8859_1);
      if (magic.startsWith("PAR")) {
        return "parquet";
      } else if (magic.startsWith("ORC")) {
        return "orc";
      } else if (magic.equals("Obj\u0001")) {
        return "avro";
      }
      throw new DataException(
          String.format(
              "cannot read %s as parquet: %s is not a Parquet file",
              Names.quoted(source.path()), file),
          Remedy.of("if it is of another format, name that with %s", Option.FORMAT));
    }

    private void requireVisible(FileStatus status) {
      String name = status.getPath().getName();
      if (status.isFile() && GlobbedPaths.isHidden(name)) {
        throw new DataException(
            String.format(
                "cannot read %s: Spark does not see files whose name begins with _ or a dot;"
                    + " rename it",
                Names.quoted(source.path())));
      }
    }

    /** Tells the format of a table by the folder in which it keeps its log. */
    private Optional<String> table(Path path) throws IOException {
      if (files.exists(new Path(path, "_delta_log"))) {
        return Optional.of("delta");
      } else if (files.exists(new Path(path, ".hoodie"))) {
        return Optional.of("hudi");
      }
      Path metadata = new Path(path, "metadata");
      if (files.exists(metadata)) {
        for (FileStatus status : files.listStatus(metadata)) {
          if (status.getPath().getName().endsWith(".metadata.json")) {
            return Optional.of("iceberg");
          }
        }
      }
      return Optional.empty();
    }

    /** Adds the files in a folder, and those of its first subfolder, and so on. */
    private void addFiles(FileStatus match, List<FileStatus> there) throws IOException {
      FileStatus at = match;
      for (int depth = 0; depth < DEEPEST && at.isDirectory(); depth++) {
        List<FileStatus> listed = visible(at.getPath());
        listed.stream().filter(FileStatus::isFile).forEach(there::add);
        Optional<FileStatus> next = listed.stream().filter(FileStatus::isDirectory).findFirst();
        if (next.isEmpty()) {
          return;
        }
        at = next.get();
      }
      if (at.isFile()) {
        there.add(at);
      }
    }

    private List<FileStatus> visible(Path folder) throws IOException {
      List<FileStatus> visible = new ArrayList<>();
      for (FileStatus status : files.listStatus(folder)) {
        if (!GlobbedPaths.isHidden(status.getPath().getName())) {
          visible.add(status);
        }
      }
      return visible;
    }
  }
}

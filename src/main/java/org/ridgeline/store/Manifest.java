package org.ridgeline.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.ridgeline.base.DataException;
import org.ridgeline.base.Sha256;
import org.ridgeline.report.JsonText;

/**
 * {@code _manifest.json}: what a finished run, or a saved stage, is made of. It holds its own sum,
 * so that a change of any of its bytes is noticed; it is also the mark by which a run of ours is
 * known.
 *
 * @param id of the attempt that wrote the run
 * @param kind what it is
 * @param files by name, relative to the run: what may be read back
 */
record Manifest(String id, Kind kind, SortedMap<String, Entry> files) {
  private static final String FORMAT = "ridgeline-run/1";
  private static final String SUM = "sha256";

  /** What a run has made. */
  enum Kind {
    /** A model, or moments. */
    RUN,
    /** A table. Its files are not read back, so it has no sums. */
    PREDICTIONS,
    /** A stage of Spark ML, in a directory of its own or as part of a run. */
    STAGE
  }

  /**
   * A file.
   *
   * @param length in bytes
   * @param sha256 in hexadecimal; absent for predictions
   */
  record Entry(long length, Optional<String> sha256) {}

  Manifest {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  /**
   * The manifest of everything in {@code place} that may be read back.
   *
   * @param written what is known already, from when it was written
   */
  static Manifest of(FileSystem files, Path place, String id, Kind kind, Map<String, Entry> written)
      throws IOException {
    SortedMap<String, Entry> entries = new TreeMap<>();
    for (FileStatus file : all(files, place)) {
      String name = nameIn(place, file.getPath());
      if (!isLeftOut(name)) {
        Entry known = written.get(name);
        if (kind == Kind.PREDICTIONS) {
          entries.put(name, new Entry(file.getLen(), Optional.empty()));
        } else if (known != null && known.length() == file.getLen()) {
          entries.put(name, known);
        } else {
          entries.put(name, sumOf(files, file.getPath()));
        }
      }
    }
    return new Manifest(id, kind, entries);
  }

  /** What is made anew at will, what is empty, and what is written after the manifest. */
  private static boolean isLeftOut(String name) {
    String last = name.substring(name.lastIndexOf('/') + 1);
    boolean ofStage = last.equals(RunNames.MANIFEST) && !name.equals(last);
    return RunNames.MADE_ANEW.contains(name)
        || (last.startsWith("_") && !ofStage)
        || last.startsWith(".");
  }

  /** A file in {@code place} that this run has not written; its owner may need it. */
  Optional<String> strangerIn(FileSystem files, Path place) throws IOException {
    for (FileStatus file : all(files, place)) {
      String name = nameIn(place, file.getPath());
      String last = name.substring(name.lastIndexOf('/') + 1);
      boolean ours =
          this.files.containsKey(name)
              || RunNames.MADE_ANEW.contains(name)
              || name.equals(RunNames.MANIFEST)
              || RunNames.OF_COMMITS.contains(name.split("/", 2)[0])
              || last.equals(RunNames.SUCCESS)
              || last.startsWith(".");
      if (!ours) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  /** Whether every file is there with its length. */
  boolean isThere(FileSystem files, Path place) throws IOException {
    Map<String, Long> found = new TreeMap<>();
    for (FileStatus file : all(files, place)) {
      found.put(nameIn(place, file.getPath()), file.getLen());
    }
    return this.files.entrySet().stream()
        .allMatch(file -> Long.valueOf(file.getValue().length()).equals(found.get(file.getKey())));
  }

  /** Whether every file is there as it was written; reads all of them. */
  boolean isWhole(FileSystem files, Path place) throws IOException {
    if (!isThere(files, place)) {
      return false;
    }
    for (Map.Entry<String, Entry> file : this.files.entrySet()) {
      Optional<String> sum = file.getValue().sha256();
      if (sum.isPresent()
          && !sumOf(files, new Path(place, file.getKey())).equals(file.getValue())) {
        return false;
      }
    }
    return true;
  }

  /**
   * Refuses files that are not those that were written; reads all of them.
   *
   * @param folder whose files, relative to {@code place}; empty for all
   * @param run as the user named it
   */
  void requireFolder(FileSystem files, Path place, String folder, String run) throws IOException {
    String prefix = folder.isEmpty() ? "" : folder + "/";
    SortedMap<String, Entry> expected = new TreeMap<>(this.files);
    expected.keySet().removeIf(name -> !name.startsWith(prefix));
    Path top = folder.isEmpty() ? place : new Path(place, folder);
    for (FileStatus file : files.exists(top) ? all(files, top) : List.<FileStatus>of()) {
      String name = nameIn(place, file.getPath());
      String last = name.substring(name.lastIndexOf('/') + 1);
      Entry entry = expected.remove(name);
      boolean unread =
          last.startsWith(".") || last.equals(RunNames.SUCCESS) || name.equals(RunNames.MANIFEST);
      if (entry == null ? !unread : !sumOf(files, file.getPath()).equals(entry)) {
        throw changed(name, run);
      }
    }
    if (!expected.isEmpty()) {
      throw missing(expected.firstKey(), run);
    }
  }

  /**
   * Refuses a file that is not the one that was written.
   *
   * @param run as the user named it
   */
  void requireAsWritten(String name, byte[] bytes, String run) {
    Entry entry = files.get(name);
    if (entry == null || !entry.sha256().equals(Optional.of(Sha256.of(bytes)))) {
      throw changed(name, run);
    }
  }

  private DataException changed(String name, String run) {
    return new DataException(
        "Cannot use "
            + named(run)
            + ": its file "
            + name
            + " is not the one that was written, by the sums in "
            + RunNames.MANIFEST);
  }

  /** The refusal of a run without one of its files. */
  DataException missing(String name, String run) {
    return new DataException("Cannot use " + named(run) + ": its file " + name + " is missing");
  }

  private String named(String run) {
    return (kind == Kind.STAGE ? "the stage " : "the run ") + run;
  }

  private static List<FileStatus> all(FileSystem files, Path place) throws IOException {
    List<FileStatus> all = new ArrayList<>();
    RemoteIterator<LocatedFileStatus> found = files.listFiles(place, true);
    while (found.hasNext()) {
      all.add(found.next());
    }
    return all;
  }

  private static String nameIn(Path place, Path file) {
    return file.toUri().getPath().substring(place.toUri().getPath().length() + 1);
  }

  private static Entry sumOf(FileSystem files, Path file) throws IOException {
    MessageDigest digest = Sha256.digest();
    try (InputStream in = new DigestInputStream(files.open(file), digest)) {
      long length = in.transferTo(OutputStream.nullOutputStream());
      return new Entry(length, Optional.of(Sha256.of(digest)));
    }
  }

  /** The file. */
  byte[] toJson() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("format", FORMAT);
    map.put("id", id);
    map.put("kind", kind.name().toLowerCase(Locale.ROOT));
    List<Map<String, Object>> list = new ArrayList<>();
    files.forEach(
        (name, entry) -> {
          Map<String, Object> file = new LinkedHashMap<>();
          file.put("name", name);
          file.put("length", entry.length());
          file.put(SUM, entry.sha256());
          list.add(file);
        });
    map.put("files", list);
    map.put(SUM, Sha256.of(JsonText.compact(map)));
    return JsonText.pretty(map);
  }

  /** The manifest in this place; empty when there is none. */
  static Optional<Manifest> in(FileSystem files, Path place) throws IOException {
    Path file = new Path(place, RunNames.MANIFEST);
    try {
      return files.exists(file)
          ? Optional.of(parse(HadoopFiles.read(files, file), file.toString()))
          : Optional.empty();
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /** The manifest in this place, where it can be trusted. */
  static Optional<Manifest> soundIn(FileSystem files, Path place) throws IOException {
    try {
      return in(files, place);
    } catch (DataException e) {
      return Optional.empty();
    }
  }

  /**
   * Reads a file back.
   *
   * @throws DataException when it is not byte for byte what was written
   */
  static Manifest parse(byte[] json, String where) {
    try {
      JsonNode root = new JsonMapper().readTree(json);
      String format = root.path("format").asText("");
      if (format.startsWith("ridgeline-run/") && !format.equals(FORMAT)) {
        throw new DataException(
            "Cannot read " + where + ": it is of version " + format + ", this is " + FORMAT);
      }
      SortedMap<String, Entry> files = new TreeMap<>();
      for (JsonNode file : root.path("files")) {
        JsonNode sum = file.path(SUM);
        files.put(
            file.path("name").asText(),
            new Entry(
                file.path("length").asLong(),
                sum.isTextual() ? Optional.of(sum.asText()) : Optional.empty()));
      }
      String kind = root.path("kind").asText("").toUpperCase(Locale.ROOT);
      Manifest manifest = new Manifest(root.path("id").asText(), Kind.valueOf(kind), files);
      if (Arrays.equals(manifest.toJson(), json)) {
        return manifest;
      }
    } catch (IOException | IllegalArgumentException e) {
      throw changed(where);
    }
    throw changed(where);
  }

  private static DataException changed(String where) {
    return new DataException("Cannot use " + where + ": it is not the file that was written");
  }
}

package org.ridgeline.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobExpander;
import org.apache.hadoop.fs.GlobFilter;
import org.apache.hadoop.fs.Path;

/**
 * The files and folders that a glob of Hadoop's syntax matches. Hadoop's own search fails as soon
 * as a folder on its way holds a name with a colon.
 */
final class GlobbedPaths {
  private final FileSystem files;

  private GlobbedPaths(FileSystem files) {
    this.files = files;
  }

  /**
   * Finds what a glob matches.
   *
   * @param glob an absolute path whose names may be patterns
   * @return the paths, sorted; hidden files are not matched by a pattern
   */
  static List<Path> of(FileSystem files, Path glob) throws IOException {
    GlobbedPaths search = new GlobbedPaths(files);
    TreeSet<Path> found = new TreeSet<>();
    for (String each : GlobExpander.expand(glob.toUri().getPath())) {
      found.addAll(
          search.matches(Arrays.stream(each.split("/")).filter(n -> !n.isEmpty()).toList()));
    }
    return List.copyOf(found);
  }

  /** Whether Spark leaves out files of this name. */
  static boolean isHidden(String name) {
    return (name.startsWith("_") && !name.contains("=")) || name.startsWith(".");
  }

  private List<Path> matches(List<String> names) throws IOException {
    List<Path> reached = List.of(files.makeQualified(new Path("/")));
    for (int i = 0; i < names.size(); i++) {
      GlobFilter filter = new GlobFilter(names.get(i));
      List<Path> next = new ArrayList<>();
      for (Path folder : reached) {
        if (filter.hasPattern()) {
          addMatches(folder, filter, i == names.size() - 1, next);
        } else {
          next.add(child(folder, names.get(i)));
        }
      }
      reached = next;
    }
    List<Path> there = new ArrayList<>();
    for (Path path : reached) {
      if (files.exists(path)) {
        there.add(path);
      }
    }
    return there;
  }

  private void addMatches(Path folder, GlobFilter filter, boolean isLast, List<Path> matches)
      throws IOException {
    try {
      if (!files.getFileStatus(folder).isDirectory()) {
        return;
      }
    } catch (FileNotFoundException missing) {
      return;
    }
    for (FileStatus status : files.listStatus(folder)) {
      Path path = status.getPath();
      if (filter.accept(path) && !(isLast && isHidden(path.getName()))) {
        matches.add(path);
      }
    }
  }

  /** A name that is no pattern, in which special characters are escaped. */
  private static Path child(Path folder, String name) {
    return new Path(folder, new Path(null, null, name.replaceAll("\\\\(.)", "$1")));
  }
}

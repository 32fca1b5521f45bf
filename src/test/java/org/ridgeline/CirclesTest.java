package org.ridgeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Whoever reads a file needs those that it names first, so no two files of a package need each
 * other. A sealed interface may name its own kinds.
 */
class CirclesTest {
  /** Everything that can be reached from each file of a package. */
  private static Map<String, Set<String>> reached(List<SourceFile> files) {
    Map<String, Set<String>> reached = new HashMap<>();
    files.forEach(file -> reached.put(file.name(), new TreeSet<>(file.uses(files))));
    for (String middle : reached.keySet()) {
      for (Set<String> from : reached.values()) {
        if (from.contains(middle)) {
          from.addAll(reached.get(middle));
        }
      }
    }
    return reached;
  }

  private static Set<String> circles(String room, List<SourceFile> files) {
    Map<String, Set<String>> reached = reached(files);
    Set<String> circles = new TreeSet<>();
    reached.forEach(
        (name, after) -> {
          if (after.contains(name)) {
            String members =
                after.stream()
                    .filter(other -> reached.get(other).contains(name))
                    .sorted()
                    .collect(Collectors.joining(" "));
            circles.add(room + ": " + members);
          }
        });
    return circles;
  }

  @Test
  void noTwoFilesOfOnePackageNeedEachOther() throws IOException {
    Map<String, List<SourceFile>> rooms =
        SourceFile.all().stream()
            .collect(Collectors.groupingBy(SourceFile::room, TreeMap::new, Collectors.toList()));
    Set<String> found = new TreeSet<>();
    rooms.forEach((room, files) -> found.addAll(circles(room, files)));
    assertEquals(Set.of(), found);
  }
}

package org.ridgeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Opens the jar that users get. On a cluster it stands beside Spark's classes, so it must bring
 * none of them.
 */
class ShippedJarIT {
  private static final Path JAR = Path.of(System.getProperty("ridgeline.jar"));

  @Test
  void onlyOurClassesAndTheAllowedLibraries() throws IOException {
    List<String> strangers =
        names()
            .filter(name -> !name.endsWith("/"))
            .filter(name -> !name.startsWith("org/ridgeline/"))
            .filter(name -> !name.startsWith("picocli/"))
            .filter(name -> !name.startsWith("META-INF/"))
            .filter(name -> !name.startsWith("org/bytedeco/openblas/linux-x86_64/"))
            .toList();
    assertEquals(List.of(), strangers);
  }

  @Test
  void noMultiReleaseClassesAndNoTests() throws IOException {
    List<String> strangers =
        names()
            .filter(
                name ->
                    name.startsWith("META-INF/versions/")
                        || (name.endsWith(".class")
                            && Files.isRegularFile(Path.of("target/test-classes", name))))
            .toList();
    assertEquals(List.of(), strangers);
  }

  @Test
  void theFourNativeLibrariesAndNoOther() throws IOException {
    String folder = "org/bytedeco/openblas/linux-x86_64/";
    assertEquals(
        List.of(
            folder + "libgcc_s.so.1",
            folder + "libgfortran.so.5",
            folder + "libopenblas.so.0",
            folder + "libquadmath.so.0"),
        names()
            .filter(name -> name.startsWith("org/bytedeco/") && !name.endsWith("/"))
            .sorted()
            .toList());
  }

  @Test
  void theReportsTemplateAndTheOneScriptItNeeds() throws IOException {
    assertEquals(
        List.of("echarts.min.js"),
        names()
            .filter(name -> name.startsWith("META-INF/resources/") && !name.endsWith("/"))
            .map(name -> name.substring(name.lastIndexOf('/') + 1))
            .toList());
    try (JarFile jar = new JarFile(JAR.toFile())) {
      for (String name : List.of("report.mustache", "report.css", "report.js")) {
        assertNotNull(jar.getEntry("org/ridgeline/report/" + name), name + " is not in the jar");
      }
    }
  }

  @Test
  void manifestNamesTheMainClassAndTheModule() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      Manifest manifest = jar.getManifest();
      assertEquals("org.ridgeline.cli.Main", manifest.getMainAttributes().getValue("Main-Class"));
      assertEquals("org.ridgeline", manifest.getMainAttributes().getValue("Automatic-Module-Name"));
    }
  }

  @Test
  void licencesOfAllThatIsInside() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      for (String name :
          List.of(
              "META-INF/LICENSE",
              "META-INF/NOTICE",
              "META-INF/licenses/openblas.txt",
              "META-INF/licenses/jmustache.txt",
              "META-INF/licenses/echarts.txt",
              "META-INF/licenses/gcc-runtime.txt",
              "META-INF/licenses/GPL-3.txt",
              "META-INF/licenses/LGPL-2.1.txt")) {
        assertNotNull(jar.getEntry(name), name + " is not in the jar");
      }
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void nativeLibrariesLoadOutOfTheJar() throws IOException {
    String path =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.endsWith("classes") || entry.endsWith("test-classes"))
            .filter(entry -> !entry.contains("openblas"))
            .collect(Collectors.joining(File.pathSeparator, JAR + File.pathSeparator, ""));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                path,
                "org.ridgeline.natives.NativeScene",
                "install")
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(said.endsWith("LOADED JNIBLAS JNILAPACK 17.0 39.0 2.0 unpacked"), said);
  }

  @Test
  void oneJarInTarget() throws IOException {
    try (Stream<Path> files = Files.list(JAR.getParent())) {
      List<String> jars =
          files
              .map(path -> path.getFileName().toString())
              .filter(name -> name.endsWith(".jar"))
              .toList();
      assertTrue(
          jars.stream().allMatch(name -> name.startsWith("ridgeline-")) && jars.size() == 1,
          () -> "expected one jar, found " + jars);
    }
  }

  private static Stream<String> names() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      return Collections.list(jar.entries()).stream().map(JarEntry::getName).toList().stream();
    }
  }
}

package org.ridgeline;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Java of the documentation, compiled and run. */
public final class CompiledJava {
  private CompiledJava() {}

  /**
   * Runs statements as the body of a method.
   *
   * @param directory an empty one for source and class
   * @param imports lines before the class
   * @param parameters of the method, as it declares them
   * @param body the statements
   * @param arguments of the method
   */
  public static void run(
      Path directory, String imports, String parameters, String body, Object... arguments) {
    Path source = directory.resolve("Guide.java");
    String head = "public class Guide {\n  public static void run(" + parameters + ")";
    try {
      Files.writeString(source, imports + head + " throws Exception {\n" + body + "  }\n}\n");
      compile(source);
      invoke(directory, arguments);
    } catch (IOException | ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static void invoke(Path directory, Object... arguments)
      throws IOException, ReflectiveOperationException {
    ClassLoader parent = CompiledJava.class.getClassLoader();
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {directory.toUri().toURL()}, parent)) {
      Method run =
          Arrays.stream(loader.loadClass("Guide").getMethods())
              .filter(method -> method.getName().equals("run"))
              .findFirst()
              .orElseThrow();
      run.invoke(null, arguments);
    }
  }

  private static void compile(Path source) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    List<String> options =
        List.of(
            "-proc:none",
            "-classpath",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "-d",
            source.getParent().toString());
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(said, files, null, options, null, files.getJavaFileObjects(source))
              .call();
      if (!compiled) {
        throw new AssertionError(said.toString());
      }
    }
  }
}

package io.logcaster.plugin;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * Builds plug-ins as their authors do: with an older Java, and nothing on the class path but the
 * API.
 */
public final class PluginJars {

  private static final Path EXAMPLE = Path.of("src/test/plugin-example");

  private PluginJars() {}

  /** Builds the plug-in of {@code src/test/plugin-example}. */
  public static Path example(Path jar) throws IOException {
    List<JavaFileObject> sources = new ArrayList<>();
    for (Path file : files(EXAMPLE.resolve("java"))) {
      sources.add(source(file.toUri(), Files.readString(file)));
    }
    return build(jar, sources, EXAMPLE.resolve("resources"), Map.of());
  }

  /**
   * Builds a plug-in of one class {@code p.Main} without an example's care.
   *
   * @param service the interface of the API that it is
   * @param members what stands in the class
   */
  public static Path of(Path jar, Class<?> service, String members) throws IOException {
    String text =
        """
        package p;
        import io.logcaster.plugin.*;
        public class Main implements %s {
        %s
        }
        """
            .formatted(service.getSimpleName(), members);
    return build(
        jar,
        List.of(source(URI.create("string:///p/Main.java"), text)),
        null,
        Map.of("META-INF/services/" + service.getName(), "p.Main"));
  }

  private static Path build(
      Path jar, List<JavaFileObject> sources, Path resources, Map<String, String> more)
      throws IOException {
    Path work = Files.createTempDirectory(jar.toAbsolutePath().getParent(), ".build");
    Path classes = Files.createDirectories(work.resolve("classes"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
      files.setLocationFromPaths(StandardLocation.CLASS_PATH, List.of(api(work)));
      boolean done =
          compiler
              .getTask(
                  said,
                  files,
                  null,
                  List.of("--release", "17", "-Xlint:all,-options,-classfile", "-Werror"),
                  null,
                  sources)
              .call();
      if (!done) {
        throw new IllegalStateException("The plug-in cannot be compiled:\n" + said);
      }
    }
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      add(out, classes);
      if (resources != null) {
        add(out, resources);
      }
      for (Map.Entry<String, String> file : more.entrySet()) {
        out.putNextEntry(new JarEntry(file.getKey()));
        out.write(file.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return jar;
  }

  /** What the published jar has: the classes of the package, without those of the server. */
  private static Path api(Path work) throws IOException {
    Path api = work.resolve("api");
    Path to = Files.createDirectories(api.resolve("io/logcaster/plugin"));
    try {
      Path from =
          Path.of(SinkPlugin.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      try (Stream<Path> classes = Files.list(from.resolve("io/logcaster/plugin"))) {
        for (Path file : classes.filter((one) -> one.toString().endsWith(".class")).toList()) {
          Files.copy(file, to.resolve(file.getFileName()));
        }
      }
    } catch (URISyntaxException ex) {
      throw new UncheckedIOException(new IOException(ex));
    }
    return api;
  }

  private static void add(JarOutputStream out, Path folder) throws IOException {
    for (Path file : files(folder)) {
      out.putNextEntry(new JarEntry(folder.relativize(file).toString().replace('\\', '/')));
      Files.copy(file, out);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static JavaFileObject source(URI uri, String text) {
    return new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreErrors) {
        return text;
      }
    };
  }
}

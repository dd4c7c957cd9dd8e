import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.springframework.boot.SpringApplicationAotProcessor;

/**
 * Lets Spring find the application's beans once, at build time, and compiles what it writes down:
 * {@code Aot.java <work directory> <classes directory>}.
 *
 * <p>Spring Boot's own goal {@code process-aot} compiles with the Java that Maven runs on, which may be older than the project's.
 */
class Aot {

  public static void main(String[] args) throws Exception {
    Path work = Path.of(args[0]);
    Path classes = Path.of(args[1]);
    delete(work);
    SpringApplicationAotProcessor.main(
        new String[] {
          "io.logcaster.LogCasterApplication",
          work.resolve("sources").toString(),
          work.resolve("resources").toString(),
          work.resolve("classes").toString(),
          "io.logcaster",
          "logcaster"
        });
    List<String> javac = new ArrayList<>(List.of("-nowarn", "-proc:none", "-Xlint:none"));
    javac.addAll(List.of("-classpath", System.getProperty("java.class.path"), "-d", work.resolve("classes").toString()));
    try (Stream<Path> sources = Files.walk(work.resolve("sources"))) {
      sources.map(Path::toString).filter(source -> source.endsWith(".java")).forEach(javac::add);
    }
    if (ToolProvider.getSystemJavaCompiler().run(null, null, null, javac.toArray(String[]::new)) != 0) {
      System.exit(1);
    }
    copy(work.resolve("classes"), classes);
    // The database that a start need not migrate.
    Method migrations = Class.forName("io.logcaster.system.Migrations").getDeclaredMethod("main", String[].class);
    migrations.setAccessible(true);
    migrations.invoke(null, (Object) new String[] {classes.toString(), work.toString()});
    System.exit(0);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

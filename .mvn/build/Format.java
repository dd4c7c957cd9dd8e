import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs google-java-format over the sources: {@code check} fails when a file is not formatted, {@code write} formats it.
 *
 * <p>The formatter parses with the compiler of the JVM it runs in, so it needs JDK 25 while Maven may run on JDK 17; hence
 * this launcher instead of a Maven plug-in. Files unchanged since they were last found well formatted are not read again.
 */
class Format {

  /** path → size and modification time of every file known to be well formatted. */
  private static final Path SEEN = Path.of("target/tools/formatted.txt");

  public static void main(String[] args) throws IOException {
    boolean write = args[0].equals("write");
    if (!write && !args[0].equals("check")) {
      System.err.println("usage: Format.java check|write");
      System.exit(2);
    }
    Map<String, String> seen = read();
    Map<String, String> now = new ConcurrentSkipListMap<>();
    Set<String> bad = new ConcurrentSkipListSet<>();
    AtomicInteger written = new AtomicInteger();
    Formatter formatter = new Formatter(JavaFormatterOptions.defaultOptions());
    sources().parallelStream()
        .forEach(
            file -> {
              try {
                check(file, write, formatter, seen, now, bad, written);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    Files.createDirectories(SEEN.getParent());
    Files.write(SEEN, now.entrySet().stream().map(e -> e.getValue() + " " + e.getKey()).toList());
    if (written.get() > 0) {
      System.out.println("Formatted " + written + " file(s).");
    }
    if (!bad.isEmpty()) {
      System.err.println("Not formatted; run ./mvnw -q validate -Dformat=write");
      bad.forEach(line -> System.err.println("  " + line));
      System.exit(1);
    }
  }

  private static void check(
      Path file,
      boolean write,
      Formatter formatter,
      Map<String, String> seen,
      Map<String, String> now,
      Set<String> bad,
      AtomicInteger written)
      throws IOException {
    String stamp = stamp(file);
    if (stamp.equals(seen.get(file.toString()))) {
      now.put(file.toString(), stamp);
      return;
    }
    String text = Files.readString(file);
    try {
      String formatted = formatter.formatSourceAndFixImports(text);
      if (formatted.equals(text)) {
        now.put(file.toString(), stamp);
      } else if (write) {
        Files.writeString(file, formatted);
        now.put(file.toString(), stamp(file));
        written.incrementAndGet();
      } else {
        bad.add(file.toString());
      }
    } catch (FormatterException e) {
      bad.add(file + " does not parse: " + e.getMessage());
    }
  }

  private static List<Path> sources() throws IOException {
    try (var files = Files.walk(Path.of("src"))) {
      return files.filter(f -> f.toString().endsWith(".java")).sorted().toList();
    }
  }

  private static String stamp(Path file) throws IOException {
    return Files.size(file) + " " + Files.getLastModifiedTime(file).toMillis();
  }

  private static Map<String, String> read() throws IOException {
    Map<String, String> seen = new HashMap<>();
    if (Files.exists(SEEN)) {
      for (String line : Files.readAllLines(SEEN)) {
        int path = line.indexOf(' ', line.indexOf(' ') + 1);
        seen.put(line.substring(path + 1), line.substring(0, path));
      }
    }
    return seen;
  }
}

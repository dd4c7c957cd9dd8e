package io.logcaster.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents name must exist, so that they cannot rot unnoticed. */
class DocumentsTest {

  /** Paths in documents are relative to the repository, or to one of these. */
  private static final List<Path> ROOTS =
      List.of(Path.of(""), Path.of("src/main/java/io/logcaster"), Path.of("src/test/java"));

  /** Directories of these are the product's, not the repository's. */
  private static final Set<String> ELSEWHERE =
      Set.of("target/", "data/", "bin/", "lib/", "share/", "quarantine/", "wal/");

  private static final Pattern FENCE =
      Pattern.compile("^```.*?^```$", Pattern.MULTILINE | Pattern.DOTALL);

  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");

  private static final Pattern SOURCE = Pattern.compile("[\\w./-]+\\.(java|tsx?|md)");

  private static final Pattern DIRECTORY = Pattern.compile("[a-z][\\w./-]*/");

  private static final Pattern TEST_CLASS = Pattern.compile("[A-Z]\\w+(Test|IT|Contract)");

  private static final Pattern LINK = Pattern.compile("\\[[^\\]]+]\\(([^)\\s]+)\\)");

  private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);

  static List<Path> documents() throws IOException {
    try (Stream<Path> pages = Files.list(Path.of("src/docs"));
        Stream<Path> top = Files.list(Path.of(""))) {
      return Stream.concat(top, pages).filter((file) -> file.toString().endsWith(".md")).toList();
    }
  }

  @Test
  void documents_includeReadmeArchitectureAndPages() throws IOException {
    assertThat(documents())
        .contains(
            Path.of("README.md"), Path.of("ARCHITECTURE.md"), Path.of("src/docs/settings.md"));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void filesNamedInADocument_exist(Path document) throws IOException {
    List<String> missing =
        code(document)
            .filter((code) -> SOURCE.matcher(code).matches() || isDirectory(code))
            .filter((path) -> ROOTS.stream().noneMatch((root) -> Files.exists(root.resolve(path))))
            .filter((path) -> path.indexOf('/') >= 0 || !isAnywhere(path))
            .toList();

    assertThat(missing).as("files named in %s that do not exist", document).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void testsNamedInADocument_exist(Path document) throws IOException {
    List<String> missing =
        code(document)
            .filter((code) -> TEST_CLASS.matcher(code).matches())
            .filter((name) -> !isAnywhere(name + ".java"))
            .toList();

    assertThat(missing).as("tests named in %s that do not exist", document).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void linksOfADocument_leadSomewhere(Path document) throws IOException {
    List<String> broken = new ArrayList<>();
    for (MatchResult link : LINK.matcher(prose(document)).results().toList()) {
      String target = link.group(1);
      if (!target.contains("://") && !leadsSomewhere(document, target)) {
        broken.add(target);
      }
    }

    assertThat(broken).as("broken links of %s", document).isEmpty();
  }

  /** The documents lie in the archive as they lie in the repository. */
  @Test
  void linksBetweenDocuments_areInTheArchive() throws IOException {
    String assembly = Files.readString(Path.of("src/dist/assembly.xml"));
    List<PathMatcher> included =
        Stream.concat(
                Pattern.compile("<include>(.*)</include>")
                    .matcher(assembly)
                    .results()
                    .map((include) -> include.group(1)),
                Stream.of("src/docs/**"))
            .map((pattern) -> FileSystems.getDefault().getPathMatcher("glob:" + pattern))
            .toList();
    List<String> missing = new ArrayList<>();
    for (Path document : documents()) {
      for (MatchResult link : LINK.matcher(prose(document)).results().toList()) {
        Path target = document.resolveSibling(link.group(1).replaceFirst("#.*", "")).normalize();
        if (!link.group(1).matches("#.*|.*://.*")
            && included.stream().noneMatch((files) -> files.matches(target))) {
          missing.add(document + ": " + link.group(1));
        }
      }
    }

    assertThat(assembly).contains("<directory>src/docs</directory>");
    assertThat(missing).as("links to files that are not in the archive").isEmpty();
  }

  private static boolean leadsSomewhere(Path document, String target) throws IOException {
    int hash = target.indexOf('#');
    String path = (hash < 0) ? target : target.substring(0, hash);
    Path file = path.isEmpty() ? document : document.resolveSibling(path);
    return Files.exists(file) && (hash < 0 || anchors(file).contains(target.substring(hash + 1)));
  }

  /** The anchors that GitHub gives to headings. */
  private static Set<String> anchors(Path document) throws IOException {
    return HEADING
        .matcher(prose(document))
        .results()
        .map(
            (heading) ->
                heading
                    .group(1)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  private static boolean isDirectory(String code) {
    return DIRECTORY.matcher(code).matches() && ELSEWHERE.stream().noneMatch(code::startsWith);
  }

  private static Stream<String> code(Path document) throws IOException {
    return CODE.matcher(prose(document)).results().map((code) -> code.group(1));
  }

  /** A document without its blocks of commands. */
  private static String prose(Path document) throws IOException {
    return FENCE.matcher(Files.readString(document)).replaceAll("");
  }

  /** Whether a file of that name is anywhere among the sources. */
  private static boolean isAnywhere(String name) {
    try (Stream<Path> sources = Files.walk(Path.of("src"))) {
      return sources.anyMatch((file) -> file.getFileName().toString().equals(name));
    } catch (IOException ex) {
      throw new UncheckedIOException(ex);
    }
  }
}

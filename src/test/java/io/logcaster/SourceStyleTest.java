package io.logcaster;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the habits of the source text that neither the formatter nor the compiler checks. */
class SourceStyleTest {

  private static final Path MAIN = Path.of("src/main/java");

  private static final Path TESTS = Path.of("src/test/java");

  private static final int MAX_LINES = 400;

  private static final Pattern CAUGHT = Pattern.compile("catch \\([^)]*?(\\w+)\\)");

  /** A name before an arrow, after something that no case label has in that place. */
  private static final Pattern BARE_PARAMETER =
      Pattern.compile(
          "(?:[(,=?:)]|->|\\breturn|\\byield)\\s*(?!null\\b|true\\b|false\\b|default\\b)\\b([a-z_]\\w*)\\s*->");

  @Test
  void productionFiles_areShort() throws IOException {
    Map<String, Integer> tooLong = new TreeMap<>();
    for (Path file : sources(MAIN)) {
      String name = file.getFileName().toString();
      int lines = Files.readAllLines(file).size();
      if (lines > MAX_LINES) {
        tooLong.put(name, lines);
      }
    }
    assertThat(tooLong).as("files of more than %d lines", MAX_LINES).isEmpty();
  }

  @Test
  void classNames_areUsedOnce() throws IOException {
    Map<String, Long> uses =
        sources(MAIN).stream()
            .map((file) -> file.getFileName().toString())
            .filter((name) -> !name.equals("package-info.java"))
            .collect(groupingBy(Function.identity(), TreeMap::new, counting()));
    uses.values().removeIf((count) -> count == 1);

    assertThat(uses).as("names that several packages use").isEmpty();
  }

  /** A catch inside another one names its exception {@code nested}. */
  @Test
  void caughtExceptions_areNamedEx() throws IOException {
    assertThat(places(CAUGHT, (name) -> !Set.of("ex", "_", "nested").contains(name))).isEmpty();
  }

  @Test
  void lambdasOfOneParameter_haveParentheses() throws IOException {
    assertThat(places(BARE_PARAMETER, (name) -> true)).isEmpty();
  }

  /** Classes run beside each other; see junit-platform.properties. */
  @Test
  void testsThatChangeTheProcess_sayWhatMustNotRunBesideThem() throws IOException {
    Pattern server = Pattern.compile("\\bSpringApplication\\s*\\.run\\(|@SpringBootTest\\b");
    Pattern process =
        Pattern.compile(
            "\\bCapturedOutput\\b|new ListAppender|\\b(?:Locale|TimeZone)\\s*\\.setDefault\\("
                + "|\\bSystem\\s*\\.(?:setProperty|clearProperty|setIn)\\(");
    List<String> wrong = new ArrayList<>();
    for (Path file : sources(TESTS)) {
      String text = Files.readString(file);
      if ((server.matcher(text).find() && !text.contains("ExecutionMode.SAME_THREAD"))
          || (process.matcher(text).find() && !text.contains("@Isolated("))) {
        wrong.add(file.toString());
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static List<String> places(Pattern pattern, Predicate<String> wrong) throws IOException {
    List<String> places = new ArrayList<>();
    for (Path root : List.of(MAIN, TESTS)) {
      for (Path file : sources(root)) {
        String text = Files.readString(file);
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
          if (wrong.test(matcher.group(1))) {
            long line = text.substring(0, matcher.start()).lines().count() + 1;
            places.add(file + ":" + line + ": " + matcher.group());
          }
        }
      }
    }
    return places;
  }

  private static List<Path> sources(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter((file) -> file.toString().endsWith(".java")).sorted().toList();
    }
  }
}

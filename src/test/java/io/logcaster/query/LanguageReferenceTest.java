package io.logcaster.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.logcaster.query.LanguageReference.Entry;
import io.logcaster.query.ast.Keywords;
import io.logcaster.query.lang.Parser;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class LanguageReferenceTest {

  private static final LanguageReference ALL = LanguageReference.readAll(new JsonMapper());

  @Test
  void names_areThoseOfTheParser() {
    assertNames(ALL.pipes(), Keywords.PIPES);
    assertNames(ALL.functions(), Keywords.STATS);
    assertNames(ALL.filters(), Keywords.FILTERS);
    assertThat(LanguageReference.read(new JsonMapper())).isEqualTo(ALL);
  }

  private static void assertNames(List<Entry> entries, Set<String> known) {
    assertThat(entries.stream().flatMap(Entry::names)).containsExactlyInAnyOrderElementsOf(known);
    assertThat(entries).extracting(Entry::name).isSorted();
  }

  static Stream<Entry> pipes() {
    return ALL.pipes().stream();
  }

  @ParameterizedTest
  @MethodSource("pipes")
  void pipe_parsesByAllItsNames(Entry pipe) {
    String query = "* | " + pipe.example();
    String word = "\\| " + pipe.name() + "\\b";

    assertThat(query).containsPattern(word);
    String canonical = Parser.parse(query).canonical();
    for (String alias : pipe.aliases()) {
      assertThat(Parser.parse(query.replaceFirst(word, "| " + alias)).canonical())
          .isEqualTo(canonical);
    }
    assertThat(pipe.syntax()).startsWith(pipe.name());
  }

  static Stream<Entry> functions() {
    return ALL.functions().stream();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void function_parsesInStats(Entry function) {
    assertThat(function.example()).startsWith(function.name() + "(");
    assertThat(function.syntax()).startsWith(function.name() + "(");
    assertThatCode(() -> Parser.parse("* | stats " + function.example()))
        .doesNotThrowAnyException();
  }

  static Stream<Entry> filters() {
    return ALL.filters().stream();
  }

  @ParameterizedTest
  @MethodSource("filters")
  void filter_parses(Entry filter) {
    assertThat(filter.example()).contains(filter.name() + "(");
    assertThat(filter.syntax()).startsWith("field:" + filter.name() + "(");
    assertThat(Parser.parse(filter.example()).pipes()).isEmpty();
  }
}

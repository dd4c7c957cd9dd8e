package io.logcaster.query.lang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.logcaster.query.ast.FieldPattern;
import io.logcaster.query.ast.Query;
import io.logcaster.query.ast.Query.Options;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands around the filter and the pipes of a query. */
class QueryOptionsTest {

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      textBlock =
          """
          options() a => 0, false, 0
          options(concurrency=3) a => 3, false, 0
          options(concurrency=0) a => 0, false, 0
          options(concurrency=1024) a => 1024, false, 0
          options(Concurrency="2",) a => 2, false, 0
          options(ignore_global_time_filter=true) a => 0, true, 0
          options(ignore_global_time_filter=1) a => 0, true, 0
          options(ignore_global_time_filter=false) a => 0, false, 0
          options(ignore_global_time_filter=F) a => 0, false, 0
          options(time_offset=1ms) a => 0, false, 1000000
          options(time_offset=-1ms) a => 0, false, -1000000
          options(concurrency=2, time_offset=1ms, ignore_global_time_filter=t) a => 2, true, 1000000
          options(ignore_global_time_filter=t, concurrency=2, time_offset=1ms) a => 2, true, 1000000
          options(time_offset=1ms, ignore_global_time_filter=t, concurrency=2) a => 2, true, 1000000
          options(parallel_readers=8, allow_partial_response=true) a => 0, false, 0
          """)
  void options_areThoseOfTheQuery(String query, String expected) {
    Query parsed = Parser.parse(query);
    Options options = parsed.options();

    assertThat(
            options.concurrency() + ", " + options.ignoreGlobalTime() + ", " + options.timeOffset())
        .isEqualTo(expected);
    assertThat(options.hidden()).isEmpty();
    assertThat(parsed.canonical()).endsWith("a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          options a => 9, '('
          options(speed=1) a => 9, There is no query option
          options(concurrency 1) a => 21, '='
          options(concurrency=1 time_offset=1s) a => 23, ','
          options(concurrency=-1) a => 21, Expected a number of threads
          options(concurrency=1025) a => 21, found '1025'
          options(concurrency=1.5) a => 21, found '1.5'
          options(concurrency=x) a => 21, found 'x'
          options(parallel_readers=x) a => 26, Expected a number of threads
          options(allow_partial_response=x) a => 32, Expected true or false
          options(time_offset=x) a => 21, a duration
          options(concurrency=1) => 23, Expected a filter
          a | => 4, ``
          a) => 2, Unexpected ')'
          a | limit 1) => 12, Unexpected ')'
          a; b => 4, Unexpected 'b'
          a | limit 1 2 => 13, Unexpected '2' in this pipe
          """)
  void error_namesItsPlace(String query, String expected) {
    int comma = expected.indexOf(',');

    assertThatThrownBy(() -> Parser.parse(query))
        .isInstanceOfSatisfying(
            QuerySyntaxException.class,
            (ex) -> {
              assertThat(ex.column()).isEqualTo(Integer.parseInt(expected.substring(0, comma)));
              assertThat(ex.detail())
                  .contains(expected.substring(comma + 1).replace("``", "").strip());
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      textBlock =
          """
          options(concurrency=2) a:in(b | fields x) \
          => options(concurrency=2) a:in(options(concurrency=2) b | fields x)
          options(concurrency=2) a:in(options(concurrency=3) b | fields x) c:in(d | fields x) \
          => options(concurrency=2) a:in(options(concurrency=3) b | fields x) \
          c:in(options(concurrency=2) d | fields x)
          a:in(options(concurrency=3) b | fields x) c:in(d | fields x) \
          => a:in(options(concurrency=3) b | fields x) c:in(d | fields x)
          options(global_filter=(g)) a:in(b | fields x) => g a:in(g b | fields x)
          a:in(options(global_filter=(g)) b | fields x) c:in(d | fields x) \
          => a:in(g b | fields x) c:in(d | fields x)
          """)
  void subquery_hasTheOptionsOfTheOuterOne_unlessItSaysOtherwise(String query, String expected) {
    assertThat(Parser.parse(query).canonical()).isEqualTo(expected);
  }

  @Test
  void addedFiltersAndHiddenFields_countInSubqueriesToo() {
    List<FieldPattern> hidden = List.of(new FieldPattern("secret", false));
    Query query =
        Parser.parse(
            "a:in(b | fields x) | limit 1;", List.of(Parser.parse("tenant:7").filter()), hidden);

    assertThat(query.canonical()).isEqualTo("tenant:7 a:in(tenant:7 b | fields x) | limit 1");
    assertThat(query.options().hidden()).isEqualTo(hidden);
    assertThat(Parser.parse("a").options().hidden()).isEmpty();
  }

  @Test
  void length_isBounded() {
    String longest = "a".repeat(Parser.MAX_LENGTH);

    assertThat(Parser.parse(longest).canonical()).isEqualTo(longest);
    assertThatThrownBy(() -> Parser.parse(longest + "a"))
        .isInstanceOf(QuerySyntaxException.class)
        .hasMessageContaining("longer than 1048576 characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a;", " a ; ", "a | limit 5 ;"})
  void semicolon_mayEndAQuery(String query) {
    assertThat(Parser.parse(query).canonical()).startsWith("a").doesNotContain(";");
  }
}

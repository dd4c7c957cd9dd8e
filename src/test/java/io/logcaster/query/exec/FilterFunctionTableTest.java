package io.logcaster.query.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.query.Filtering;
import io.logcaster.query.Records;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Filters that do not look for words, through the real parser. A row of a table is a filter and the
 * numbers of the values that it selects.
 */
class FilterFunctionTableTest {

  private static final Filtering ARRAYS =
      Filtering.values(
          "[\"eu\",\"x y\"]",
          " [ 1, 2.50,true,null ] ",
          "[[\"eu\"],{\"k\":\"eu\"}]",
          "\"eu\"",
          "[\"eu\"",
          "",
          "[\"\\u0065u\",\"\"]");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          f:json_array_contains_any(eu)            | 0 6
          f:json_array_contains_any("x y", null)   | 0 1
          f:json_array_contains_any(2.50)          | 1
          f:json_array_contains_any(2.5)           |
          f:json_array_contains_any("")            | 6
          f:json_array_contains_any()              |
          !f:json_array_contains_any(eu)           | 1 2 3 4 5
          g:json_array_contains_any(eu)            |
          """)
  void arrayElements_areWholeValues(String filter, String expected) {
    ARRAYS.assertSelects(filter, expected);
  }

  private static final Filtering ADDRESSES =
      Filtering.values(
          "2001:db8::1",
          "2001:DB8:0:0:0:0:0:A",
          "10.1.2.3",
          "::ffff:a01:203",
          "x ::1",
          "",
          "fe80::1%eth0",
          "1:2:3:4:5:6:7::",
          "1::2::3",
          "1:2:3:4:5:6:7:8:9");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          f:ipv6_range(2001:db8::/64)              | 0 1
          f:ipv6_range("2001:db8::2", "2001:db8::ffff") | 1
          f:ipv6_range(2001:db8::1)                | 0
          f:ipv6_range(10.0.0.0/8)                 | 2 3
          f:ipv6_range(10.1.2.3)                   | 2 3
          f:ipv6_range(fe80::/10)                  | 6
          f:ipv6_range(::/0)                       | 0 1 2 3 6 7
          f:ipv6_range(::2, ::1)                   |
          """)
  void addresses_areComparedInAnySpelling(String filter, String expected) {
    ADDRESSES.assertSelects(filter, expected);
  }

  private static final Filtering LINES =
      Filtering.messages(
          "took 12.5ms at 10:20:30,123",
          "ip=10.0.0.1 user=\"a b\" on 2026-01-02T03:04:05+01:00",
          "id 2edfed59-3e98-4073-bbb2-28d321ca71a7",
          "abcd1234",
          "0x1f g12",
          "größe x",
          "",
          "a <N> b");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          pattern_match("took <N>.<N>ms")          | 0
          pattern_match_full("took <N>.<N>ms at <TIME>") | 0
          pattern_match_full("took <N>.<N>ms")     |
          pattern_match_prefix("took <N>.<N>ms")   | 0
          pattern_match_suffix("<TIME>")           | 0
          pattern_match("<IP4>")                   | 1
          pattern_match("user=<W> on")             | 1
          pattern_match_suffix("<DATETIME>")       | 1
          pattern_match("<DATE>T")                 | 1
          pattern_match_full("id <UUID>")          | 2
          pattern_match("<UUID>")                  | 2
          pattern_match("<N>")                     | 0 1 2 3
          pattern_match("abcd<N>")                 | 3
          pattern_match("g<N>")                    | 4
          pattern_match_full("<W> <W>")            | 4 5
          pattern_match("<x>")                     |
          pattern_match("a <N> b")                 |
          pattern_match("a <")                     | 7
          pattern_match(bcd)                       | 3
          pattern_match("")                        | 0 1 2 3 4 5 6 7
          pattern_match_full("")                   | 6
          """)
  void patterns_findWhatPlaceholdersStandFor(String filter, String expected) {
    LINES.assertSelects(filter, expected);
  }

  private static final Filtering CASES =
      Filtering.messages(
          "an Error",
          "ERROR",
          "error",
          "eRROR",
          "errors",
          "Привет Мир",
          "ПРИВЕТ МИР",
          "привет Мир",
          "пРИВЕТ",
          "");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          contains_common_case(Error)              | 0 1 2
          contains_common_case(error)              | 1 2
          contains_common_case(Errors, Error)      | 0 1 2 4
          contains_common_case("Привет Мир")       | 5 6 7
          contains_common_case()                   |
          contains_common_case("")                 | 0 1 2 3 4 5 6 7 8 9
          equals_common_case(Error)                | 1 2
          equals_common_case(eRROR)                | 1 2 3
          equals_common_case("")                   | 9
          !equals_common_case(Error)               | 0 3 4 5 6 7 8 9
          *rro*                                    | 0 2 4
          *"n E"*                                  | 0
          *риве*                                   | 5 7
          !*rr*                                    | 1 3 5 6 7 8 9
          *""*                                     | 0 1 2 3 4 5 6 7 8 9
          """)
  void commonCases_andParts_areFound(String filter, String expected) {
    CASES.assertSelects(filter, expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          k8s.*:web                                | 0 1
          k8s.*:(web and db)                       | 0
          k8s.*:!web                               | 2 3
          !k8s.*:web                               | 2 3
          "k8s."*:>10                              | 2
          k8s.*:*                                  | 0 1 2
          *:web                                    | 0 1 3
          *:case                                   |
          nosuch*:web                              |
          k8s.*:eq_field(k8s.pod)                  | 2 3
          """)
  void anyField_withThePrefix_isEnough(String filter, String expected) {
    Records records =
        new Records()
            .add(Map.of("row", "0", "k8s.pod", "web", "k8s.node", "db 1"))
            .add(Map.of("row", "1", "k8s.pod", "my web"))
            .add(Map.of("row", "2", "k8s.node", "50"))
            .add(Map.of("row", "3", "other", "web"));
    Filtering.assertSelects(records, filter, expected);
  }

  @Test
  void pattern_onLongRuns_readsEachCharacterOnce() {
    String digits = "1".repeat(300_001);
    assertThat(Filtering.messages(digits).select("pattern_match(\"1<N>x\")")).isEmpty();
    assertThat(Filtering.messages("a".repeat(300_001)).select("pattern_match(\"a<W>b\")"))
        .isEmpty();
  }
}

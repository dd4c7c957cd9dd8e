package io.logcaster.query.lang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParserTest {

  private static String canonical(String query) {
    return Parser.parse(query).canonical();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\u0001',
      textBlock =
          """
          a AND b OR NOT c => a b or !c
          a (b or *) => a
          -(a b) => !(a b)
          not not a => a
          app:(x or y:z) => app:x or app:"y:z"
          'one' "two" `three` => one two three
          "and" => "and"
          msg-id:a/b => "msg-id":"a/b"
          {a="b"} x {c=~"d"} => {a="b",c=~"d"} x
          x _time:5m => _time:5m x
          _time:[2026-01, now) offset 1h => _time:[2026-01,now) offset 1h
          size:>=1_0KB => size:>="1_0KB"
          exact(a) re("b") => =a ~b
          ip:in( 1.2.3.4 , "x y", ) => ip:in(1.2.3.4,"x y")
          * | where a | where b => a b
          * | sort by (a) | skip 2 | head 3 => * | sort by (a) offset 2 limit 3
          * | (a) count() x => * | stats by (a) count(*) as x
          * | sum(a), count() if (b) c => * | stats sum(a) as "sum(a)", count(*) if (b) as c
          * | math a + b * (c - 1) x => * | math a + b * (c - 1) as x
          * # comment | nothing => *
          foo*bar *baz => foo* bar baz
          foo:=* :bar::=baz (x:=) => foo:=""* bar:=baz x:=""
          a:i("") b:exact("") => a:i("") b:=""
          * | fields a:b, "c/*", _* => * | fields "a:b", "c/*", _*
          * | count(k8s.*) => * | stats count(k8s.*) as "count(k8s.*)"
          * | stats by (x:10 offset 3) count() y => * | stats by (x:10 offset 3ns) count(*) as y
          * | math a:b + 10.0.0.1 c => * | math "a:b" + "10.0.0.1" as c
          * | unpack_json result_prefix * => * | unpack_json result_prefix "*"
          a or$x y => a or "$x" y
          _msg:* => _msg:*
          _msg:(* x) => _msg:* x
          ""* or x => *
          ~".+" => *
          "_msg":~".+" => _msg:*
          * | stats row_max(a, b, *) => * | stats row_max(a) as "row_max(a)"
          options(ignore_global_time_filter=T) a => options(ignore_global_time_filter=true) a
          """)
  void canonical_isTheMeaning(String query, String expected) {
    assertThat(canonical(query)).isEqualTo(expected.replace("\"1_0KB\"", "1_0KB"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\u0001',
      textBlock =
          """
          a | => 4
          (a => 3
          a b) => 4
          "a => 1
          x:in(a b) => 8
          _time:yesterday => 7
          a | sort by (x) limit many => 23
          count() => 1
          x:~"(" => 4
          a | frobnicate(x) => 5
          a b(c) => 3
          a:i() => 5
          x:exact(a)(b) => 11
          foo*:bar => 5
          app:{host="x"} => 5
          * | format "<a>" b => 18
          * | math 5foo as x => 10
          i(a,) => 4
          exact(a*,) => 9
          * | top (x) hits => 17
          * | format "<a*>" => 12
          options(ignore_global_time_filter=yes) a => 35
          """)
  void error_namesItsColumn(String query, int column) {
    assertThatThrownBy(() -> Parser.parse(query))
        .isInstanceOfSatisfying(
            QuerySyntaxException.class, (error) -> assertThat(error.column()).isEqualTo(column));
  }

  @Test
  void error_inALaterLine_countsLines() {
    assertThatThrownBy(() -> Parser.parse("a\n | limit\n  x y"))
        .isInstanceOfSatisfying(
            QuerySyntaxException.class,
            (error) -> {
              assertThat(error.line()).isEqualTo(3);
              assertThat(error.column()).isEqualTo(3);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        "!(",
        "a:(",
        "x:in(",
        "* | union (",
        "* | math (",
        "* | math -",
        "- ",
        "* | stats count() if ("
      })
  void depth_isBounded(String opening) {
    assertThatThrownBy(() -> Parser.parse(opening.repeat(100_000)))
        .isInstanceOf(QuerySyntaxException.class);
  }

  @Test
  void length_isBounded() {
    assertThatThrownBy(() -> Parser.parse("a ".repeat(Parser.MAX_LENGTH)))
        .isInstanceOf(QuerySyntaxException.class)
        .hasMessageContaining("longer");
  }

  @Property(tries = 3000, seed = "4711")
  void anyText_isAQueryOrAnErrorWithAPlace(@ForAll("queries") String text) {
    String canonical;
    try {
      canonical = canonical(text);
    } catch (QuerySyntaxException error) {
      assertThat(error.line()).isPositive();
      assertThat(error.column()).isPositive();
      assertThat(error.detail()).isNotBlank();
      return;
    }
    assertThat(canonical(canonical)).isEqualTo(canonical);
  }

  @Provide
  Arbitrary<String> queries() {
    Arbitrary<String> words =
        Arbitraries.of(
            "a",
            "level",
            "_time",
            "_stream",
            "{",
            "}",
            "(",
            ")",
            "[",
            "]",
            ":",
            "=",
            "!",
            "-",
            "~",
            "<",
            ">",
            "*",
            "|",
            ",",
            "and",
            "or",
            "not",
            "in",
            "seq",
            "range",
            "i",
            "5m",
            "2026-01-02",
            "now",
            "offset",
            "stats",
            "count",
            "by",
            "sort",
            "limit",
            "10",
            "math",
            "+",
            "/",
            "as",
            "if",
            "extract",
            "\"<x> y\"",
            "unpack_json",
            "from",
            "fields",
            "uniq",
            "top",
            "'",
            "\"",
            "`",
            "\\",
            "\n",
            "#",
            " ",
            "é",
            "𝒳",
            "\u0000");
    return Arbitraries.oneOf(
        words.list().ofMaxSize(25).map((list) -> String.join(" ", list)),
        words.list().ofMaxSize(25).map((list) -> String.join("", list)),
        Arbitraries.strings().ofMaxLength(40));
  }
}

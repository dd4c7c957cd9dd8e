package io.logcaster.query.lang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
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
          foo:=* :bar::=baz (x:=) => foo:=""* bar:=baz x:=""
          *foo* a:*"b c"* => *foo* a:*"b c"*
          "k8s."*:(a !b) or *:c => k8s.*:a !k8s.*:b or *:c
          pattern_match('a <N>') x:pattern_match_full(y) => pattern_match("a <N>") x:pattern_match_full(y)
          ip:ipv6_range(2001:DB8:0::1/64) => ip:ipv6_range("2001:db8::", "2001:db8::ffff:ffff:ffff:ffff")
          ip:ipv6_range(10.0.0.1/8) => ip:ipv6_range("::ffff:10.0.0.0", "::ffff:10.255.255.255")
          t:json_array_contains_any(a, "b c",) => t:json_array_contains_any(a,"b c")
          a:equals_common_case(Ab) contains_common_case() => a:equals_common_case(Ab) contains_common_case()
          limit 5 offset; => "limit" 5 "offset"
          * | filter count | filter by => "count" "by"
          * | coalesce(a, b*,) default "" => * | coalesce(a, b*)
          * | coalesce(a) default x as y => * | coalesce(a) default x as y
          * | json_array_concat "," t as r => * | json_array_concat "," from t as r
          * | json_array_concat as r => * | json_array_concat "" as r
          * | running_stats (a) count() => * | running_stats by (a) count(*) as "count(*)"
          * | total_stats first(a) b, max(c) => * | total_stats first(a) as b, max(c) as "max(c)"
          * | union rows({a=b,"c":5},{}) => * | union rows({a:b,c:5}, {})
          * | join (a) rows({a:b}) prefix x inner => * | join by (a) rows({a:b}) inner prefix x
          * | generate_sequence 2.5K => * | generate_sequence 2500
          * | set_stream_fields if (a) b,c* => * | set_stream_fields if (a) b, c*
          * | time_add "90m" at x => * | time_add 1h30m at x
          * | unpack_json x preserve_keys (a, b.c) result_prefix p => * | unpack_json from x preserve_keys (a, b.c) result_prefix p
          * | query_stats => * | query_stats
          * | uniq a filter "b c" limit 2 => * | uniq by (a) filter "b c" limit 2
          * | field_names filter a as b => * | field_names filter a as b
          * | field_values a filter b => * | field_values a filter b
          * | count() switch(case (a) x, default y) => * | stats count(*) if (a) as x, count(*) if (!a) as y
          * | stats json_values(a) sort (b desc) limit 2 x => * | stats json_values(a) sort by (b desc) limit 2 as x
          * | stats field_max(a, b), any(c) d => * | stats field_max(a, b) as "field_max(a, b)", any(c) as d
          * | first by ("a*") => * | first by ("a*")
          x!y a:b!c => "x!y" a:"b!c"
          a:i("") b:exact("") => a:i("") b:=""
          * | fields a:b, "c/*", _* => * | fields "a:b", "c/*", _*
          * | count(k8s.*) => * | stats count(k8s.*) as "count(k8s.*)"
          * | stats by (x:10 offset 3) count() y => * | stats by (x:10 offset 3ns) count(*) as y
          * | math a:b + 10.0.0.1 c => * | math "a:b" + "10.0.0.1" as c
          * | unpack_json result_prefix * => * | unpack_json result_prefix "*"
          a or$x y => a or "$x" y
          delete user 7 => "delete" user 7
          limit 5 | filter by | where fields => "limit" 5 "by" "fields"
          sort:=asc fields.x:y => "sort":="asc" fields.x:y
          _msg:* => _msg:*
          _msg:(* x) => _msg:* x
          ""* or x => *
          ~".+" => *
          "_msg":~".+" => _msg:*
          * | stats row_max(a, b, *) => * | stats row_max(a) as "row_max(a)"
          options(ignore_global_time_filter=T) a => options(ignore_global_time_filter=true) a
          "a\\tb" "\\x41\\u00e9\\U0001F600" '\\101\\'' => "a\\tb" "Aé😀" "A'"
          ip:ipv4_range(10.1.2.3/8) => ip:ipv4_range(10.0.0.0, 10.255.255.255)
          ip:ipv4_range(10.1.2.3/32) => ip:ipv4_range(10.1.2.3, 10.1.2.3)
          _time:day_range[08:00, 18:30] => _time:day_range[08:00, 18:30]
          _time:day_range(00:00, 24:00) offset 2h => _time:day_range(00:00, 24:00) offset 2h
          _time:week_range[mon, Friday] => _time:week_range[Mon, Fri]
          _time:week_range(sun, sat) offset -1h => _time:week_range(Sun, Sat) offset -1h
          _time:>=2026-01 => _time:>=2026-01
          _time:<5m offset 1h => _time:<5m offset 1h
          _time:=2026-01-31 => _time:2026-01-31
          _time:=5m => _time:=5m
          """)
  void canonical_printsTheMeaning(String query, String expected) {
    assertThat(canonical(query)).isEqualTo(expected.replace("\"1_0KB\"", "1_0KB"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\u0001',
      textBlock =
          """
          a | => 4
          a | count => 5
          * | union (a | count) => 16
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
          x:foo*:bar => 7
          a | foo => 5
          a | coalesce => 13
          a | coalesce() => 13
          a | coalesce(b) c => 17
          a | json_array_concat - from t => 23
          a | running_stats avg(b) => 19
          a | running_stats count() if (b) c => 27
          a | total_stats first(b, c) => 17
          a | union rows => 15
          a | union rows({b:[1]}) => 19
          a | generate_sequence 0 => 23
          a | set_stream_fields (b) => 23
          a | time_add 5 => 14
          a | uniq by (b, c) filter d => 20
          a | unpack_json preserve_keys (b*) => 32
          a | stats any(b, c) d => 11
          a | stats field_max(b) => 11
          a | stats first(b) => 11
          a | stats count() switch() => 19
          a | stats count() switch(case (b) c, default c) => 11
          a | (b) => 8
          a b=c => 4
          a:"b"c => 3
          a"b" => 2
          user@host => 5
          {a="b"}c => 8
          a*b => 3
          not:a => 4
          x:contains_all => 3
          x:*foo => 7
          *.* => 2
          a; b => 4
          a:=!b => 4
          x:ipv6_range(::1/129) => 14
          x:ipv6_range(a, b, c) => 3
          x:equals_common_case(ABCDEFGHIJK) => 22
          x:pattern_match(a, b) => 3
          x:pattern_match(<N>) => 17
          x:json_array_contains_any(a*) => 28
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "* ; | len(a) as b",
        "* ; | filter a",
        "* | math a; + a",
        "* | math a;, a as x",
        "* | stats sum(a; , a)",
        "* | stats count() a; , count() b",
        "* | fields a;, a",
        "* | sort by (a;, a)",
        "* | copy a as b;, a as b",
        "* | unroll by (a;, a)",
        "a;  ~\"(b{1,100}){1,100}\"",
        "{a in (x; , \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"",
        "a; \"\\",
        "a; 'x\\"
      })
  void size_isBounded(String query) {
    String[] parts = query.split("; ?", 2);
    String text = parts[0] + parts[1].repeat(40_000);
    assertThatThrownBy(() -> Parser.parse(text)).isInstanceOf(QuerySyntaxException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "((((.{1,100}){1,100}){1,100}){1,100})|202,020,",
        "(((((){1000}){1000}){1000}){1000})|steps",
        "(a{1,200}){1,200}|80,",
        "(?:[^]]{10}){1000}{5}|steps",
        "((?:\\pL){0,1000}){0,30}|steps"
      })
  void regexp_thatExpandsTooFar_isRefusedWithItsPlace(String pattern, String detail) {
    for (String query :
        List.of(
            "a:~`%s`",
            "{app=~`%s`}", "* | extract_regexp `(?P<a>%s)`", "* | replace_regexp (`%s`, b)")) {
      assertThatThrownBy(() -> Parser.parse(query.formatted(pattern)))
          .isInstanceOfSatisfying(
              QuerySyntaxException.class,
              (error) -> {
                assertThat(error.detail()).contains("too large").contains(detail);
                assertThat(error.column()).isEqualTo(query.indexOf('`') + 1);
              });
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".{1,1000}",
        "(\\d{1,3}\\.){3}\\d{1,3}",
        "^\\Q((((.{1,100}){1,100}){1,100}\\E$",
        "[({1,100}]{1,100}",
        "(?i)x{2,}(?P<y>z{0})",
        "a{,5}{b}",
        "[[:alpha:]({1000}]+"
      })
  void regexp_ofUsualSize_isAccepted(String pattern) {
    assertThat(canonical("~`" + pattern + "`")).startsWith("~");
  }

  @Test
  void regexp_ofManyAlternatives_isAccepted() {
    StringBuilder hosts = new StringBuilder("host0");
    for (int i = 1; i < 5_000; i++) {
      hosts.append("|host").append(i);
    }
    assertThat(canonical("~`" + hosts + "`")).hasSizeGreaterThan(20_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a:in(n:range[30, 46) | fields n)",
        "a:in(n:range(30, 46] | fields n)",
        "a:contains_any(_time:(2026-01, 2026-02] | uniq by (n))",
        "a:contains_all(x _time:[2026-01, 2026-02) | n:range[1, 2) | fields n)",
        "_stream_id:in(n:range[30, 46) | fields _stream_id)",
        "!a:in(x:in(n:range[30, 46) | fields n) | fields x)",
        "a:in([x, y) | fields a",
        "a:in(x[1), b:in([y]) | fields b"
      })
  void brackets_inAList_areThoseOfAQueryOrOfValues(String query) {
    String canonical = canonical(query.replace("),", ")"));
    assertThat(canonical(canonical)).isEqualTo(canonical);
  }

  @Test
  void length_isBounded() {
    assertThatThrownBy(() -> Parser.parse("a ".repeat(Parser.MAX_LENGTH)))
        .isInstanceOf(QuerySyntaxException.class)
        .hasMessageContaining("longer");
  }

  @Property(tries = 3000)
  void anyText_isAQueryOrAnErrorWithAPlace(@ForAll("queries") String text) {
    String canonical;
    try {
      canonical = canonical(text);
    } catch (QuerySyntaxException ex) {
      assertThat(ex.line()).isPositive();
      assertThat(ex.column()).isPositive();
      assertThat(ex.detail()).isNotBlank();
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

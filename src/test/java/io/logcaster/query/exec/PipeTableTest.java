package io.logcaster.query.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.query.Records;
import io.logcaster.record.Timestamps;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each pipe on a few rows, through the real parser. Rows are written {@code a=1,b=2; a=3}; the
 * built-in fields other than the message are left out.
 */
class PipeTableTest {

  private static List<Map<String, String>> rows(String text) {
    List<Map<String, String>> rows = new ArrayList<>();
    for (String row : text.split(";", -1)) {
      Map<String, String> fields = new LinkedHashMap<>();
      for (String field : row.strip().split(",", -1)) {
        int equals = field.indexOf('=');
        if (equals > 0 && equals < field.length() - 1) {
          fields.put(field.substring(0, equals).strip(), field.substring(equals + 1));
        }
      }
      if (!fields.isEmpty()) {
        rows.add(fields);
      }
    }
    return rows;
  }

  private static List<Map<String, String>> run(String rows, String pipes) throws IOException {
    Records records = new Records();
    rows(rows).forEach(records::add);
    return records.rows("* | delete _time, _stream, _stream_id | " + pipes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          copy a as b, b as c                     | a=1             | a=1,b=1,c=1
          copy a* as x*                           | a=1,ab=2        | a=1,ab=2,x=1,xb=2
          rename a as b                           | a=1             | b=1
          rename a as b, b as a                   | a=1,b=2         | a=1
          delete a*, c                            | a=1,ab=2,b=3    | b=3
          fields a, c                             | a=1,b=2         | a=1
          fields a*                               | a=1,ab=2,b=3    | a=1,ab=2
          drop_empty_fields                       | a=1,b=          | a=1
          filter a:>1                             | a=1; a=2        | a=2
          a:>1                                    | a=1; a=2        | a=2
          limit 1                                 | a=1; a=2        | a=1
          offset 1                                | a=1; a=2        | a=2
          sample 1                                | a=1             | a=1
          len(a) as n                             | a=äb            | a=äb,n=3
          hash(a) as h                            | a=abc           | a=abc,h=7930733036767641
          union (* ~"nothing")                    | a=1             | a=1
          union rows({a:x,"b c":"2"}, {})         | a=1             | a=1; a=x,b c=2
          join by (a) rows({a:1,b:x},{a:1,b:y})   | a=1; a=2        | a=1,b=x; a=1,b=y; a=2
          join by (a) rows({a:1,b:x}) prefix "p." inner | a=1; a=2  | a=1,p.b=x
          coalesce(x, b*, a) as r                 | a=1,bb=2,bc=3   | a=1,bb=2,bc=3,r=2
          coalesce(x, a) default z as a           | b=1; a=2        | a=z,b=1; a=2
          coalesce(x) as a                        | a=1,b=2         | b=2
          generate_sequence 2                     | a=1; a=2; a=3   | _msg=0; _msg=1
          uniq by (a) filter 1                    | a=10; a=21; a=3 | a=10; a=21
          field_values a filter 1 limit 5         | a=1; a=2        | a=1,hits=1
          field_names filter b as n               | a=1,ab=2,b=3    | n=ab,hits=1; n=b,hits=1
          time_add 1h at a                        | a=2026-01-01T02:00:00+02:00; a=x | a=2026-01-01T01:00:00Z; a=x
          time_add -1.5s at a                     | a=2026-01-01T00:00:00Z | a=2025-12-31T23:59:58.5Z
          set_stream_fields if (a:2) a            | a=1; a=2        | a=1; a=2,_stream={a="2"}
          """)
  void fields_areMoved(String pipe, String rows, String expected) throws IOException {
    assertThat(run(rows, pipe)).containsExactlyInAnyOrderElementsOf(rows(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          collapse_nums                    | at 12:34:56.789 from 10.0.0.1 id 7f3a9c x86 4.5s   | at <N>:<N>:<N>.<N> from <N>.<N>.<N>.<N> id <N> x<N> <N>.<N>s
          collapse_nums prettify           | 2026-01-02T03:04:05Z 10.0.0.1 12:34:56.7 2026/01/02  | <DATETIME> <IP4> <TIME> <DATE>
          collapse_nums prettify           | 2edfed59-3e98-4073-bbb2-28d321ca71a7 done             | <UUID> done
          collapse_nums                    | m0 v2 0x1f be abcd a1b2c3 12Z t12 5ms 10KB 3h4m _7   | m<N> v<N> 0x1f be <N> <N> <N>Z t12 <N>ms 10KB <N>h<N>m _<N>
          collapse_nums                    | ё5 №5 1.5µs                                          | ё<N> №<N> <N>.<N>µs
          collapse_nums                    | x86_64 1é a_1 g12                                    | x<N>_<N> <N>é a_<N> g12
          collapse_nums prettify           | 2026-01-02 03:04:05+01:00 at 12:34:56,7 and 1:2:3:4  | <DATETIME> at <TIME> and <TIME>:<N>
          collapse_nums if (x:y)           | 12                                                   | 12
          replace (a, b)                   | banana                                               | bbnbnb
          replace (a, b) limit 2           | banana                                               | bbnbna
          replace ("", b)                  | banana                                               | banana
          replace_regexp ("(.)a", "$1-")   | banana                                               | b-n-n-
          replace_regexp ("n(?P<x>a)", "${x}$$") limit 1 | banana                                 | baa$na
          replace_regexp ("(.)a", "$1a.")  | banana                                               | ...
          replace_regexp ("b(a)", "$01$2") | banana                                               | nana
          replace_regexp ("^", "x")        | banana                                               | xbanana
          decolorize                       | <\u001b[1;31mred\u001b[0m> and\u001b[3               | <red> and
          math 1 ^ nosuch as _msg          | x                                                    | 1
          math ln(0) as _msg               | x                                                    | -Inf
          math -3 or 0 as _msg             | x                                                    | 18446744073709552000
          math 10.0.0.1 + 1 as _msg        | x                                                    | 167772162
          unpack_words                     | a,b a!                                               | ["a","b","a"]
          unpack_words drop_duplicates     | a,b a!                                               | ["a","b"]
          split "," from _msg              | a,,b                                                 | ["a","","b"]
          json_array_concat "-"            | [ "a", 1, [2], {"k": "v"}, null ]                    | a-1-[2]-{"k":"v"}-null
          json_array_concat                | ["a","b c"]                                          | ab c
          split "" from _msg               | aß                                                   | ["a","ß"]
          format "<uc:_msg>!"              | hi                                                   | HI!
          format "<q:_msg>"                | say "x"                                              | "say \\"x\\""
          format "<urlencode:_msg>"        | a b/c                                                | a+b%2Fc
          format "<duration:_msg>"         | 0                                                    | 0
          format "<duration:_msg>"         | -9223372036854775808                                 | -106751d23h47m16.854775807s
          format "<duration_seconds:_msg>" | 0                                                    | 0
          format "<hexdecode:_msg>"        | c3a9e282                                             | é\ufffd
          format "<base64decode:_msg>"     | /w==                                                 | \ufffd
          unpack_logfmt fields (_msg)      | _msg="a\\xff\\xc3\\xa9"                              | a\ufffdé
          format "<unknown:_msg>!"         | x                                                    | x!
          format "<hexnumencode:_msg>"     | 255                                                  | 00000000000000FF
          format "<hexnumencode:_msg>"     | 18446744073709551615                                 | FFFFFFFFFFFFFFFF
          format "<hexnumencode:_msg>"     | +5                                                   | +5
          format "<ipv4:_msg>"             | +5                                                   | +5
          format "<hexnumencode:_msg>"     | -5                                                   | -5
          replace_regexp ("a*", "<$0>")    | abc aab                                              | <a>b<>c<> <aa>b<>
          replace_regexp ("a*", "X") limit 2 | baaac                                              | XbXc
          replace_regexp ("b?", "-")       | abba                                                 | -a--a-
          replace_regexp ("", "-")         | éa                                                   | -é-a-
          replace_regexp ("$", "!")        | a                                                    | a!
          math _msg - 1763556497161513000 as _msg | 1763556497161513791                           | 791
          math _msg + 0 as _msg            | 9223372036854775807                                  | 9223372036854775807
          math 10 ^ 18 + _msg as _msg      | 1                                                    | 1000000000000000001
          math _msg * 3 as _msg            | 3002399751580331                                     | 9007199254740993
          math _msg % 1000 as _msg         | 1763556497161513791                                  | 791
          math -_msg as _msg               | 1763556497161513791                                  | -1763556497161513791
          math max(_msg, 1763556497161513790) as _msg | 1763556497161513791                       | 1763556497161513791
          math round(_msg, 10) as _msg     | 1763556497161513795                                  | 1763556497161513800
          math _msg & 255 as _msg          | 1763556497161513791                                  | 63
          format "<duration:_msg>"         | 90000000000                                          | 1m30s
          format "<duration_seconds:_msg>" | 1m30.5s                                              | 90.5
          format "<ipv4:_msg>"             | 167772161                                            | 10.0.0.1
          format "<time:_msg>"             | 1767323045                                           | 2026-01-02T03:04:05Z
          format "<time:_msg>"             | 1767323045123                                        | 2026-01-02T03:04:05.123Z
          format "<hexencode:_msg>"        | hi                                                   | 6869
          format "<hexnumdecode:_msg>"     | 00ff                                                 | 255
          format "<base64encode:_msg>"     | hi                                                   | aGk=
          format "<base64decode:_msg>"     | aGk=                                                 | hi
          format "&lt;<_msg>&gt;"          | x                                                    | <x>
          pattern as _msg                  | user 17 logged in from /var/run/x.sock               | user <*> logged in from <*>
          pattern as _msg                  | Block rdd_2_1 stored (estimated size 5.2 KB, free 1 MB) at 5 o'clock | Block <*> stored (estimated size <*>, free <*>) at <*> o'clock
          pattern as _msg                  | "GET /v2/servers?limit=1&changes=a,b HTTP/1.1" status: 200 len: 19 time: 0.2 s | "GET <*> <*>" status: <*> len: <*> time: <*>
          pattern as _msg                  | connection from 10.0.0.1 () at Mon, foo() called     | connection from <*> (<*>) at <*>, foo() called
          pattern as _msg                  | session opened for user ann by (uid=0), user unknown | session opened for user <*> by (uid=<*>), user unknown
          json_array_len(_msg)             | [1,[2,3],"x,y"]                                      | 3
          math 2 * 3 + 4 as _msg           | x                                                    | 10
          math 2 ^ 3 ^ 2 as _msg           | x                                                    | 64
          math -(7 - 10) % 2 as _msg       | x                                                    | 1
          math 7 % 0 as _msg               | x                                                    | NaN
          math _msg default 5 as _msg      | x                                                    | 5
          math _msg / 1s as _msg           | 1m30s                                                | 90
          math round(_msg) as _msg         | -2.5                                                 | -3
          math round(_msg, 0.1) as _msg    | 0.15                                                 | 0.2
          math round(ln(0), 1) as _msg     | x                                                    | NaN
          math round(_msg, 0.25) as _msg   | 7.3                                                  | 7.25
          math max(_msg, 3, 9) as _msg     | 4                                                    | 9
          math _msg & 6 or 8 as _msg       | 5                                                    | 12
          """)
  void messages_areRewritten(String pipe, String message, String expected) throws IOException {
    Records records = new Records().add(Map.of("_msg", message));
    assertThat(records.rows("* | " + pipe + " | fields _msg"))
        .containsExactly(Map.of("_msg", expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          extract "ip=<ip> user=<user>"                  | ip=10.0.0.1 user=ann b     | ip=10.0.0.1,user=ann b
          extract "ip=<ip>,"                             | ip=10.0.0.1                |
          extract "<a> <_> <b>"                          | x y z w                    | a=x,b=z w
          extract '"m":<m>'                              | {"m":"a\\"b"}              | m=a"b
          extract '"m":<plain:m>}'                       | {"m":"a"}                  | m="a"
          extract_regexp "(?P<k>[a-z]+)=(?P<v>[0-9]+)"   | -- ab=12 cd=34             | k=ab,v=12
          extract_regexp "(?P<k>x+)"                     | none                       |
          unpack_logfmt                                  | a=1 b="x y" c              | a=1,b=x y
          unpack_logfmt fields (b)                       | a=1 b=2                    | b=2
          unpack_logfmt result_prefix p.                 | a=1                        | p.a=1
          unpack_json                                    | {"a":1,"b":{"c":[1, 2]},"d":null} | a=1,b.c=[1,2]
          unpack_logfmt                                  | a='x y' b=`p q`            | a=x y,b=p q
          unpack_json preserve_keys (b, d.e)             | {"a":1,"b":{"c":[1, 2]},"d":{"e":{},"f":1}} | a=1,b={"c":[1,2]},d.e={},d.f=1
          unpack_json fields (b*)                        | {"a":1,"b":2,"bc":3}       | b=2,bc=3
          unpack_json                                    | {"a":1,"b":}               |
          unpack_json                                    | [1,2]                      |
          """)
  void messages_areTakenApart(String pipe, String message, String expected) throws IOException {
    Records records = new Records().add(Map.of("_msg", message));
    List<Map<String, String>> found =
        records.rows("* | " + pipe + " | delete _msg, _time, _stream, _stream_id");
    Map<String, String> wanted = new LinkedHashMap<>();
    for (String field :
        (expected == null) ? new String[0] : expected.split("(?<!\\[1),(?=[a-z.]+=)")) {
      wanted.put(field.substring(0, field.indexOf('=')), field.substring(field.indexOf('=') + 1));
    }
    assertThat(found).isEqualTo(wanted.isEmpty() ? List.of() : List.of(wanted));
  }

  @Test
  void invalidUtf8_isRepairedBeforeFiltersReadIt() throws IOException {
    Records records = new Records().add(Map.of("_msg", "ff78c3")).add(Map.of("_msg", "e2"));
    assertThat(records.rows("* | format '<hexdecode:_msg>' | filter x | fields _msg")).hasSize(1);
    assertThat(records.rows("* | format '<hexdecode:_msg>' | i(x*) | fields _msg")).hasSize(1);
    assertThat(records.rows("* | format '<hexdecode:_msg>' | unpack_words | fields _msg"))
        .containsExactlyInAnyOrder(Map.of("_msg", "[\"x\"]"), Map.of("_msg", "[]"));
  }

  @Test
  void overwriting_followsTheOption() throws IOException {
    String row = "_msg={\"a\":\"new\"},a=old";
    assertThat(run(row, "unpack_json | fields a")).containsExactly(Map.of("a", "new"));
    assertThat(run(row, "unpack_json keep_original_fields | fields a"))
        .containsExactly(Map.of("a", "old"));
    assertThat(run("_msg={\"a\":\"\"},a=old", "unpack_json skip_empty_results | fields a"))
        .containsExactly(Map.of("a", "old"));
    assertThat(run("_msg={\"a\":\"\"},a=old", "unpack_json | fields a")).isEmpty();
    assertThat(run("a=old,x=1", "format if (x:2) new as a | fields a"))
        .containsExactly(Map.of("a", "old"));
  }

  @Test
  void packing_putsFieldsTogether() throws IOException {
    assertThat(run("a=1,b=x y", "pack_json as p | fields p"))
        .containsExactly(Map.of("p", "{\"a\":\"1\",\"b\":\"x y\"}"));
    assertThat(run("a=1,b=x y,c=3", "pack_logfmt fields (a, b*) as p | fields p"))
        .containsExactly(Map.of("p", "a=1 b=\"x y\""));
  }

  @Test
  void unroll_makesARowOfEachItem() throws IOException {
    Records records = new Records().add(Map.of("a", "[\"x\",{\"y\":1}]", "b", "[1]", "c", "k"));
    assertThat(records.rows("* | unroll by (a, b) | fields a, b, c"))
        .containsExactly(Map.of("a", "x", "b", "1", "c", "k"), Map.of("a", "{\"y\":1}", "c", "k"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          sort by (a)                                 | a=10; a=9; a=x; a=-1    | a=-1; a=9; a=10; a=x
          sort by (a desc)                            | a=10; a=9; a=x          | a=x; a=10; a=9
          sort by (a, b desc)                         | a=1,b=1; a=1.0,b=2      | a=1.0,b=2; a=1,b=1
          sort by (a) limit 2                         | a=3; a=1; a=2           | a=1; a=2
          sort by (a) offset 1 limit 1 rank as r      | a=3; a=1; a=2           | a=2,r=2
          sort by (a) limit 1 partition by (b)        | a=3,b=x; a=1,b=x; a=2,b=y | a=1,b=x; a=2,b=y
          sort by (a) limit 1 partition by (b)        | a=2,b=y; a=1,b=x; a=3,b=x | a=1,b=x; a=2,b=y
          first 2 by (a)                              | a=3; a=1; a=2           | a=1; a=2
          last 2 by (a)                               | a=3; a=1; a=2           | a=3; a=2
          last by (a) partition by (b)                | a=3,b=x; a=1,b=x; a=2,b=y | a=3,b=x; a=2,b=y
          sort by (a)                                 | a=file10; a=file9; a=2m; a=90s | a=90s; a=2m; a=file9; a=file10
          """)
  void rows_areOrdered(String pipe, String rows, String expected) throws IOException {
    assertThat(run(rows, pipe)).isEqualTo(rows(expected));
  }

  @Test
  void rows_areCounted() throws IOException {
    String rows = "a=1,b=x; a=1,b=y; a=2,b=x; a=1,b=x";
    assertThat(run(rows, "uniq by (a, b) with hits"))
        .containsExactlyInAnyOrderElementsOf(
            rows("a=1,b=x,hits=2; a=1,b=y,hits=1; a=2,b=x,hits=1"));
    assertThat(run(rows, "uniq by (a) limit 1")).hasSize(1);
    assertThat(run(rows, "top 1 by (a) rank")).isEqualTo(rows("a=1,hits=3,rank=1"));
    assertThat(run(rows, "field_values b"))
        .containsExactlyInAnyOrderElementsOf(rows("b=x,hits=3; b=y,hits=1"));
    assertThat(run(rows, "field_names"))
        .containsExactlyInAnyOrderElementsOf(rows("name=a,hits=4; name=b,hits=4"));
    assertThat(run(rows, "facets 1"))
        .containsExactlyInAnyOrderElementsOf(
            rows("field_name=a,field_value=1,hits=3; field_name=b,field_value=x,hits=3"));
    assertThat(run(rows, "facets max_value_len 0")).isEmpty();
    assertThat(run(rows, "blocks_count as n")).isEqualTo(rows("n=1"));
    assertThat(run(rows, "block_stats | fields field, type, rows"))
        .contains(Map.of("field", "a", "type", "dict", "rows", "4"));
  }

  @Test
  void join_addsTheFieldsOfMatchingRows() throws IOException {
    String rows = "a=1,b=x; a=2; b=only; a=1,c=z";
    assertThat(run(rows, "filter b:x | join by (a) (c:z | fields a, c)"))
        .isEqualTo(rows("a=1,b=x,c=z"));
    assertThat(run(rows, "fields a | join by (a) (c:z | fields a, c) inner prefix p."))
        .isEqualTo(rows("a=1,p.c=z; a=1,p.c=z"));
    assertThat(run(rows, "filter b:only | join by (a) (* | fields b)")).isEqualTo(rows("b=only"));
  }

  @Test
  void union_addsTheOtherRows() throws IOException {
    assertThat(run("a=1; a=2", "filter a:1 | fields a | union (a:2 | fields a)"))
        .isEqualTo(rows("a=1; a=2"));
  }

  @Test
  void streamContext_addsNeighboursOfTheStream() throws IOException {
    Records records = new Records();
    for (int i = 0; i < 10; i++) {
      records.add(Map.of("app", "x", "_msg", "line " + i));
      records.add(Map.of("app", "y", "_msg", "other " + i));
    }
    assertThat(
            records
                .rows(
                    "{app=\"x\"} (\"line 2\" or \"line 7\") | stream_context before 1 after 1 |"
                        + " fields _msg")
                .stream()
                .map((row) -> row.get("_msg")))
        .containsExactly("line 1", "line 2", "line 3", "---", "line 6", "line 7", "line 8");
  }

  @Test
  void streamContext_separatesChunksOfDifferentStreams() throws IOException {
    Records records = new Records();
    for (int i = 0; i < 3; i++) {
      records.add(Map.of("app", "x", "_msg", "line " + i));
      records.add(Map.of("app", "y", "_msg", "line " + i));
    }
    List<Map<String, String>> rows =
        records.rows("\"line 1\" | stream_context before 1 | fields _time, _msg, _stream");
    assertThat(rows.stream().map((row) -> row.get("_msg")))
        .containsExactly("line 0", "line 1", "---", "line 0", "line 1");
    assertThat(rows.get(2).get("_stream"))
        .as("the stream of the chunk before it")
        .isEqualTo(rows.get(1).get("_stream"))
        .isNotEqualTo(rows.get(3).get("_stream"));
    assertThat(Timestamps.parse(rows.get(2).get("_time")))
        .isEqualTo(Timestamps.parse(rows.get(1).get("_time")) + 1);
  }

  @Test
  void limit_ofZero_givesNothing() throws IOException {
    assertThat(run("a=1", "limit 0")).isEmpty();
  }
}

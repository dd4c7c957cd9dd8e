package io.logcaster.query.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.query.Filtering;
import io.logcaster.query.Records;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each filter on values, through the real parser. A row of a table is a filter and the numbers of
 * the values that it selects.
 */
class FilterTableTest {

  /** Integers and times that round to the same double. */
  private static final Filtering LARGE =
      Filtering.values(
          "1763556497161513790",
          "1763556497161513791",
          "-1763556497161513791",
          "2025-11-19T12:48:17.161513792Z",
          "0x1879694A5AA4EB40",
          "1763556497.161513793s",
          "1763556497161513790.5",
          "18446744073709551615",
          "18446744073709551616",
          "9223372036854775807",
          "x");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          f:>1763556497161513790                                  | 1 3 4 5 6 7 8 9
          f:>=1763556497161513791                                 | 1 3 4 5 7 8 9
          f:<1763556497161513791                                  | 0 2 6
          f:<=-1763556497161513791                                | 2
          f:<-1763556497161513791                                 |
          f:range(1763556497161513790, 1763556497161513792)       | 1 6
          f:range[1763556497161513791, 1763556497161513792]       | 1 3 4
          f:range[2025-11-19T12:48:17.161513792Z, 1763556497161513793] | 3 4 5
          f:range(9223372036854775806, 9223372036854775807]       | 9
          f:>9223372036854775807                                  | 7 8
          f:>18446744073709551615                                 | 8
          f:<18446744073709551615 f:>0                            | 0 1 3 4 5 6 9
          f:>1e400                                                | 3 9 10
          """)
  void largeIntegers_compareExactly(String filter, String expected) {
    LARGE.assertSelects(filter, expected);
  }

  private static final Filtering MESSAGES =
      Filtering.messages(
          "payment failed: card 4711",
          "Payment failure",
          "repayment failed",
          "",
          "größe_failed payment!",
          "failed payment, failed");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          payment                          | 0 4 5
          "payment failed"                 | 0
          "failed:"                        | 0
          fail                             |
          fail*                            | 0 1 2 5
          pay*                             | 0 4 5
          "payment fail"*                  | 0
          ""                               | 3
          !""                              | 0 1 2 4 5
          _msg:*                           | 0 1 2 4 5
          *                                | 0 1 2 3 4 5
          größe_failed                     | 4
          grö*                             | 4
          i(PAYMENT)                       | 0 1 4 5
          i("Payment FAIL"*)               | 0 1
          i(GRÖSSE*)                       |
          i(GRÖßE_failed)                  | 4
          ="payment failed: card 4711"     | 0
          ="payment failed"                |
          ="payment failed"*               | 0
          in("Payment failure", nothing)   | 1
          in()                             |
          contains_all(failed, payment)    | 0 5
          contains_any(4711, failure)      | 0 1
          contains_all()                   | 0 1 2 3 4 5
          contains_any()                   |
          seq(failed, payment)             | 5
          seq(payment, failed)             | 0 5
          seq()                            | 0 1 2 3 4 5
          ~"pay.*card"                     | 0
          ~"ment fail"                     | 0 1 2
          ~"(?i)PAYMENT FAIL[eu]"         | 0 1 2
          ~"^repay.*d$"                   | 2
          ~"[0-9]{4}"                      | 0
          len_range(1, 16)                 | 1 2
          string_range(a, q)               | 0 4 5
          payment -card                    | 4 5
          payment (card or !failed)        | 0 4
          """)
  void texts(String filter, String expected) {
    MESSAGES.assertSelects(filter, expected);
  }

  private static final Filtering NUMBERS =
      Filtering.values(
          "5",
          "10",
          "-3.5",
          "1.5KB",
          "2m",
          "10.0.0.7",
          "ten",
          "",
          "1e3",
          "10.0.0.20",
          "2026-01-02T03:04:05.5Z",
          "inf");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          f:>5                        | 1 3 4 5 8 9 10 11
          f:>=5                       | 0 1 3 4 5 8 9 10 11
          f:<0                        | 2
          f:range(5, 10]              | 1
          f:range[5, 1_000]           | 0 1 8
          f:range[1KB, 1.5KiB]        | 3 8
          f:range[1m, 1h]             | 4
          f:ipv4_range(10.0.0.0/29)   | 5
          f:ipv4_range(10.0.0.8, 10.0.1.0) | 9
          f:>10.0.0.7                 | 4 9 10 11
          f:>"9999999999999999999"    | 11
          f:>=2026-01-02T03:04:05Z    | 10 11
          f:<2026-01-02T02:04:05-02:00 | 0 1 2 3 4 5 8 9 10
          f:>m                        | 6
          f:*                         | 0 1 2 3 4 5 6 8 9 10 11
          f:""                        | 7
          f:len_range(0, 1)           | 0 7
          f:in(5, "", 10)             | 0 1 7
          missing:""                  | 0 1 2 3 4 5 6 7 8 9 10 11
          missing:*                   |
          f:(>4 <11)                  | 0 1
          """)
  void numbers(String filter, String expected) {
    NUMBERS.assertSelects(filter, expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          level:>=WARN   | 2 4 5
          level:<INFO    | 0
          level:>ERROR   | 5
          level:<=INFO   | 0 1
          """)
  void levels_compareBySeverity(String filter, String expected) {
    Records records = new Records();
    String[] levels = {"DEBUG", "INFO", "WARN", "strange", "ERROR", "FATAL"};
    for (int i = 0; i < levels.length; i++) {
      records.add(Map.of("level", levels[i], "row", Integer.toString(i)));
    }
    Filtering.assertSelects(records, filter, expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a:eq_field(b) | 0 3
          a:lt_field(b) | 1 2 4
          a:le_field(b) | 0 1 2 3 4
          b:lt_field(a) | 5
          """)
  void fields_compareByWhatTheyMeasure(String filter, String expected) {
    String[][] pairs = {
      {"x", "x"}, {"9", "10"}, {"", "a"}, {"", ""}, {"file10", "file9"}, {"1m", "20s"}
    };
    Records records = new Records();
    for (int i = 0; i < pairs.length; i++) {
      records.add(Map.of("a", pairs[i][0], "b", pairs[i][1], "row", Integer.toString(i)));
    }
    Filtering.assertSelects(records, filter, expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          _time:2026-03-04                                     | 0 1 2
          _time:2026-03                                        | 0 1 2 3
          _time:2026-03-04T05:06:08                            | 1
          _time:2026-03-04T05:06:08Z offset -1s                | 2
          _time:[2026-03-04T05:06:08Z, 2026-03-04T05:06:09Z)   | 1
          _time:(2026-03-04T05:06:08Z, 2026-03-05]             | 2 3
          _time:>2026-03-04                                    | 0 1 2 3
          _time:>2026-03-04T05:06                              | 0 1 2 3
          _time:>2026-03-04T05:06:08Z                          | 2 3
          _time:<=2026-03-04T05:06                             | 0 1 2
          _time:[1772600768, 1772600768]                       | 1
          _time:(2026-03-04T05:06, 2026-03-04T05:06]           | 0 1 2
          _time:[2026-03-04T05:06, 2026-03-04T05:06)           |
          _time:day_range[22:00, 05:30]                        | 0 1 2 3
          _time:day_range(23:00, 05:00)                        |
          _time:day_range[23:00, 05:00)                        | 3
          _time:day_range[05:06, 05:06)                        |
          _time:day_range[23:30, 05:00] offset 90m             | 3
          _time:week_range[Thu, Wed)                           | 3
          _time:week_range[Fri, Wed]                           | 0 1 2
          _time:week_range(Wed, Wed)                           |
          _time:week_range[Sat, Tue]                           |
          _time:week_range[Fri, Fri] offset 1h                 | 3
          _time:week_range[Tue, Tue] offset -6h                | 0 1 2
          _time:<2026-03-04T05:06:08Z                          | 0
          _time:2026-03-04T07:06:08+02:00                      | 1
          _time:1h                                             | 1 2
          _time:>=1h                                           | 0
          _time:day_range[05:00, 05:07)                        | 0 1 2
          _time:day_range[07:00, 08:00) offset 2h              | 0 1 2
          _time:week_range[Thu, Sat]                           | 3
          !_time:week_range[Thu, Sat]                          | 0 1 2
          """)
  void times(String filter, String expected) {
    // The present is 2026-03-04T06:06:07Z, a Wednesday. The last record is ahead of it, and a
    // duration reaches up to the present.
    Records records =
        new Records()
            .add(Map.of("_time", "2026-03-04T05:06:07Z", "row", "0"))
            .add(Map.of("_time", "2026-03-04T05:06:08Z", "row", "1"))
            .add(Map.of("_time", "2026-03-04T05:06:09.5Z", "row", "2"))
            .add(Map.of("_time", "2026-03-05T23:00:00Z", "row", "3"));
    Filtering.assertSelects(records, filter, expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      textBlock =
          """
          {app="web"}              | 0
          {app!="web"}             | 1 2
          {app=~"w.*"}             | 0
          {app!~"w"}               | 0 1 2
          {app in (web, db)}       | 0 1
          {app not_in (web)}       | 1 2
          {app="web" or app="db"}  | 0 1
          {}                       | 0 1 2
          {other=""}               | 0 1 2
          _stream:{app="db"}       | 1
          """)
  void streams(String filter, String expected) {
    Records records =
        new Records()
            .add(Map.of("app", "web", "row", "0"))
            .add(Map.of("app", "db", "row", "1"))
            .add(Map.of("row", "2"));
    Filtering.assertSelects(records, filter, expected);
  }

  @Test
  void streamId_selectsTheStream() throws IOException {
    Records records =
        new Records().add(Map.of("app", "web", "row", "0")).add(Map.of("app", "db", "row", "1"));
    String id = records.rows("app:=db | fields _stream_id").getFirst().get("_stream_id");
    assertThat(records.rows("_stream_id:" + id + " | fields row"))
        .containsExactly(Map.of("row", "1"));
    assertThat(records.rows("_stream_id:in(app:=web | fields _stream_id) | fields row"))
        .containsExactly(Map.of("row", "0"));
  }

  @Test
  void subqueries_giveTheValues() throws IOException {
    Records records =
        new Records()
            .add(Map.of("user", "ann", "admin", "true", "row", "0"))
            .add(Map.of("user", "bob", "row", "1"))
            .add(Map.of("user", "ann", "_msg", "ann was here", "row", "2"));
    assertThat(records.rows("user:in(admin:true | fields user) | count() n"))
        .containsExactly(Map.of("n", "2"));
    assertThat(records.rows("_msg:contains_any(admin:true | uniq by (user)) | fields row"))
        .containsExactly(Map.of("row", "2"));
  }

  @Test
  void stream_ofChangedRows_isReadFromItsText() throws IOException {
    Records records = new Records().add(Map.of("app", "web")).add(Map.of("app", "db"));
    assertThat(records.rows("* | fields _stream | filter {app=\"db\"} | count() n"))
        .containsExactly(Map.of("n", "1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          const   | same same same
          dict    | a b a c a b c d e
          uint8   | 0 1 2 3 4 5 6 7 255
          uint16  | 0 1 2 3 4 5 6 7 256
          uint32  | 0 1 2 3 4 5 6 7 65536
          uint64  | 0 1 2 3 4 5 6 7 18446744073709551615
          int64   | 0 1 2 3 4 5 6 7 -8
          float64 | 0 1 2 3 4 5 6 7 8.25
          float64 | -0.5 1 2 3 4 5 6 7 8.25
          string  | 0 1 2 3 4 5 6 7 9007199254740993.0.1
          string  | 0 1 2 3 4 5 6 7 08
          string  | 0 1 2 3 4 5 6 7 18446744073709551616
          ipv4    | 1.2.3.0 1.2.3.1 1.2.3.2 1.2.3.3 1.2.3.4 1.2.3.5 1.2.3.6 1.2.3.7 1.2.3.255
          string  | 1.2.3.0 1.2.3.1 1.2.3.2 1.2.3.3 1.2.3.4 1.2.3.5 1.2.3.6 1.2.3.7 1.2.3.256
          string  | a b c d e f g h i
          """)
  void valueType_isWhatTheValuesOfABlockAre(String type, String values) {
    Filtering messages = Filtering.messages(values.split(" ", -1));
    for (String asked : List.of("const", "dict", "uint8", "int64", "float64", "ipv4", "string")) {
      boolean found = !messages.select("_msg:value_type(" + asked + ")").isEmpty();
      assertThat(found).as(asked).isEqualTo(asked.equals(type));
    }
    assertThat(messages.select("_msg:value_type(" + type + ")"))
        .hasSize(values.split(" ", -1).length);
  }

  @Test
  void valueType_ofTimes_isIso8601() {
    String[] times =
        IntStream.range(10, 20)
            .mapToObj((i) -> "2026-11-21T10:00:" + i + ".123Z")
            .toArray(String[]::new);
    assertThat(Filtering.messages(times).select("value_type(iso8601)")).hasSize(10);
    assertThat(Filtering.messages(times).select("missing:value_type(const)")).isEmpty();
  }

  @Test
  void valueType_isPerStream() throws IOException {
    Records records = new Records();
    for (int i = 0; i < 20; i++) {
      records.add(Map.of("app", "a", "f", Integer.toString(i)));
      records.add(Map.of("app", "b", "f", "x" + i));
      records.add(Map.of("app", "c", "f", "same"));
    }
    assertThat(records.rows("f:value_type(uint8) | uniq by (app)"))
        .containsExactly(Map.of("app", "a"));
    assertThat(records.rows("f:value_type(string) | uniq by (app)"))
        .containsExactly(Map.of("app", "b"));
    assertThat(records.rows("f:value_type(const) | uniq by (app)"))
        .containsExactly(Map.of("app", "c"));
  }
}

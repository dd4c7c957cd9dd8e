package io.logcaster.ingest.json;

import static io.logcaster.ingest.text.Decoding.decode;
import static io.logcaster.ingest.text.Decoding.decodeLarge;
import static io.logcaster.ingest.text.Decoding.fields;
import static io.logcaster.ingest.text.Decoding.line;
import static io.logcaster.ingest.text.Decoding.map;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonParserTest {

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          {"_msg":"m"} => _msg=m
          {"message":"m","a":1} => _msg=m; a=1
          {"msg":"m","log":"l"} => _msg=m; log=l
          {"log":"l","msg":"m"} => _msg=m; log=l
          {"a":{"b":{"c":"d"},"e":true},"f":null,"g":{}} => a.b.c=d; a.e=true
          {"a":[1, {"b":"]"}],"c":[]} => a=[1, {"b":"]"}]; c=[]
          {"n":1.50,"m":-0,"o":1e+9,"p":12345678901234567890} => n=1.50; m=-0; o=1e+9; p=12345678901234567890
          {"a":"1","a":"2"} => a=["1","2"]
          {"a":{"b":1},"a.b":2} => a.b=["1","2"]
          {"a":1,"a":1,"a":null} => a=1
          { "a" : "b" , "c" : "d" } => a=b; c=d
              {"\\u0061b":"x"} => ab=x
          {"":"empty name"} => _msg=empty name
          {"_msg":"m","":"x","b":{"":"y"}} => _msg=m; _=x; b.=y
          {"a":NaN,"b":-Infinity,"c":Infinity,"d":None,"e":nil,"f":0x1F,"g":1.,"h":007,"i":tru} => a=NaN; b=-Infinity; c=Infinity; d=None; e=nil; f=0x1F; g=1.; h=007; i=tru
          {"a":"C:\\Users\\x\\u12"} => a=C:\\Users\\x\\u12
          {"_time":"yesterday","a":1} => time_original=yesterday; a=1
          {"_stream":"{a}","_stream_id":"0","x":"y"} => x=y
          """)
  void objects_becomeRecords(String line, String fields) {
    assertThat(line(line)).isEqualTo(map(fields));
  }

  @Test
  void escapes_areDecoded_andLoneSurrogatesAreReplaced() {
    assertThat(line("{\"a\":\"\\u00e4\\ud83d\\ude00\\ud83d\\/\\\"\\\\\\t\\b\\f\\r\\n.\"}"))
        .containsEntry("a", "ä😀�/\"\\\t\b\f\r\n.");
    assertThat(line("{\"a\":\"\\ude00\\ud83dx\\ud83d\\u0041\"}")).containsEntry("a", "��x�A");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          {"_time":"2026-11-20T01:02:03.000000004Z"} => _time=2026-11-20T01:02:03.000000004Z
          {"time":"2026-11-20 01:02:03,5"} => _time=2026-11-20T01:02:03.5Z
          {"@timestamp":"2026-11-20T01:02:03+01:00","x":"y"} => _time=2026-11-20T00:02:03Z; x=y
          {"ts":1763600000} => _time=2025-11-20T00:53:20Z
          {"ts":1763600000.25} => _time=2025-11-20T00:53:20.25Z
          {"ts":"1763600000123"} => _time=2025-11-20T00:53:20.123Z
          {"ts":1763600000123456} => _time=2025-11-20T00:53:20.123456Z
          {"ts":1763600000123456789} => _time=2025-11-20T00:53:20.123456789Z
          {"time":0.247} => time=0.247
          {"time":"soon"} => time=soon
          {"timestamp":1.795265396966E9} => _time=2026-11-21T12:49:56.966Z
          {"timestamp":1.7952653e9} => _time=2026-11-21T12:48:20Z
          {"time":1.5E9} => _time=2017-07-14T02:40:00Z
          {"time":1.5E3} => time=1.5E3
          {"asctime":"2026-11-20 01:02:03,456"} => _time=2026-11-20T01:02:03.456Z
          {"instant":{"epochSecond":1763600000,"nanoOfSecond":5000000},"x":1} => _time=2025-11-20T00:53:20.005Z; x=1
          {"@t":"2026-11-20T01:02:03Z","@m":"m"} => _time=2026-11-20T01:02:03Z; _msg=m; level=INFO
          {"ts":1763600000,"time":"2026-11-20T01:02:03Z"} => _time=2026-11-20T01:02:03Z; ts=1763600000
          {"time":"2026-11-20T01:02:03Z","ts":1763600000} => _time=2026-11-20T01:02:03Z; ts=1763600000
          {"timestamp":"2026-11-20T01:02:03\\u002B00:00"} => _time=2026-11-20T01:02:03Z
          """)
  void times_areFoundUnderAllNamesAndFormats(String line, String fields) {
    assertThat(line(line)).isEqualTo(map(fields));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      textBlock =
          """
          {"level":"info"} => level=INFO
          {"level":"crit"} => level=ERROR; level_original=crit
          {"level":"blah"} => level=blah
          {"level":3} => level=ERROR
          {"level":30} => level=INFO
          {"level":17} => level=ERROR
          {"severity":"Warning","x":"y"} => level=WARN; severity=Warning; x=y
          {"lvl":"odd"} => level=odd; lvl=odd
          {"log":{"level":"E"}} => level=ERROR; log.level=E
          {"severity":"error","level":"info"} => level=INFO; severity=error
          {"levelname":"CRITICAL"} => level=ERROR; level_original=CRITICAL; levelname=CRITICAL
          {"level":400,"level_name":"ERROR"} => level=ERROR; level_original=400; level_name=ERROR
          {"level_name":"ERROR","level":400} => level=ERROR; level_original=400; level_name=ERROR
          {"level":"http"} => level=http
          {"@fields":{"levelname":"DEBUG"},"@message":"m","@source_host":"h"} => level=DEBUG; @fields.levelname=DEBUG; _msg=m; host=h; @source_host=h
          {"text":"t","record":{"message":"m","level":{"name":"SUCCESS"}}} => level=INFO; level_original=SUCCESS; record.level.name=SUCCESS; _msg=m; text=t
          {"event":"e","level":"info"} => level=INFO; _msg=e
          {"level":"","severity":"error"} => level=ERROR; severity=error
          {"hostname":"h1","service":{"name":"s1"}} => host=h1; hostname=h1; app=s1; service.name=s1
          {"job":"j","app":"a","host.name":"n","host":"h"} => app=a; job=j; host=h; host.name=n
          """)
  void levelHostAndApp_areFilledFromOtherNames(String line, String fields) {
    assertThat(line(line)).isEqualTo(map(fields));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{}x",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":\"b}",
        "{\"a\":[1}",
        "{\"a\":[1",
        "{a:1}"
      })
  void invalidJson_isKeptAsALineWithAReason(String line) {
    var records = decode(line + "\n{\"_msg\":\"next\"}\n");
    var broken = records.get(records.size() - 2);
    assertThat(line).endsWith(broken.message());
    assertThat(broken.value("_parse_error")).startsWith("json: ");
    assertThat(records.getLast().message()).isEqualTo("next");
  }

  @Test
  void severalObjectsOnALine_areSeveralRecords() {
    assertThat(decode("{\"_msg\":\"1\"}{\"_msg\":\"2\"} {\"_msg\":\"3\"}\n"))
        .extracting((record) -> record.message())
        .containsExactly("1", "2", "3");
  }

  @Test
  void deepObjects_beyondTheDepthLimit_stayJson() {
    String deep = "{\"a\":".repeat(40) + "1" + "}".repeat(40);
    assertThat(line(deep))
        .isEqualTo(map("a" + ".a".repeat(32) + "=" + "{\"a\":".repeat(7) + "1" + "}".repeat(7)));
    String deeper = "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000);
    assertThat(line(deeper))
        .isEqualTo(
            map("a" + ".a".repeat(32) + "=" + "{\"a\":".repeat(9967) + "1" + "}".repeat(9967)));
    assertThat(line("{\"a\":" + "[".repeat(100_000))).containsKey("_parse_error");
  }

  @Test
  void tooManyOrTooLongNames_areFoldedOrTruncated() {
    String many =
        IntStream.range(0, 1001)
            .mapToObj((i) -> "\"k" + i + "\":1")
            .collect(Collectors.joining(",", "{", "}"));
    assertThat(line(many))
        .containsEntry("k999", "1")
        .containsEntry("_folded_fields", "{\"k1000\":\"1\"}")
        .containsEntry("_truncated_fields", "true");
    String name = "n".repeat(300);
    assertThat(line("{\"a\":{\"" + name + "\":1,\"" + name + "\":{\"b\":2}}}"))
        .isEqualTo(
            map("a." + "n".repeat(254) + "=[\"1\",\"{\\\"b\\\":2}\"]; _truncated_fields=true"));
  }

  @Test
  void truncatedObject_keepsEarlierFields() {
    String text = "{\"a\":\"1\",\"_msg\":\"" + "x".repeat(2000) + "\"}\n{\"_msg\":\"next\"}\n";
    var records = decode(text.getBytes(StandardCharsets.US_ASCII), 1024);
    assertThat(fields(records.getFirst()))
        .containsEntry("a", "1")
        .containsEntry("_truncated", "true")
        .containsEntry("_msg", "x".repeat(1024 - 17))
        .doesNotContainKey("_parse_error");
    assertThat(records.getLast().message()).isEqualTo("next");
  }

  @Test
  void nulTerminatedObjects_areGelf() {
    var records =
        decode(
            "{\"version\":\"1.1\",\"host\":\"h\",\"short_message\":\"s\",\"full_message\":\"f\\n"
                + "g\",\"timestamp\":1763600000.5,\"level\":1,\"_user\":9,\"_level\":\"x\"}\0{\"short_message\":\"two\\n"
                + "lines\",\"host\":\"h\"}\0");
    assertThat(fields(records.getFirst()))
        .isEqualTo(
            map(
                "_time=2025-11-20T00:53:20.5Z; host=h; _msg=s; full_message=f\ng; level=ERROR;"
                    + " level_original=alert; user=9; _level=x"));
    assertThat(records.getLast().message()).isEqualTo("two\nlines");
  }

  /** Python's handlers send every attribute of a record as an additional field. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"timestamp\":1763600000.5,\"short_message\":\"s\",\"_msg\":\"%s\",\"_message\":\"m\",\"_time\":\"2026-11-20T00:00:00Z\"}",
        "{\"_time\":\"2026-11-20T00:00:00Z\",\"_msg\":\"%s\",\"_message\":\"m\",\"short_message\":\"s\",\"timestamp\":1763600000.5}"
      })
  void gelfNames_takePrecedenceOverAdditionalFields(String object) {
    assertThat(fields(decode(object + "\0").getFirst()))
        .isEqualTo(
            map(
                "_time=2025-11-20T00:53:20.5Z; _msg=s; msg=%s; message=m;"
                    + " time=2026-11-20T00:00:00Z"));
  }

  /** Log4j's JSON layout writes objects like this by default. */
  @Test
  void objectSpanningLines_isOneRecord() {
    String text =
        """
        {
          "level" : "WARN",
          "message" : "first",
          "context" : {
            "a" : [
              1
            ]
          }
        }
        {"message":"second",
        {"message":"third"}
        """;
    var records = decode(text.replace("\n", "\r\n"));
    assertThat(records).hasSize(3);
    assertThat(records.get(0).message()).isEqualTo("first");
    assertThat(records.get(0).value("context.a").replaceAll("\\s", "")).isEqualTo("[1]");
    assertThat(records.get(1).value("_parse_error")).isNotEmpty();
    assertThat(records.get(2).message()).isEqualTo("third");
  }

  /** Escapes make a text many times longer than its message. */
  @Test
  void escapedMessage_belowTheLimit_isKeptWhole() {
    String escaped = "\\ud55c".repeat(300);
    var records = decodeLarge("{\"message\":\"" + escaped + "\"}\n", 1024);
    assertThat(records).hasSize(1);
    assertThat(records.getFirst().message()).isEqualTo("한".repeat(300));
    assertThat(records.getFirst().value("_truncated")).isEmpty();
  }

  @Test
  void longValue_isTruncatedBetweenCharacters() {
    var records = decodeLarge("{\"message\":\"" + "한".repeat(400) + "\"}\n", 1024);
    assertThat(records.getFirst().message()).isEqualTo("한".repeat(341));
    assertThat(records.getFirst().value("_truncated")).isEqualTo("true");
  }
}

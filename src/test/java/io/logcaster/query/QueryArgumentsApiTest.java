package io.logcaster.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.Api;
import io.logcaster.RunningServer;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The arguments of requests besides the query. */
@RunningServer
class QueryArgumentsApiTest {

  private static final String RECORDS =
      """
      {"_time":"2026-01-02T03:00:05Z","app":"arguments","host":"a","n":"1","_msg":"one"}
      {"_time":"2026-01-02T03:01:06Z","app":"arguments","host":"a","n":"2","_msg":"two"}
      {"_time":"2026-01-02T03:25:07Z","app":"arguments","host":"b","n":"3","_msg":"three"}
      """;

  private static boolean sent;

  private final Api api;

  QueryArgumentsApiTest(@LocalServerPort int port) {
    api = new Api(port);
  }

  @BeforeEach
  void sendRecordsOnce() {
    if (!sent) {
      assertThat(api.post("/api/v1/records", "application/x-ndjson", RECORDS).statusCode())
          .isEqualTo(200);
      sent = true;
    }
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(rows("* | count() n", "")).isEqualTo("{\"n\":\"3\"}"));
  }

  private HttpResponse<String> ask(String path, String query, String arguments) {
    return api.get(path + "?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8) + arguments);
  }

  /** The rows of a query, separated by slashes. */
  private String rows(String query, String arguments) {
    String selector = "{app=\"arguments\"}";
    String whole = query.contains("{Q}") ? query.replace("{Q}", selector) : selector + " " + query;
    HttpResponse<String> answer = ask("/api/v1/query", whole, arguments);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return String.join("/", answer.body().lines().sorted().toList());
  }

  private String page(String path, String query, String arguments) {
    return ask("/select/logsql/" + path, "{app=\"arguments\"} " + query, arguments).body();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\u0001',
      textBlock =
          """
          options(time_offset=1h) {Q} n:1 | fields _time => {"_time":"2026-01-02T04:00:05Z"}
          options(time_offset=1h) {Q} _time:2026-01-02T04:01Z | fields _msg => {"_msg":"two"}
          options(time_offset=1h) {Q} | filter n:>1 | limit 9 | _time:2026-01-02T04:01Z | fields _msg => {"_msg":"two"}
          options(time_offset=1h) {Q} | stats by (_time:1d) count() n => {"_time":"2026-01-02T00:00:00Z","n":"3"}
          options(time_offset=-1h) {Q} | sort by (_time) limit 1 | fields _time => {"_time":"2026-01-02T02:00:05Z"}
          options(global_filter=(host:a)) {Q} n:>1 | union ({Q} n:3 or n:1) | fields n => {"n":"1"}/{"n":"2"}
          {Q} n:in(options(global_filter=(n:2)) {Q} | fields n) | fields n => {"n":"2"}
          {Q} host:in(options(global_filter=(n:2)) {Q} | fields host) n:1 | fields n => {"n":"1"}
          """)
  void options_applyToSubqueries(String query, String expected) {
    assertThat(rows(query, "")).isEqualTo(expected);
  }

  @Test
  void timeOffset_movesTheRangeOfTheRequest() {
    assertThat(
            rows(
                "options(time_offset=1h) {Q} | fields _msg",
                "&start=2026-01-02T04:00:00Z&end=2026-01-02T04:20:00Z"))
        .isEqualTo("{\"_msg\":\"one\"}/{\"_msg\":\"two\"}");
  }

  @Test
  void extraFilters_applyToSubqueries() {
    assertThat(
            rows(
                "n:1 | union ({Q} n:3) | fields n".replace("n:1", "{Q} n:1"),
                "&extra_filters=host:a"))
        .isEqualTo("{\"n\":\"1\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\u0001',
      textBlock =
          """
          n => n:* | count() c => {"c":"0"}
          n => !n:1 | count() c => {"c":"3"}
          n => n:"" | count() c => {"c":"3"}
          n => *:1 | count() c => {"c":"0"}
          n,h* => n:"" | fields n, host, _msg | sort by (_msg) | limit 1 => {"_msg":"one"}
          %5B%22n%22%5D => * | stats count(n) c, count() d => {"c":"0","d":"3"}
          n&hidden_fields_filters=_msg => host:b | fields _msg, n, host => {"host":"b"}
          _time,_stream => n:1 | fields _time, _stream, n => {"n":"1"}
          nosuch => n:1 | fields n => {"n":"1"}
          """)
  void hiddenFields_areAbsent(String hidden, String query, String expected) {
    assertThat(rows(query, "&hidden_fields_filters=" + hidden))
        .isEqualTo((expected == null) ? "" : expected);
  }

  @Test
  void pagesBesideAResult_countPipesUnlessTold() {
    assertThat(page("field_names", "| fields host", ""))
        .isEqualTo("{\"values\":[{\"value\":\"host\",\"hits\":3}]}");
    assertThat(page("field_names", "| fields host", "&ignore_pipes=1&filter=ho"))
        .isEqualTo("{\"values\":[{\"value\":\"host\",\"hits\":3}]}");
    assertThat(page("field_values", "| format x as host", "&field=host"))
        .isEqualTo("{\"values\":[{\"value\":\"x\",\"hits\":3}]}");
    assertThat(page("field_values", "| format x as host", "&field=host&ignore_pipes=true&filter=b"))
        .isEqualTo("{\"values\":[{\"value\":\"b\",\"hits\":1}]}");
    assertThat(page("stream_field_values", "", "&field=app&filter=nosuch"))
        .isEqualTo("{\"values\":[]}");
  }

  @Test
  void hits_withEmptyBuckets_areZero() {
    assertThat(page("hits", "| format x as y", "&step=10m&field=y"))
        .contains("\"fields\":{\"y\":\"x\"}")
        .contains("\"values\":[2,0,1]")
        .contains("03:10:00Z");
    assertThat(page("hits", "| stats count() c", "&step=1h&start=2026-01-02T01:00:00Z"))
        .contains("\"values\":[0,0,3]");
    assertThat(page("hits", "nosuch", "&step=1h")).isEqualTo("{\"hits\":[]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hits?query=*",
        "field_names?query=*&ignore_pipes=x",
        "query?query=*&limit=-1",
        "query?query=*&offset=-1",
        "query?query=*&timeout=soon",
        "query?query=",
        "query?query=*&extra_filters=a%7Climit",
        "query?query=*&hidden_fields_filters=%5B%22n",
        "query_time_range?query=*%20%7C"
      })
  void oddArguments_areRefused(String path) {
    assertThat(api.get("/select/logsql/" + path).statusCode()).isEqualTo(400);
  }

  @Test
  void timeRange_isThatOfTheQuery_elseOfTheRequest() {
    assertThat(ask("/select/logsql/query_time_range", "_time:2026-01-02T03:04Z x", "").body())
        .isEqualTo(
            "{\"start\":\"2026-01-02T03:04:00Z\",\"end\":\"2026-01-02T03:04:59.999999999Z\","
                + "\"hasTimeFilter\":true}");
    assertThat(
            ask(
                    "/api/v1/query_time_range",
                    "x or _time:5m",
                    "&start=2026-01-02T00:00:00Z&end=2026-01-03T00:00:00Z")
                .body())
        .isEqualTo(
            "{\"start\":\"2026-01-02T00:00:00Z\",\"end\":\"2026-01-03T00:00:00Z\","
                + "\"hasTimeFilter\":false}");
    assertThat(
            ask("/api/v1/query_time_range", "options(time_offset=1h) _time:2026-01-02T03:04Z", "")
                .body())
        .contains("\"2026-01-02T02:04:00Z\"");
  }

  @Test
  void clients_learnTenantsAndVersion() {
    assertThat(api.get("/select/tenant_ids").body())
        .isEqualTo("[{\"account_id\":0,\"project_id\":0}]");
    assertThat(api.get("/select/buildinfo").body()).contains("\"status\":\"success\"");
  }

  @Test
  void fields_comeByName() {
    assertThat(rows("n:1 | fields n, _msg, app | copy n as B", ""))
        .isEqualTo("{\"B\":\"1\",\"_msg\":\"one\",\"app\":\"arguments\",\"n\":\"1\"}");
    assertThat(rows("n:1 | fields n | field_names", ""))
        .isEqualTo("{\"name\":\"n\",\"hits\":\"1\"}");
  }

  @Test
  void histograms_areSeriesOfBuckets() {
    assertThat(page("stats_query", "n:1 | stats by (host) histogram(n) h", ""))
        .contains("\"h_bucket\"")
        .contains("\"vmrange\":\"8.799e-01...1.000e+00\"");
    assertThat(page("stats_query", "| stats by (host) count() c | total_stats sum(c) t", ""))
        .contains("\"__name__\":\"t\"");
  }

  @Test
  void query_withExtraFiltersOfAnotherForm_isRefused() {
    for (String filters : List.of("{\"a\":1}", "{\"a\":[\"x\",null]}", "{\"a\":", "a | limit 1")) {
      HttpResponse<String> answer =
          ask(
              "/api/v1/query",
              "*",
              "&extra_filters=" + URLEncoder.encode(filters, StandardCharsets.UTF_8));
      assertThat(answer.statusCode()).as(filters).isEqualTo(400);
      assertThat(answer.body()).contains("invalid_parameter", "extra_filters");
    }
  }
}

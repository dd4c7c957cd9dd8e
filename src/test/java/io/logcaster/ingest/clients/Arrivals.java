package io.logcaster.ingest.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.Api;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What arrived of the records of one client. */
final class Arrivals {

  private static final JsonMapper JSON = new JsonMapper();

  /** Clocks of one machine may disagree about the order of neighbouring milliseconds. */
  private static final long CLOCK_MILLIS = 2;

  private final Api api;
  private final String mark;
  private final long began;

  /**
   * Waits for the records that a client is about to send.
   *
   * @param mark the word in all its messages
   * @param began the present in milliseconds
   */
  Arrivals(Api api, String mark, long began) {
    this.api = api;
    this.mark = mark;
    this.began = began;
  }

  /** Says what is to be true of each record. */
  @FunctionalInterface
  interface Check {

    void of(int number, JsonNode record);
  }

  /** Waits until as many records are there as were sent, then looks at each of them. */
  void expectEach(Check check) {
    String filter = "\"" + mark + "_\"*";
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> query(filter + " | stats count() n").getFirst().path("n").asInt(),
            (n) -> n >= UnusualRecords.COUNT);
    List<JsonNode> records = query(filter);
    assertThat(records).hasSize(UnusualRecords.COUNT);
    Pattern number = Pattern.compile(mark + "_(\\d+)_");
    JsonNode[] found = new JsonNode[UnusualRecords.COUNT];
    for (JsonNode record : records) {
      Matcher matcher = number.matcher(record.path("_msg").asString(""));
      assertThat(matcher.find()).as("the mark in %s", record.path("_msg")).isTrue();
      int n = Integer.parseInt(matcher.group(1));
      assertThat(found[n]).as("record %d, a second time", n).isNull();
      found[n] = record;
    }
    for (int n = 0; n < UnusualRecords.COUNT; n++) {
      assertThat(found[n].path("_msg").asString())
          .as("message %d", n)
          .isEqualTo(UnusualRecords.message(mark, n));
      assertThat(found[n].path("level").asString("")).isEqualTo(UnusualRecords.level(n));
      assertThat(found[n].has("_truncated")).isFalse();
      check.of(n, found[n]);
    }
  }

  /** The record's time is that of its sending. */
  void expectPresent(JsonNode record) {
    assertThat(millis(record))
        .isBetween(began - CLOCK_MILLIS, System.currentTimeMillis() + CLOCK_MILLIS);
  }

  /** The record's time is the one that it was given. */
  void expectTime(int number, JsonNode record) {
    assertThat(millis(record)).isEqualTo(UnusualRecords.millis(began, number));
  }

  /** The record has the fields that it was given, nested ones by their path. */
  static void expectFields(int number, JsonNode record) {
    assertThat(record.path("num").asString("")).isEqualTo(Integer.toString(number));
    assertThat(record.path("ratio").asString("")).isEqualTo(Double.toString(number + 0.25));
    assertThat(record.path("flag").asString("")).isEqualTo(Boolean.toString(number % 2 == 0));
    assertThat(record.path("path").asString("")).isEqualTo("C:\\x\t\"y\"");
    assertThat(record.path("user.name").asString("")).isEqualTo("김철수");
    assertThat(record.path("user.id").asString("")).isEqualTo(Integer.toString(number));
  }

  static void expectOrigin(JsonNode record, String host, String app) {
    assertThat(record.path("host").asString("")).isEqualTo(host);
    assertThat(record.path("app").asString("")).isEqualTo(app);
  }

  private static long millis(JsonNode record) {
    return Instant.parse(record.path("_time").asString()).toEpochMilli();
  }

  private List<JsonNode> query(String query) {
    String body =
        api.get("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)).body();
    List<JsonNode> records = new ArrayList<>();
    for (String line : body.split("\n", -1)) {
      if (!line.isEmpty()) {
        records.add(JSON.readTree(line));
      }
    }
    return records;
  }
}

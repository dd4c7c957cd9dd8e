package io.logcaster.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.Api;
import io.logcaster.notice.channel.Receiver;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records with a template each, which a server has acknowledged, and a channel that is told of each
 * new template. Whatever happens to the server, it must know all of them and tell of each once.
 */
final class AcknowledgedBirths implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final String MEDIA_TYPE = "application/json";

  private static final String FIRST_HOST = "web-1";

  /** Syllables of words; none looks like a number of any base. */
  private static final String[] SYLLABLES = {"mi", "no", "pu", "ri", "so", "tu", "vi", "zo"};

  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

  /** What the server says of a template. */
  private record Known(String id, Instant firstSeen, String firstHost) {}

  private final Receiver hook = new Receiver();

  /** The first seen of each template by its first word. */
  private final Map<String, Instant> sent = new LinkedHashMap<>();

  /** What the server has shown of templates so far, by the first word. */
  private final Map<String, Known> shown = new HashMap<>();

  /** The ids of the notices about each template. */
  private final Map<String, Set<String>> notices = new HashMap<>();

  AcknowledgedBirths() throws IOException {}

  /** Lets a server tell of new templates, each in a notice of its own. */
  void subscribe(Api api) {
    succeed(
        api.post(
            "/api/v1/channels",
            MEDIA_TYPE,
            """
            {"name":"Hook","type":"webhook","options":{"url":"%s/hook"}}\
            """
                .formatted(hook.url())));
    succeed(
        api.put(
            "/api/v1/alerts/routes",
            MEDIA_TYPE,
            """
            {"routes":[{"name":"all","groupBy":["rule","template"],"groupWait":"0s",
             "groupInterval":"1s","repeatInterval":"0s"}]}\
            """));
    succeed(
        api.post(
            "/api/v1/alerts/rules",
            MEDIA_TYPE,
            """
            {"name":"News","kind":"new-template","query":"app:=births","window":"12h",
             "interval":"1s"}\
            """));
  }

  /** Sends records, each with a new template; each is acknowledged before the next. */
  void send(Api api, int count) {
    for (int i = 0; i < count; i++) {
      Instant time = START.plusSeconds(sent.size());
      post(api, sent.size(), time, FIRST_HOST);
      sent.put(word(3 * sent.size()), time);
    }
  }

  private static void post(Api api, int number, Instant time, String host) {
    String message =
        "%s opens %s beside %s at 17"
            .formatted(word(3 * number), word(3 * number + 1), word(3 * number + 2));
    succeed(
        api.post(
            "/api/v1/records",
            "application/x-ndjson",
            JSON.writeValueAsString(
                Map.of("_time", time, "host", host, "app", "births", "_msg", message))));
  }

  /** Templates differ in three words, so that none is taken for a variable part of another. */
  private static String word(int number) {
    StringBuilder word = new StringBuilder();
    for (int rest = number, i = 0; i < 5; i++, rest /= SYLLABLES.length) {
      word.append(SYLLABLES[rest % SYLLABLES.length]);
    }
    return word.toString();
  }

  /** Compares what the server shows with what it has shown before; returns how many it knows. */
  int compare(Api api) {
    HttpResponse<String> answer = api.get("/api/v1/templates?query=app:=births&limit=1000");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    Set<String> found = new HashSet<>();
    for (JsonNode each : JSON.readTree(answer.body())) {
      String word = each.at("/template").asString().split(" ", 2)[0];
      assertThat(found.add(word)).as("shown once: %s", each).isTrue();
      Known known =
          new Known(
              each.at("/id").asString(),
              Instant.parse(each.at("/firstSeen").asString()),
              each.at("/firstHost").asString());
      assertThat(known.firstSeen()).isEqualTo(sent.get(word));
      assertThat(known.firstHost()).isEqualTo(FIRST_HOST);
      assertThat(known).isEqualTo(shown.getOrDefault(word, known));
      shown.put(word, known);
    }
    assertThat(found).as("known before, and still").containsAll(shown.keySet());
    return found.size();
  }

  /** Checks that everything is known, was told once, and is not new when it comes again. */
  void check(Api api) throws InterruptedException {
    snapshot(api);
    assertThat(compare(api)).isEqualTo(sent.size());
    for (int number = 0; number < sent.size(); number++) {
      post(api, number, START.plusSeconds(100_000), "web-2");
    }
    snapshot(api);
    // Whoever is told of this one was judged after all others have come again.
    send(api, 1);
    await().until(() -> compare(api) == sent.size());
    Set<String> told = new HashSet<>();
    shown.values().forEach((known) -> told.add(known.id()));
    while (!notices.keySet().containsAll(told)) {
      note(hook.next());
    }
    await().until(() -> api.get("/actuator/prometheus").body().contains("notices_waiting 0"));
    while (hook.count() > 0) {
      note(hook.next());
    }
    assertThat(notices.keySet()).isEqualTo(told);
    assertThat(notices).allSatisfy((id, each) -> assertThat(each).as(id).hasSize(1));
  }

  /** Makes the server look at all records at once, which takes it a minute otherwise. */
  private static void snapshot(Api api) {
    succeed(api.post("/api/v1/snapshots", MEDIA_TYPE, ""));
  }

  /** A notice that is sent again after a failure keeps its id. */
  private void note(Receiver.Request request) {
    String id = request.headers().get("X-LogCaster-Id");
    for (JsonNode each : request.json().at("/notices")) {
      notices
          .computeIfAbsent(each.at("/labels/template").asString(), (template) -> new HashSet<>())
          .add(id);
    }
  }

  private static void succeed(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
  }

  @Override
  public void close() {
    hook.close();
  }
}

package io.logcaster.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.logcaster.Api;
import io.logcaster.Seeds;
import io.logcaster.cluster.DividedSystem.Part;
import io.logcaster.notice.channel.Receiver;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Kills parts of a divided system under load, as {@code kill -9} does. Every acknowledged record is
 * found once, each alarm is told once whichever node evaluates the rules, and the counters of all
 * nodes add up. It takes minutes, and so runs only where {@code -Dlogcaster.kills=50} says how
 * often to kill; {@code -Dlogcaster.search=true} keeps the records in OpenSearch, which is then
 * killed too.
 */
@EnabledIfSystemProperty(named = "logcaster.kills", matches = "\\d+")
class SystemKillIT {

  private static final int KILLS = Integer.getInteger("logcaster.kills", 0);

  private static final boolean HAS_SEARCH = Boolean.getBoolean("logcaster.search");

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Batches of the quiet load, whose counters are compared. */
  private static final int QUIET = 20;

  @TempDir Path directory;

  private final Random random = new Random(Seeds.fresh());
  private final Map<Part, Integer> killed = new TreeMap<>();

  /** By the number of the alarm: the ids of the notices that tell of it. */
  private final Map<Integer, Set<String>> told = new HashMap<>();

  private int repeated;
  private DividedSystem system;

  @Test
  @Timeout(value = 120, unit = TimeUnit.MINUTES)
  void everything_isFoundAndToldOnce_whateverIsKilled() throws Exception {
    System.out.println(Seeds.told(Seeds.fresh()));
    try (DividedSystem started = new DividedSystem(directory, HAS_SEARCH)) {
      system = started;
      addRule();
      NumberedSender sender = new NumberedSender(system.ingest());
      try (sender) {
        awaitProgress(sender);
        for (int kill = 0; kill < KILLS; kill++) {
          killSome(kill);
          awaitProgress(sender);
          System.out.printf(
              "%d: killed %s, %d records and %d alarms acknowledged%n",
              kill + 1, killed, sender.acknowledged().size(), sender.alarms().size());
        }
      }
      Totals before = awaitQuiet();
      for (int batch = 0; batch < QUIET; batch++) {
        assertThat(sender.send(false)).isTrue();
      }
      compareCounters(before);
      compareRecords(sender);
      compareNotices(sender);
    }
  }

  private void addRule() {
    Api api = system.ingest();
    assertOk(
        api.post(
            "/api/v1/channels",
            "application/json",
            "{\"name\":\"Hook\",\"type\":\"webhook\",\"options\":{\"url\":\"%s\"}}"
                .formatted(system.receiver().url())));
    assertOk(
        api.put(
            "/api/v1/alerts/routes",
            "application/json",
            """
            {"routes":[{"name":"each","groupBy":["*"],"groupWait":"0s","groupInterval":"1s"}]}
            """));
    assertOk(
        api.post(
            "/api/v1/alerts/rules",
            "application/json",
            """
            {"name":"Alarm","query":"app:=alarm | stats by (n) count() value",
             "window":"6h","interval":"1s","comparison":">","threshold":0}
            """));
  }

  private static void assertOk(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
  }

  /** Kills one part or two, for long enough that another node takes over, or not. */
  private void killSome(int round) throws Exception {
    List<Part> parts = new ArrayList<>(List.of(Part.values()));
    if (!HAS_SEARCH) {
      parts.remove(Part.SEARCH);
    }
    Collections.shuffle(parts, random);
    List<Part> victims = parts.subList(0, random.nextInt(4) == 0 ? 2 : 1);
    for (Part part : victims) {
      killed.merge(part, 1, Integer::sum);
      system.kill(part);
      TimeUnit.MILLISECONDS.sleep(random.nextInt(300));
    }
    boolean isLong = round % 3 == 2 && victims.stream().anyMatch(Part::isServer);
    TimeUnit.MILLISECONDS.sleep(isLong ? 9_000 : random.nextInt(2_000));
    system.start(victims);
  }

  /** Waits until records and an alarm more are acknowledged, and notices go on. */
  private void awaitProgress(NumberedSender sender) {
    int records = sender.acknowledged().size() + 20 + random.nextInt(500);
    int alarms = sender.alarms().size() + 1;
    await()
        .atMost(PATIENCE)
        .until(() -> sender.acknowledged().size() >= records && sender.alarms().size() >= alarms);
    if (random.nextBoolean()) { // or it is killed while a notice is under way
      int notices = told.size();
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                readNotices();
                return told.size() > notices || told.size() >= sender.alarms().size();
              });
    }
  }

  private void readNotices() throws InterruptedException {
    while (system.receiver().count() > 0) {
      Receiver.Request request = system.receiver().next();
      for (JsonNode notice : request.json().path("notices")) {
        assertThat(notice.path("state").asString()).as(request.text()).isEqualTo("FIRING");
        int alarm = Integer.parseInt(notice.at("/labels/n").asString());
        Set<String> ids = told.computeIfAbsent(alarm, (key) -> new HashSet<>());
        if (!ids.add(request.headers().get("X-LogCaster-Id"))) {
          repeated++;
        }
      }
    }
  }

  /** What the inputs of a node counted. */
  private record Totals(long received, long ended, long stored) {}

  private static Totals totals(Api api, String input) {
    for (JsonNode one : JSON.readTree(api.get("/api/v1/metrics").body()).path("inputs")) {
      if (one.path("id").asString().equals(input)) {
        long stored = one.path("stored").asLong();
        return new Totals(
            one.path("received").asLong(),
            stored
                + one.path("filtered").asLong()
                + one.path("rejected").asLong()
                + one.path("dropped").asLong(),
            stored);
      }
    }
    return new Totals(0, 0, 0);
  }

  private Totals storedFromKafka() {
    Totals first = totals(system.store(0), "kafka-batches");
    Totals second = totals(system.store(1), "kafka-batches");
    return new Totals(
        first.received() + second.received(),
        first.ended() + second.ended(),
        first.stored() + second.stored());
  }

  private long lag() {
    long sum = 0;
    for (int store = 0; store < DividedSystem.STORES; store++) {
      for (JsonNode one : JSON.readTree(system.store(store).get("/api/v1/inputs").body())) {
        if (one.path("id").asString().equals("kafka-batches")) {
          long lag = one.path("lag").asLong(-1);
          if (lag < 0 || !one.path("state").asString().equals("RUNNING")) {
            return -1;
          }
          sum += lag;
        }
      }
    }
    return sum;
  }

  /** Waits until nothing is on its way; then each record that a node received has ended. */
  private Totals awaitQuiet() {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              Totals kafka = storedFromKafka();
              Totals http = totals(system.ingest(), "http");
              return lag() == 0
                  && kafka.received() == kafka.ended()
                  && http.received() == http.ended();
            });
    return storedFromKafka();
  }

  private void compareCounters(Totals before) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                storedFromKafka().stored() - before.stored()
                    >= (long) QUIET * NumberedSender.BATCH);
    Totals after = awaitQuiet();
    assertThat(after.received() - before.received()).isEqualTo((long) QUIET * NumberedSender.BATCH);
  }

  private void compareRecords(NumberedSender sender) {
    BitSet found = new BitSet();
    List<Integer> twice = new ArrayList<>();
    for (int host = 0; host < NumberedSender.HOSTS; host++) {
      String query =
          URLEncoder.encode("host:=h%d n:* | fields n".formatted(host), StandardCharsets.UTF_8);
      for (String line :
          system.store(0).get("/api/v1/query?query=" + query).body().lines().toList()) {
        assertThat(line).doesNotContain("_error");
        int n = Integer.parseInt(line.replaceAll("\\D", ""));
        if (found.get(n)) {
          twice.add(n);
        }
        found.set(n);
      }
    }
    List<Integer> missing =
        sender.acknowledged().stream().filter((n) -> !found.get(n)).sorted().toList();
    System.out.printf(
        "killed %s: %d records sent, %d acknowledged, %d found, %d missing, %d found twice%n",
        killed,
        sender.sent(),
        sender.acknowledged().size(),
        found.cardinality(),
        missing.size(),
        twice.size());
    assertThat(missing).as(Seeds.told(Seeds.fresh())).isEmpty();
    assertThat(twice).as(Seeds.told(Seeds.fresh())).isEmpty();
  }

  private void compareNotices(NumberedSender sender) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              readNotices();
              return told.keySet().containsAll(sender.alarms());
            });
    System.out.printf(
        "%d alarms acknowledged, %d told, %d attempts repeated with the same id%n",
        sender.alarms().size(), told.size(), repeated);
    assertThat(told)
        .as(Seeds.told(Seeds.fresh()))
        .allSatisfy((alarm, ids) -> assertThat(ids).as("alarm %d", alarm).hasSize(1));
  }
}

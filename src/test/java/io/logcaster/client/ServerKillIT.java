package io.logcaster.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.logcaster.Api;
import io.logcaster.ServerProcess;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A server process that is killed while a client sends; {@code -Dlogcaster.kills=20} for more. */
@Execution(ExecutionMode.CONCURRENT)
class ServerKillIT {

  private static final int KILLS = Integer.getInteger("logcaster.kills", 2);

  /** Decides after which record the server is killed. */
  private static final long SEED = Long.getLong("logcaster.seed", 13);

  /** The most templates that a server learns between two looks at it; it is soon killed. */
  private static final int MOST_BIRTHS = 20;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Records between two kills. */
  private static final int ROUND = 20_000;

  @TempDir Path data;

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES) // three starts of a server, on a busy machine
  void killedServer_storesEverythingOnce_andKnowsAndTellsOfEachTemplateOnce() throws Exception {
    Random random = new Random(SEED);
    ServerProcess server =
        ServerProcess.start(data, "--logcaster.alert.allow-local-addresses=true");
    try (AcknowledgedBirths births = new AcknowledgedBirths();
        LogCasterClient client =
            LogCasterClient.builder()
                .server("127.0.0.1:" + server.tcpPort())
                .batchBytes(16 << 10)
                .linger(Duration.ofMillis(5))
                .retry(Duration.ofMillis(10), Duration.ofMillis(200))
                .overflow(Overflow.BLOCK)
                .build()) {
      births.subscribe(new Api(server.httpPort()));
      int logged = 0;
      for (int kill = 0; kill < KILLS; kill++) {
        logged = log(client, logged);
        long before = client.metrics().acknowledged();
        Awaitility.await().atMost(PATIENCE).until(() -> client.metrics().acknowledged() > before);
        Api api = new Api(server.httpPort());
        births.send(api, 1 + random.nextInt(MOST_BIRTHS));
        births.compare(api);
        births.send(api, 1 + random.nextInt(MOST_BIRTHS));
        server.kill();
        logged = log(client, logged);
        server = server.restart();
      }
      assertThat(client.flush(PATIENCE)).isTrue();
      assertThat(client.metrics().acknowledged()).isEqualTo(logged);
      assertThat(client.metrics().dropped()).isZero();
      check(new Api(server.httpPort()), logged);
      births.check(new Api(server.httpPort()));
    } finally {
      server.kill();
    }
  }

  private static int log(LogCasterClient client, int from) {
    for (int i = from; i < from + ROUND; i++) {
      client.record().level("INFO").message("kept").field("app", "kill").field("n", i).send();
    }
    return from + ROUND;
  }

  private static void check(Api api, int logged) {
    String query = "app:=kill | fields n";
    BitSet found = new BitSet();
    int[] rows = {0};
    api.get("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8))
        .body()
        .lines()
        .forEach(
            (line) -> {
              found.set(Integer.parseInt(line.replaceAll("\\D", "")));
              rows[0]++;
            });
    assertThat(found.cardinality()).isEqualTo(logged);
    assertThat(rows[0]).as("each is stored once").isEqualTo(logged);
  }
}

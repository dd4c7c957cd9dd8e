package io.logcaster.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.logcaster.sink.http.HttpSinkType;
import io.logcaster.storage.MessageObserver;
import io.logcaster.storage.RowFilter;
import io.logcaster.storage.segment.SegmentLogStorage;
import io.logcaster.storage.segment.SegmentOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A receiver that fails in every way while numbered records go from the log through the queue on
 * disk: all of them arrive at least once, and those of a stream in order.
 */
class TroubledReceiversTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final int BATCHES = 30;
  private static final int ROWS = 100;
  private static final int RECORDS = BATCHES * ROWS;

  private static final Pattern NUMBER = Pattern.compile("record (\\d+)");

  @TempDir Path directory;

  private final List<Integer> received = new ArrayList<>();
  private final AtomicInteger requests = new AtomicInteger();
  private HttpServer server;
  private ProxiedPort port;
  private SegmentLogStorage storage;
  private Sinks sinks;

  /** What is answered to the n-th request; 0 closes the connection without an answer. */
  private volatile IntUnaryOperator answers = (request) -> 200;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::take);
    server.start();
    port = new ProxiedPort(0, server.getAddress().getPort());
    SinkHold hold = new SinkHold(directory.resolve("sinks"));
    storage =
        SegmentLogStorage.open(
            directory, SegmentOptions.defaults().withMinFreeBytes(0), MessageObserver.NONE, hold);
    sinks =
        new Sinks(
            directory.resolve("sinks"),
            directory.resolve("export"),
            storage,
            storage,
            new SinkTypes(List.of(new HttpSinkType())),
            (filter) -> RowFilter.ALL,
            hold,
            Clock.systemUTC());
  }

  @AfterEach
  void close() throws IOException {
    sinks.stop();
    storage.close();
    port.close();
    server.stop(0);
  }

  /** Some answers say that it failed although it did not, which is how records come twice. */
  private void take(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    int status = answers.applyAsInt(requests.incrementAndGet());
    if (status != 429) {
      keep(body);
    }
    if (status > 0) {
      if (status == 429) {
        exchange.getResponseHeaders().set("Retry-After", "0");
      }
      exchange.sendResponseHeaders(status, -1);
    }
    exchange.close();
  }

  private void keep(String body) {
    Matcher numbers = NUMBER.matcher(body);
    synchronized (received) {
      while (numbers.find()) {
        received.add(Integer.parseInt(numbers.group(1)));
      }
    }
  }

  /** The records in the order in which they first arrived. */
  private Set<Integer> first() {
    synchronized (received) {
      return new LinkedHashSet<>(received);
    }
  }

  private RunningSink start() {
    Map<String, Object> options = new TreeMap<>();
    options.put("url", "http://127.0.0.1:" + port.port() + "/in");
    options.put("compress", "none");
    SinkDefinition definition =
        new SinkDefinition(
            "s1",
            "test",
            "http",
            true,
            "",
            "now",
            250,
            Duration.ofMillis(1),
            64L << 20,
            WhenFull.BLOCK,
            new TreeMap<>(options),
            false,
            null);
    sinks.start(List.of(definition), List.of());
    return sinks.find("s1").orElseThrow();
  }

  private void append(int batches, int from) {
    for (int i = from; i < from + batches; i++) {
      storage.append(SinkContract.batch(i * ROWS, (i + 1) * ROWS)).join();
    }
  }

  /** Waits for all records; a flush ends a pause between two attempts. */
  private void awaitAll(RunningSink sink) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              sink.delivery().flush();
              return sink.queue().fed() == storage.head() && sink.queue().records() == 0;
            });
    List<Integer> numbers = new ArrayList<>(first());
    assertThat(numbers).hasSize(RECORDS);
    for (int stream = 0; stream < 2; stream++) {
      int parity = stream;
      assertThat(numbers.stream().filter((number) -> number % 2 == parity).toList())
          .isEqualTo(IntStream.range(0, RECORDS).filter((i) -> i % 2 == parity).boxed().toList());
    }
    assertThat(sink.counters().sent()).isEqualTo(RECORDS);
    assertThat(sink.counters().dropped()).isEmpty();
  }

  @Test
  void receiverThatAnswersWithErrors_hasEverythingInTheEnd() {
    answers = (request) -> new int[] {200, 429, 500, 200, 0, 503}[request % 6];
    RunningSink sink = start();
    append(BATCHES, 0);

    awaitAll(sink);
    assertThat(sink.counters().retried()).isPositive();
  }

  @Test
  void receiverThatIsUnreachableForAWhile_hasEverythingInTheEnd() {
    RunningSink sink = start();
    append(BATCHES / 3, 0);
    port.cut();
    append(BATCHES / 3, BATCHES / 3);
    await()
        .atMost(PATIENCE)
        .until(() -> sink.queue().records() > 0 && sink.state().equals("failing"));
    port.mend();
    append(BATCHES / 3, 2 * BATCHES / 3);

    awaitAll(sink);
  }

  @Test
  void connectionsThatBreakInTheMiddle_loseNothing() {
    port.cutNowAndThen(5, 100_000, 7);
    RunningSink sink = start();
    append(BATCHES, 0);

    awaitAll(sink);
  }

  @Test
  void receiverThatIsSlow_holdsUpNobodyElse() {
    answers =
        (request) -> {
          if (request < 5) {
            pause();
          }
          return 200;
        };
    RunningSink sink = start();
    append(BATCHES, 0); // returns, whatever the receiver does

    awaitAll(sink);
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
    }
  }
}

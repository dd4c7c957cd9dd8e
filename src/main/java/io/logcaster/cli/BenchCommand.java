package io.logcaster.cli;

import io.logcaster.cli.LineGenerator.Format;
import io.logcaster.client.ServerAddress;
import io.logcaster.record.Timestamps;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Loads a running server and says how much it takes. */
@Command(
    name = "bench",
    description = {
      "Sends realistic, varied lines to a running LogCaster and prints lines/s, MB/s and how long"
          + " acknowledgements took.",
      "The time ends when the server has stored the last line."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class BenchCommand implements Callable<Integer> {

  /** The ways to send. */
  enum Way {
    RAW,
    SYSLOG,
    JSON,
    FRAMED,
    HTTP,
    UDP,
    ELASTICSEARCH,
    LOKI,
    OTLP;

    /** The input whose books count what is sent. */
    String input() {
      return (isHttp() || this == UDP) ? name().toLowerCase(Locale.ROOT) : "tcp";
    }

    boolean isHttp() {
      return switch (this) {
        case HTTP, ELASTICSEARCH, LOKI, OTLP -> true;
        default -> false;
      };
    }
  }

  /** How much is written at once: what a busy shipper sends, and for HTTP a usual request. */
  private static final int TCP_WRITE = 64 << 10;

  private static final int HTTP_BODY = 1 << 20;

  @Option(
      names = {"-f", "--format"},
      defaultValue = "SYSLOG",
      description =
          "raw, syslog or json over TCP; framed: JSON lines in acknowledged frames; http: JSON"
              + " lines posted; elasticsearch, loki, otlp: as their clients post, the last two in"
              + " protocol buffers; udp: syslog, a datagram each, best with --rate. Default:"
              + " ${DEFAULT-VALUE}")
  private Way way = Way.SYSLOG;

  @Option(
      names = {"-c", "--connections"},
      defaultValue = "2",
      description = "Connections that send at the same time. Default: ${DEFAULT-VALUE}")
  private int connections = 2;

  @Option(
      names = {"-n", "--count"},
      defaultValue = "1000000",
      description = "Lines to send, over all connections. Default: ${DEFAULT-VALUE}")
  private long count = 1_000_000;

  @Option(
      names = {"-s", "--seconds"},
      defaultValue = "0",
      description = "Stop after so many seconds, whatever the count; 0: send them all.")
  private double seconds;

  @Option(
      names = {"-r", "--rate"},
      defaultValue = "0",
      description = "Lines per second over all connections; 0: as fast as the server takes them.")
  private double rate;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description = "The server. Default: ${DEFAULT-VALUE}")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      defaultValue = "5140",
      description = "Its TCP port. Default: ${DEFAULT-VALUE}")
  private int port = 5140;

  @Option(
      names = "--http-port",
      defaultValue = "8080",
      description = "Its HTTP port, also asked what was stored. Default: ${DEFAULT-VALUE}")
  private int httpPort = 8080;

  @Option(
      names = "--path",
      description =
          "Post there instead of where LogCaster takes the format, with arguments if need be.")
  private @Nullable String path;

  @Option(
      names = "--other-server",
      description =
          "The server is another one than LogCaster and is not asked what it stored: the time ends"
              + " when it has answered the last request, or closed the last connection.")
  private boolean otherServer;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Other seeds give other lines. Default: ${DEFAULT-VALUE}")
  private long seed = 1;

  @Option(
      names = "--verify",
      description = "Number the lines and check afterwards that each is stored exactly once.")
  private boolean verify;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  private final Clock clock;
  private final Latencies latencies = new Latencies();
  private final LongAdder lines = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final HttpClient client = HttpClient.newHttpClient();
  private final JsonMapper json = new JsonMapper();

  BenchCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() throws Exception {
    if (!way.isHttp() && way != Way.UDP) {
      Reachable.check(new ServerAddress(host, port));
    }
    PrintWriter out = spec.commandLine().getOut();
    String run = "b" + Long.toString(clock.millis(), 36);
    String input = way.input();
    long droppedBefore = sum(input, "dropped");
    long before = ended(input);
    long start = System.nanoTime();
    sendAll(run);
    double sent = (System.nanoTime() - start) / 1e9;
    long total = lines.sum();
    if (!otherServer) {
      awaitStored(input, before + total);
    }
    double stored = (System.nanoTime() - start) / 1e9;
    out.printf(
        Locale.ROOT,
        "%s, %d connections: %,d lines, %.1f MB in %.2f s (sent after %.2f s): %,.0f lines/s, %.1f"
            + " MB/s%n",
        way.name().toLowerCase(Locale.ROOT),
        connections,
        total,
        bytes.sum() / 1e6,
        stored,
        sent,
        total / stored,
        bytes.sum() / 1e6 / stored);
    if (way == Way.UDP) {
      out.printf(Locale.ROOT, "%,d datagrams dropped%n", sum(input, "dropped") - droppedBefore);
    }
    if (latencies.count() > 0) {
      out.printf(
          Locale.ROOT,
          "%,d acks, latency ms: p50 %.1f  p90 %.1f  p99 %.1f  p99.9 %.1f  max %.1f%n",
          latencies.count(),
          latencies.millis(0.5),
          latencies.millis(0.9),
          latencies.millis(0.99),
          latencies.millis(0.999),
          latencies.millis(1));
    }
    out.flush();
    return verify ? verify(run, out) : 0;
  }

  private void sendAll(String run) throws IOException, InterruptedException {
    try (ExecutorService senders = Executors.newFixedThreadPool(connections)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        int connection = i;
        running.add(
            senders.submit(
                () -> {
                  send(connection, run + "c" + connection);
                  return null;
                }));
      }
      for (Future<?> sender : running) {
        sender.get();
      }
    } catch (ExecutionException ex) {
      throw new IOException("sending failed: " + Failures.text(ex.getCause()), ex);
    }
  }

  private long share(int connection) {
    return count / connections + ((connection < count % connections) ? 1 : 0);
  }

  private void send(int connection, String mark) throws IOException, InterruptedException {
    Format format =
        switch (way) {
          case RAW -> Format.RAW;
          case SYSLOG, UDP -> Format.SYSLOG;
          default -> Format.JSON;
        };
    // The last line has about the present time.
    Instant now = clock.instant();
    LineGenerator generator =
        new LineGenerator(
            format,
            seed * 1_000 + connection,
            now.getEpochSecond() * Timestamps.SECOND - share(connection) * LineGenerator.STEP_NANOS,
            verify ? mark : "");
    byte[] buffer = new byte[(way.isHttp() ? HTTP_BODY : TCP_WRITE) + LineGenerator.MAX_LINE];
    int full = buffer.length - LineGenerator.MAX_LINE;
    long left = share(connection);
    long start = System.nanoTime();
    long mine = 0;
    try (BenchTarget target = connect()) {
      while (left > 0 && (seconds == 0 || System.nanoTime() - start < seconds * 1e9)) {
        int length = 0;
        int batch = 0;
        long most = (rate > 0) ? Math.max(1, (long) (rate / connections / 50)) : Long.MAX_VALUE;
        while (length < full && batch < left && batch < most) {
          length = generator.next(buffer, length);
          batch++;
        }
        target.send(buffer, length, batch);
        left -= batch;
        mine += batch;
        lines.add(batch);
        bytes.add(length);
        if (rate > 0) {
          long due = start + (long) (mine / (rate / connections) * 1e9);
          long wait = due - System.nanoTime();
          if (wait > 0) {
            Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
          }
        }
      }
      target.finish();
    }
  }

  private BenchTarget connect() throws IOException {
    return switch (way) {
      case RAW, SYSLOG, JSON -> new TcpBenchTarget(new InetSocketAddress(host, port));
      case FRAMED -> new FramedBenchTarget(new ServerAddress(host, port), latencies);
      case HTTP -> http(new BenchBody.Lines());
      case UDP -> new UdpBenchTarget(new InetSocketAddress(host, port));
      case ELASTICSEARCH -> http(new ElasticsearchBody());
      case LOKI -> http(new LokiBody());
      case OTLP -> http(new OtlpBody());
    };
  }

  private BenchTarget http(BenchBody body) throws IOException {
    String target = (path != null) ? path : body.path();
    try {
      return new HttpBenchTarget(new HttpConnection(host, httpPort), target, body, latencies);
    } catch (ConnectException ex) {
      throw nobodyAnswers(ex);
    }
  }

  private CommandFailure nobodyAnswers(ConnectException cause) {
    return new CommandFailure(
        "nobody answers at " + uri("") + ": is the server running? --http-port says where", cause);
  }

  /** Records of an input whose end is known. */
  private long ended(String input) throws IOException, InterruptedException {
    return sum(input, "stored", "filtered", "rejected", "dropped");
  }

  private long sum(String input, String... counters) throws IOException, InterruptedException {
    if (otherServer) {
      return 0;
    }
    HttpRequest request = HttpRequest.newBuilder(uri("/api/v1/metrics")).build();
    String body;
    try {
      body = client.send(request, BodyHandlers.ofString()).body();
    } catch (ConnectException ex) {
      throw nobodyAnswers(ex);
    }
    long sum = 0;
    for (JsonNode node : json.readTree(body).path("inputs")) {
      if (node.path("id").asString("").equals(input)) {
        for (String counter : counters) {
          sum += node.path(counter).asLong(0);
        }
      }
    }
    return sum;
  }

  private void awaitStored(String input, long wanted) throws IOException, InterruptedException {
    long last = -1;
    long lastChange = System.nanoTime();
    for (long now = ended(input); now < wanted; now = ended(input)) {
      if (now != last) {
        last = now;
        lastChange = System.nanoTime();
      } else if (System.nanoTime() - lastChange > 30_000_000_000L) {
        throw new IOException(
            "The server has accounted for only "
                + now
                + " of "
                + wanted
                + " lines, and for no more in 30 s");
      }
      Thread.sleep(10);
    }
  }

  private int verify(String run, PrintWriter out) throws IOException, InterruptedException {
    long missing = 0;
    long duplicates = 0;
    for (int connection = 0; connection < connections; connection++) {
      BitSet seen = new BitSet();
      String query = "_msg:" + run + "c" + connection + " | fields _msg";
      HttpRequest request =
          HttpRequest.newBuilder(
                  uri("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)))
              .build();
      try (BufferedReader found =
          new BufferedReader(
              new InputStreamReader(
                  client.send(request, BodyHandlers.ofInputStream()).body(),
                  StandardCharsets.UTF_8))) {
        for (String line = found.readLine(); line != null; line = found.readLine()) {
          int number =
              Integer.parseInt(line.substring(line.lastIndexOf(" n") + 2, line.lastIndexOf('"')));
          duplicates += seen.get(number) ? 1 : 0;
          seen.set(number);
        }
      }
      missing += share(connection) - seen.cardinality();
    }
    out.printf(
        Locale.ROOT,
        "verified: %,d missing, %,d stored more than once%n",
        (seconds > 0) ? missing - (count - lines.sum()) : missing,
        duplicates);
    out.flush();
    return (missing == ((seconds > 0) ? count - lines.sum() : 0) && duplicates == 0) ? 0 : 1;
  }

  private URI uri(String path) {
    return URI.create("http://" + host + ":" + httpPort + path);
  }
}

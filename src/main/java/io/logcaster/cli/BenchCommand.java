package io.logcaster.cli;

import io.logcaster.record.Timestamps;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Clock;
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
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code logcaster bench}: puts load on a running server and prints its throughput. */
@Command(
    name = "bench",
    description = {
      "Sends realistic, varied lines to a running LogCaster and prints lines/s, MB/s and the"
          + " latency of acknowledgements.",
      "The clock stops when the server has stored the last line."
    },
    subcommands = BenchQueriesCommand.class,
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class BenchCommand implements Callable<Integer> {

  @Option(
      names = {"-f", "--format"},
      defaultValue = "SYSLOG",
      description =
          "raw, syslog or json over TCP; framed: JSON lines in acknowledged frames; http: JSON"
              + " lines in POST requests; elasticsearch, loki, otlp: as their clients post them,"
              + " loki and otlp in protocol buffers; udp: syslog, one line per datagram, best with"
              + " --rate. Default: ${DEFAULT-VALUE}")
  private BenchProtocol protocol = BenchProtocol.SYSLOG;

  @Option(
      names = {"-c", "--connections"},
      defaultValue = "2",
      description = "Parallel connections. Default: ${DEFAULT-VALUE}")
  private int connections = 2;

  @Option(
      names = {"-n", "--count"},
      defaultValue = "1000000",
      description = "Lines to send over all connections. Default: ${DEFAULT-VALUE}")
  private long count = 1_000_000;

  @Option(
      names = "--from",
      arity = "1..*",
      paramLabel = "PATH",
      description =
          "Send the lines of these files, directories and patterns, plain or compressed with gzip"
              + " or zstd, instead of built-in lines. They repeat with other numbers, ids and"
              + " addresses, and their times advance. The name of a file becomes the program."
              + " Not for loki and otlp.")
  private List<String> from = List.of();

  @Option(
      names = "--streams",
      defaultValue = "256",
      description =
          "With --from: about how many pairs of host and program send the lines. Default:"
              + " ${DEFAULT-VALUE}")
  private int streams = 256;

  @Option(
      names = {"-s", "--seconds"},
      defaultValue = "0",
      description = "Stop after this many seconds, whatever --count says; 0: no limit.")
  private double seconds;

  @Option(
      names = {"-r", "--rate"},
      defaultValue = "0",
      description = "Lines per second over all connections; 0: no limit.")
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
      description = "Its HTTP port, also used to ask what was stored. Default: ${DEFAULT-VALUE}")
  private int httpPort = 8080;

  @Option(
      names = "--path",
      description =
          "Post to this path, with a query string if needed, instead of LogCaster's own path for"
              + " the format.")
  private @Nullable String path;

  @Option(
      names = "--other-server",
      description =
          "The server is not LogCaster and is not asked what it stored: the clock stops when it"
              + " has answered the last request or closed the last connection.")
  private boolean otherServer;

  @Option(
      names = "--count-at",
      paramLabel = "URL",
      description =
          "The node that is asked how many records are stored, such as http://store-1:8080, where"
              + " the node that receives the lines does not store them. It counts all its records:"
              + " nobody else should send.")
  private @Nullable URI countAt;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "The seed of the generated lines. Default: ${DEFAULT-VALUE}")
  private long seed = 1;

  @Option(
      names = "--verify",
      description = "Number the lines and check afterwards that each one is stored exactly once.")
  private boolean verify;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  private final Clock clock;
  private final Latencies latencies = new Latencies();
  private final LongAdder lines = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  BenchCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() throws Exception {
    if (!from.isEmpty() && protocol.needsBuiltInLines()) {
      throw new ParameterException(
          spec.commandLine(), "--from cannot be sent as " + protocol.text() + "; use http");
    }
    BenchEndpoint endpoint = new BenchEndpoint(host, port, httpPort, path);
    if (protocol.isTcp()) {
      ReachabilityCheck.check(endpoint.serverAddress());
    }
    PrintWriter out = spec.commandLine().getOut();
    BenchServer server =
        (countAt == null) ? new BenchServer(host, httpPort) : new BenchServer(countAt);
    @Nullable RealLines real =
        from.isEmpty() ? null : RealLines.read(from, streams, protocol.format());
    if (real != null) {
      out.printf(
          Locale.ROOT, "%,d real lines, %,d streams%n", real.lineCount(), real.streamCount());
      out.flush();
    }
    String run = "b" + Long.toString(clock.millis(), 36);
    String input = protocol.input();
    boolean countsInput = !otherServer && countAt == null;
    long droppedBefore = countsInput ? server.dropped(input) : 0;
    long before = otherServer ? 0 : counted(server, input);
    long start = System.nanoTime();
    sendAll(endpoint, run, real);
    double sent = (System.nanoTime() - start) / 1e9;
    long total = lines.sum();
    if (!otherServer) {
      BenchServer.await(() -> counted(server, input), before + total);
    }
    double stored = (System.nanoTime() - start) / 1e9;
    out.printf(
        Locale.ROOT,
        "%s, %d connections: %,d lines, %.1f MB in %.2f s (sent after %.2f s): %,.0f lines/s, %.1f"
            + " MB/s%n",
        protocol.text(),
        connections,
        total,
        bytes.sum() / 1e6,
        stored,
        sent,
        total / stored,
        bytes.sum() / 1e6 / stored);
    if (protocol.mayDrop() && countsInput) {
      out.printf(Locale.ROOT, "%,d datagrams dropped%n", server.dropped(input) - droppedBefore);
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
    return verify ? verify(server, run, out) : 0;
  }

  private long counted(BenchServer server, String input) throws IOException, InterruptedException {
    return (countAt == null) ? server.ended(input) : server.records();
  }

  private void sendAll(BenchEndpoint endpoint, String run, @Nullable RealLines real)
      throws IOException, InterruptedException {
    try (ExecutorService senders = Executors.newFixedThreadPool(connections)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        int connection = i;
        running.add(
            senders.submit(
                () -> {
                  send(endpoint, connection, run + "c" + connection, real);
                  return null;
                }));
      }
      for (Future<?> sender : running) {
        sender.get();
      }
    } catch (ExecutionException ex) {
      throw new IOException("sending failed: " + FailureHandler.text(ex.getCause()), ex);
    }
  }

  private long share(int connection) {
    return count / connections + ((connection < count % connections) ? 1 : 0);
  }

  private void send(BenchEndpoint endpoint, int connection, String mark, @Nullable RealLines real)
      throws IOException, InterruptedException {
    // The last line has about the present time.
    long startNanos =
        clock.instant().getEpochSecond() * Timestamps.SECOND
            - share(connection) * LineSource.STEP_NANOS;
    long lineSeed = seed * 1_000 + connection;
    String marked = verify ? mark : "";
    LineSource source =
        (real == null)
            ? new LineGenerator(protocol.format(), lineSeed, startNanos, marked)
            : real.source(protocol.format(), lineSeed, startNanos, marked);
    int full = protocol.writeSize();
    byte[] buffer = new byte[full + source.maxLine()];
    long left = share(connection);
    long start = System.nanoTime();
    long mine = 0;
    try (BenchTarget target = protocol.open(endpoint, latencies)) {
      while (left > 0 && (seconds == 0 || System.nanoTime() - start < seconds * 1e9)) {
        int length = 0;
        int batch = 0;
        long most = (rate > 0) ? Math.max(1, (long) (rate / connections / 50)) : Long.MAX_VALUE;
        while (length < full && batch < left && batch < most) {
          length = source.next(buffer, length);
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

  private int verify(BenchServer server, String run, PrintWriter out)
      throws IOException, InterruptedException {
    long missing = lines.sum();
    long duplicates = 0;
    for (int connection = 0; connection < connections; connection++) {
      BitSet seen = new BitSet();
      duplicates += server.find(run + "c" + connection, seen);
      missing -= seen.cardinality();
    }
    out.printf(
        Locale.ROOT, "verified: %,d missing, %,d stored more than once%n", missing, duplicates);
    out.flush();
    return (missing == 0 && duplicates == 0) ? 0 : 1;
  }
}

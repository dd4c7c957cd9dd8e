package io.logcaster.ingest.text;

import io.logcaster.ingest.LocalTimes;
import io.logcaster.ingest.RecordWriter;
import io.logcaster.record.RecordBatch;
import io.logcaster.record.Timestamps;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How many lines one core turns from bytes into batches. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 4, time = 2)
public class BenchmarkTextDecoder {

  private static final int LINES = 40_000;

  @Param({"rfc5424", "rfc3164", "json", "logback", "plain"})
  public String protocol = "rfc5424";

  private byte[] bytes = new byte[0];
  private TextDecoder decoder;
  private RecordWriter out;

  @Setup
  public void generate() {
    Random random = new Random(7);
    StringBuilder text = new StringBuilder();
    long time = Timestamps.parse("2026-11-21T09:00:00Z");
    for (int i = 0; i < LINES; i++) {
      time += random.nextInt(2_000_000);
      text.append(line(random, Timestamps.format(time / 1_000_000 * 1_000_000 + 1_000_000)))
          .append('\n');
    }
    bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    out = new RecordWriter(List.of("host", "app"), new LocalTimes(ZoneOffset.UTC), new byte[0]);
    decoder = new TextDecoder(out, 256 << 10, () -> true, null, null);
    out.now(time);
  }

  private String line(Random random, String time) {
    String host = "web" + random.nextInt(20);
    String app = List.of("shop", "cart", "auth", "mail").get(random.nextInt(4));
    String message =
        "request %d from 10.0.%d.%d took %d ms"
            .formatted(
                random.nextInt(1_000_000),
                random.nextInt(256),
                random.nextInt(256),
                random.nextInt(5_000));
    return switch (protocol) {
      case "rfc5424" ->
          "<%d>1 %s %s %s %d ID%d - %s"
              .formatted(
                  8 + random.nextInt(8),
                  time,
                  host,
                  app,
                  random.nextInt(30_000),
                  random.nextInt(50),
                  message);
      case "rfc3164" ->
          "<%d>Nov 21 %s %s %s[%d]: %s"
              .formatted(
                  8 + random.nextInt(8),
                  time.substring(11, 19),
                  host,
                  app,
                  random.nextInt(30_000),
                  message);
      case "json" ->
          "{\"_time\":\"%s\",\"level\":\"info\",\"host\":\"%s\",\"app\":\"%s\",\"_msg\":\"%s\",\"user\":{\"id\":%d},\"ok\":true}"
              .formatted(time, host, app, message, random.nextInt(100_000));
      case "logback" ->
          "%s [http-%d] INFO  c.e.%s - %s".formatted(time, random.nextInt(9), app, message);
      default -> message;
    };
  }

  /** Decodes as a connection does, in reads of 64 KB. */
  @Benchmark
  @OperationsPerInvocation(LINES)
  public long decode() {
    long rows = 0;
    int at = 0;
    for (int end = 0; end < bytes.length; ) {
      end = Math.min(end + (64 << 10), bytes.length);
      while (true) {
        at = decoder.decode(bytes, at, end, false);
        if (!out.builder().isFull()) {
          break;
        }
        RecordBatch batch = out.builder().build();
        rows += batch.size();
      }
    }
    return rows + out.builder().build().size();
  }
}

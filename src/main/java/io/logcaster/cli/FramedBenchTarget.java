package io.logcaster.cli;

import io.logcaster.client.ClientListener;
import io.logcaster.client.LogCasterClient;
import io.logcaster.client.Overflow;
import io.logcaster.client.ServerAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** Sends lines through the client and measures how long each batch takes to be acknowledged. */
final class FramedBenchTarget implements BenchTarget, ClientListener {

  /**
   * Batches on the way: enough to keep the server busy, few enough that a latency means something.
   */
  private static final int WINDOW = 32;

  /** What {@code bench} writes at once fits. */
  private static final int BATCH = 128 << 10;

  private static final Duration LOOK = Duration.ofMillis(200);

  private final ConcurrentSkipListMap<Long, Long> sent = new ConcurrentSkipListMap<>();
  private final Latencies latencies;
  private final LogCasterClient client;
  private long sequence = 1;
  private volatile @Nullable String failure;

  FramedBenchTarget(ServerAddress server, Latencies latencies) {
    this.latencies = latencies;
    this.client =
        LogCasterClient.builder()
            .server(server)
            .name("bench")
            .overflow(Overflow.BLOCK)
            .batchBytes(BATCH)
            .queueBytes((long) WINDOW * BATCH / 2)
            .window(WINDOW)
            .closeTimeout(Duration.ZERO)
            .listener(this)
            .build();
  }

  @Override
  public void send(byte[] bytes, int length, int lines) throws IOException {
    check();
    sent.put(sequence++, System.nanoTime());
    client.batch(bytes, 0, length);
  }

  private void check() throws IOException {
    String reason = failure;
    if (reason != null) {
      throw new IOException(reason);
    }
  }

  @Override
  public void acknowledged(long upTo, long records) {
    long now = System.nanoTime();
    for (Map.Entry<Long, Long> next = sent.firstEntry();
        next != null && next.getKey() <= upTo;
        next = sent.firstEntry()) {
      sent.remove(next.getKey());
      latencies.add(now - next.getValue());
    }
  }

  @Override
  public void failed(String server, String reason) {
    failure = reason;
  }

  @Override
  public void finish() throws IOException {
    while (!client.flush(LOOK)) {
      check();
    }
  }

  @Override
  public void close() {
    client.close();
  }
}

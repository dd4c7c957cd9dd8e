package io.logcaster.cli;

import java.io.IOException;
import java.time.Duration;

/**
 * Posts lines over HTTP in a protocol's body and measures how long each request takes until it is
 * answered.
 */
final class HttpBenchTarget implements BenchTarget {

  private final HttpConnection connection;
  private final String path;
  private final BenchBody body;
  private final Latencies latencies;

  HttpBenchTarget(HttpConnection connection, String path, BenchBody body, Latencies latencies) {
    this.connection = connection;
    this.path = path;
    this.body = body;
    this.latencies = latencies;
  }

  @Override
  public void send(byte[] bytes, int length, int lines) throws IOException, InterruptedException {
    int size = body.make(bytes, length);
    while (true) {
      long start = System.nanoTime();
      HttpConnection.Answer answer = connection.post(path, body.contentType(), body.bytes(), size);
      if (answer.status() / 100 == 2) {
        latencies.add(System.nanoTime() - start);
        return;
      }
      if (answer.status() != 429) {
        throw new IOException("answered " + answer.status() + ": " + answer.text());
      }
      Thread.sleep(
          Duration.ofSeconds(Long.parseLong(answer.headers().getOrDefault("retry-after", "1"))));
    }
  }

  @Override
  public void finish() {
    // Every request was answered.
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}

package io.logcaster.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Posts lines over HTTP in a protocol's body and measures how long each request takes until it is
 * answered.
 */
final class HttpBenchTarget implements BenchTarget {

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI uri;
  private final BenchBody body;
  private final Latencies latencies;

  HttpBenchTarget(URI server, BenchBody body, Latencies latencies) {
    this.uri = server.resolve(body.path());
    this.body = body;
    this.latencies = latencies;
  }

  @Override
  public void send(byte[] bytes, int length, int lines) throws IOException, InterruptedException {
    int size = body.make(bytes, length);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", body.contentType())
            .POST(BodyPublishers.ofByteArray(body.bytes(), 0, size))
            .build();
    while (true) {
      long start = System.nanoTime();
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() / 100 == 2) {
        latencies.add(System.nanoTime() - start);
        return;
      }
      if (response.statusCode() != 429) {
        throw new IOException("answered " + response.statusCode() + ": " + response.body());
      }
      Thread.sleep(
          Duration.ofSeconds(response.headers().firstValueAsLong("Retry-After").orElse(1)));
    }
  }

  @Override
  public void finish() {
    // Every request was answered.
  }

  @Override
  public void close() {
    client.close();
  }
}

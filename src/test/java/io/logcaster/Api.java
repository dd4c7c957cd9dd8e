package io.logcaster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Calls a server of this machine as any client would. */
public final class Api {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** Far more than any answer takes; a hanging server fails the test instead of the build. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final int port;

  public Api(int port) {
    this.port = port;
  }

  /** {@code headers} are names and values in turn. */
  public HttpResponse<String> get(String path, String... headers) {
    return send(request(path, headers).GET());
  }

  public HttpResponse<String> delete(String path, String... headers) {
    return send(request(path, headers).DELETE());
  }

  public HttpResponse<String> post(String path, String contentType, String body) {
    return send(request(path, "Content-Type", contentType).POST(BodyPublishers.ofString(body)));
  }

  public HttpResponse<String> put(String path, String contentType, String body) {
    return send(request(path, "Content-Type", contentType).PUT(BodyPublishers.ofString(body)));
  }

  /** The path of what a request created, by the {@code Location} of its answer. */
  public static String created(HttpResponse<?> answer) {
    String location = answer.headers().firstValue("Location").orElseThrow();
    return answer.uri().resolve(location).getPath();
  }

  public HttpRequest.Builder request(String path, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(PATIENCE);
    return headers.length == 0 ? request : request.headers(headers);
  }

  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return CLIENT.send(request.build(), BodyHandlers.ofString());
    } catch (IOException ex) {
      throw new UncheckedIOException(ex);
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(ex);
    }
  }
}

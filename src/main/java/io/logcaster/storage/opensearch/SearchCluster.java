package io.logcaster.storage.opensearch;

import io.logcaster.client.Trust;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends requests to the nodes of a cluster, to the next one where a connection fails. Thread-safe.
 */
final class SearchCluster implements AutoCloseable {

  /** A node that is up accepts a connection at once. */
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** The beginning of an error's text that is passed on. */
  private static final int MAX_ERROR = 600;

  static final JsonMapper JSON = new JsonMapper();

  private final List<URI> nodes;
  private final @Nullable String authorization;
  private final Duration timeout;
  private final HttpClient http;
  private final AtomicInteger next = new AtomicInteger();
  private volatile SearchDialect dialect = SearchDialect.UNKNOWN;

  SearchCluster(OpenSearchOptions options) throws IOException {
    nodes = options.urls();
    timeout = options.timeout();
    authorization = authorization(options);
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER);
    if (options.caFile() != null) {
      try {
        builder.sslContext(Trust.ofPem(options.caFile()));
      } catch (GeneralSecurityException ex) {
        throw new IOException(options.caFile() + " cannot be used: " + ex.getMessage(), ex);
      }
    }
    http = builder.build();
  }

  private static @Nullable String authorization(OpenSearchOptions options) throws IOException {
    if (options.passwordFile() == null) {
      return null;
    }
    String secret = Files.readString(options.passwordFile()).strip();
    if (options.user() == null) {
      return "ApiKey " + secret;
    }
    byte[] pair = (options.user() + ":" + secret).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** The answer to a request was an error. */
  static final class RefusedException extends IOException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final String body;

    RefusedException(String request, int status, String body) {
      super(
          request
              + " was answered with "
              + status
              + ": "
              + body.substring(0, Math.min(MAX_ERROR, body.length())));
      this.status = status;
      this.body = body;
    }

    int status() {
      return status;
    }

    /** Whether the error is of a type, such as {@code resource_already_exists_exception}. */
    boolean is(String type) {
      return body.contains(type);
    }
  }

  /**
   * Asks what the server is, and speaks to it accordingly from now on.
   *
   * @throws IOException if it cannot be reached, or not be used
   */
  void recognize() throws IOException {
    dialect = SearchDialect.of(send("GET", "/", null));
  }

  SearchDialect dialect() {
    return dialect;
  }

  /**
   * Sends a request.
   *
   * @param body JSON; null for none
   * @return the answer
   * @throws RefusedException if it is an error
   */
  JsonNode send(String method, String path, @Nullable String body) throws IOException {
    BodyPublisher publisher =
        (body == null) ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    try (InputStream answer = open(method, path, publisher, "json")) {
      return JSON.readTree(answer);
    } catch (JacksonException ex) {
      throw new IOException("The answer to " + path + " is not JSON: " + ex.getMessage(), ex);
    }
  }

  /** As {@link #send}; gives null where the answer is 404. */
  @Nullable JsonNode find(String path) throws IOException {
    try {
      return send("GET", path, null);
    } catch (RefusedException ex) {
      if (ex.status() == 404) {
        return null;
      }
      throw ex;
    }
  }

  /**
   * Sends a request and gives the bytes of its answer, which the caller closes.
   *
   * @param type the subtype of the body: {@code json} or {@code x-ndjson}
   */
  InputStream open(String method, String path, BodyPublisher body, String type) throws IOException {
    IOException failure = null;
    int first = next.get();
    for (int i = 0; i < nodes.size(); i++) {
      URI node = nodes.get(Math.floorMod(first + i, nodes.size()));
      try {
        return answer(request(node, method, path, body, type), method + " " + path);
      } catch (java.net.ConnectException | java.net.http.HttpConnectTimeoutException ex) {
        // Nothing was sent, so another node may be asked.
        next.compareAndSet(first + i, first + i + 1);
        failure = new IOException(node + " cannot be reached: " + reason(ex), ex);
      }
    }
    throw (failure != null) ? failure : new IOException("No node is configured");
  }

  private static String reason(IOException ex) {
    return (ex.getMessage() != null) ? ex.getMessage() : "connection refused";
  }

  private HttpRequest request(
      URI node, String method, String path, BodyPublisher body, String type) {
    String base = node.toString();
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(
                URI.create(
                    (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path))
            .method(method, body)
            .timeout(timeout)
            .header("Content-Type", dialect.mediaType(type))
            .header("Accept", dialect.mediaType("json"));
    if (authorization != null) {
      builder.header("Authorization", authorization);
    }
    return builder.build();
  }

  private InputStream answer(HttpRequest request, String name) throws IOException {
    HttpResponse<InputStream> response;
    try {
      response = http.send(request, BodyHandlers.ofInputStream());
    } catch (InterruptedException ex) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while waiting for " + name, ex);
    }
    if (response.statusCode() >= 300) {
      try (InputStream body = response.body()) {
        throw new RefusedException(
            name,
            response.statusCode(),
            new String(body.readNBytes(1 << 16), StandardCharsets.UTF_8));
      }
    }
    return response.body();
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}

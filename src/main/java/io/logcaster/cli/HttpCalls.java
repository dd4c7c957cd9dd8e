package io.logcaster.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls a server's HTTP interface. */
final class HttpCalls implements AutoCloseable {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** Far more than a problem document has. */
  private static final int MAX_PROBLEM = 64 << 10;

  private static final JsonMapper JSON = new JsonMapper();

  /** The server has answered with an error. */
  static final class Refused extends IOException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final int line;
    private final int column;

    private Refused(int status, String message, int line, int column) {
      super(message);
      this.status = status;
      this.line = line;
      this.column = column;
    }

    int status() {
      return status;
    }

    /** The line of the error in a query, from 1; 0 if the error has no position. */
    int line() {
      return line;
    }

    int column() {
      return column;
    }
  }

  private final ServerOptions server;
  private final HttpClient client;

  HttpCalls(ServerOptions server) {
    this.server = server;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT);
    SSLContext trust = server.trust();
    this.client = ((trust != null) ? builder.sslContext(trust) : builder).build();
  }

  /**
   * Posts arguments and returns the answer's body as it comes, to be closed by the caller.
   *
   * @throws Refused if the server answers with an error
   */
  InputStream post(String path, Map<String, String> arguments, String accept)
      throws IOException, InterruptedException {
    String form =
        arguments.entrySet().stream()
            .map(
                (argument) ->
                    argument.getKey()
                        + "="
                        + URLEncoder.encode(argument.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    URI uri = server.uri(path);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", accept)
            .POST(BodyPublishers.ofString(form));
    String authorization = server.authorization();
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    HttpResponse<InputStream> response = send(request.build());
    if (response.statusCode() / 100 == 2) {
      return response.body();
    }
    try (InputStream body = response.body()) {
      throw refused(uri, response.statusCode(), body.readNBytes(MAX_PROBLEM));
    }
  }

  private HttpResponse<InputStream> send(HttpRequest request)
      throws IOException, InterruptedException {
    try {
      return client.send(request, BodyHandlers.ofInputStream());
    } catch (IOException ex) {
      throw new IOException(server.uri("") + ": " + FailureHandler.text(ex), ex);
    }
  }

  private static Refused refused(URI uri, int status, byte[] body) {
    @Nullable JsonNode problem = null;
    try {
      problem = JSON.readTree(body);
    } catch (JacksonException ex) {
      // not a LogCaster server; only the status is known
    }
    String detail = (problem == null) ? "" : problem.path("detail").asString("");
    if (status == 401 || status == 403) {
      detail = "the server requires credentials: give --token or --user";
    }
    return new Refused(
        status,
        detail.isEmpty() ? uri + " answered " + status : detail,
        (problem == null) ? 0 : problem.path("line").asInt(0),
        (problem == null) ? 0 : problem.path("column").asInt(0));
  }

  @Override
  public void close() {
    client.shutdownNow(); // a tail has no end to wait for
  }
}

package io.logcaster.system;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/**
 * Sends requests over HTTP to addresses that a guard allows. Redirects are not followed, since they
 * would carry secrets to another host; of an answer only a beginning is read. Thread-safe.
 */
public final class GuardedHttp implements AutoCloseable {

  /** A receiver that asks for more is not waited for longer. */
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private static final int MAX_SHOWN = 200;

  private final ConnectionProvider connections;
  private final HttpClient client;
  private final Duration timeout;
  private final int maxAnswer;

  private GuardedHttp(
      ConnectionProvider connections, AddressGuard guard, Duration timeout, int maxAnswer) {
    this.connections = connections;
    this.timeout = timeout;
    this.maxAnswer = maxAnswer;
    this.client =
        HttpClient.create(connections)
            .followRedirect(false)
            .doOnChannelInit(
                (observer, channel, remote) ->
                    channel.pipeline().addFirst(new GuardedConnect(guard)));
  }

  /**
   * Opens a connection for each request.
   *
   * @param timeout how long to wait for an answer
   * @param maxAnswer the bytes of an answer that are read
   */
  public static GuardedHttp connectingEachTime(
      AddressGuard guard, Duration timeout, int maxAnswer) {
    return new GuardedHttp(ConnectionProvider.newConnection(), guard, timeout, maxAnswer);
  }

  /** As {@link #connectingEachTime}, but keeps one connection open, for as long as the timeout. */
  public static GuardedHttp keepingOneConnection(
      AddressGuard guard, Duration timeout, int maxAnswer) {
    return new GuardedHttp(
        ConnectionProvider.builder("one").maxConnections(1).maxIdleTime(timeout).build(),
        guard,
        timeout,
        maxAnswer);
  }

  /** The beginning of an answer. */
  public static final class Answer {

    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    private Answer(HttpClientResponse response, ByteArrayOutputStream body) {
      this.status = response.status().code();
      this.headers = response.responseHeaders();
      this.body = body.toByteArray();
    }

    public int status() {
      return status;
    }

    public boolean isSuccess() {
      return status / 100 == 2;
    }

    /** A header; null if there is none. */
    public @Nullable String header(String name) {
      return headers.get(name);
    }

    /** The body, which belongs to the caller. */
    public byte[] body() {
      return body;
    }

    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    /** The answer of a receiver that refused, for people: one short line. */
    public String refusal(String receiver) {
      String text = Printable.line(text().strip());
      String shown = text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
      return receiver + " answered " + status + (shown.isEmpty() ? "" : ": " + shown);
    }

    /** How long the receiver asks to wait, at most an hour; null if it does not say. */
    public @Nullable Duration retryAfter(Clock clock) {
      String header = header("Retry-After");
      return header == null ? null : wait(parse(header.strip(), clock));
    }

    /** A wait as it was asked for; null if there is none, at most an hour. */
    public static @Nullable Duration wait(@Nullable Duration asked) {
      if (asked == null || asked.isNegative()) {
        return null;
      }
      return asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked;
    }

    private static @Nullable Duration parse(String header, Clock clock) {
      try {
        return Duration.ofMillis((long) (Double.parseDouble(header) * 1_000));
      } catch (NumberFormatException ex) {
        try {
          return Duration.between(
              clock.instant(),
              ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
        } catch (DateTimeException nested) {
          return null;
        }
      }
    }
  }

  /**
   * Sends a request and returns the answer, whatever its status.
   *
   * @param length the bytes of the body that are sent
   * @throws RefusedAddressException if the address must not be used
   * @throws IOException if there is no answer; its message says why, for people
   */
  public Answer send(String method, URI uri, Map<String, String> headers, byte[] body, int length)
      throws IOException {
    Answer answer;
    try {
      answer =
          client
              .headers(
                  (all) -> {
                    all.set("User-Agent", "LogCaster");
                    all.set("Content-Length", length);
                    headers.forEach(all::set);
                  })
              .request(HttpMethod.valueOf(method))
              .uri(uri)
              .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body, 0, length)))
              .response(
                  (response, content) ->
                      content
                          .asByteArray()
                          .collect(ByteArrayOutputStream::new, this::append)
                          .map((bytes) -> new Answer(response, bytes)))
              .next()
              .timeout(timeout)
              .block();
    } catch (RuntimeException ex) {
      throw failure(ex, uri);
    }
    if (answer == null) {
      throw new IOException("The receiver closed the connection before it answered");
    }
    return answer;
  }

  private void append(ByteArrayOutputStream start, byte[] bytes) {
    start.write(bytes, 0, Math.min(bytes.length, maxAnswer - start.size()));
  }

  private IOException failure(RuntimeException failure, URI uri) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RefusedAddressException refused) {
        return refused;
      }
      if (cause instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
    }
    int port = uri.getPort() > 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
    return new IOException(
        ConnectionTrouble.of(failure, String.valueOf(uri.getHost()), port, timeout), failure);
  }

  @Override
  public void close() {
    connections.dispose();
  }
}

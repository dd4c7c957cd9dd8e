package io.logcaster.sink.http;

import io.logcaster.sink.SinkException;
import io.logcaster.system.AddressGuard;
import io.logcaster.system.GuardedConnect;
import io.logcaster.system.Printable;
import io.logcaster.system.RefusedAddressException;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpMethod;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/**
 * Posts bodies to one URL over one connection that is kept open. Redirects are not followed, since
 * they would carry secrets to another host.
 */
final class HttpPoster implements AutoCloseable {

  /** The answer to a bulk request has some hundred bytes for each record. */
  private static final int MAX_ANSWER = 64 << 20;

  private static final int MAX_SHOWN = 200;

  private final URI url;
  private final Map<String, String> headers;
  private final Duration timeout;
  private final Clock clock;
  private final ConnectionProvider connections;
  private final HttpClient client;

  HttpPoster(
      URI url, Map<String, String> headers, AddressGuard guard, Duration timeout, Clock clock) {
    this.url = url;
    this.headers = headers;
    this.timeout = timeout;
    this.clock = clock;
    this.connections =
        ConnectionProvider.builder("sink").maxConnections(1).maxIdleTime(timeout).build();
    this.client =
        HttpClient.create(connections)
            .followRedirect(false)
            .doOnChannelInit(
                (observer, channel, remote) ->
                    channel.pipeline().addFirst(new GuardedConnect(guard)));
  }

  private record Answer(int status, @Nullable String retryAfter, ByteArrayOutputStream body) {

    String text() {
      byte[] bytes = body.toByteArray();
      return new String(bytes, 0, Math.min(bytes.length, 2_048), StandardCharsets.UTF_8);
    }
  }

  /**
   * Sends a request.
   *
   * @return the body of an answer of success
   */
  byte[] post(byte[] body, int length, Map<String, String> more) throws SinkException {
    Answer answer;
    try {
      answer =
          client
              .headers(
                  (all) -> {
                    all.set("User-Agent", "LogCaster");
                    all.set("Content-Length", length);
                    more.forEach(all::set);
                    headers.forEach(all::set);
                  })
              .request(HttpMethod.POST)
              .uri(url)
              .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body, 0, length)))
              .response(
                  (response, content) ->
                      content
                          .asByteArray()
                          .collect(ByteArrayOutputStream::new, HttpPoster::append)
                          .map((bytes) -> answer(response, bytes)))
              .next()
              .timeout(timeout)
              .block();
    } catch (RuntimeException ex) {
      throw failure(ex);
    }
    if (answer == null) {
      throw SinkException.temporary("The receiver closed the connection", null);
    }
    if (answer.status() / 100 != 2) {
      throw refusal(answer);
    }
    return answer.body().toByteArray();
  }

  private static void append(ByteArrayOutputStream start, byte[] bytes) {
    start.write(bytes, 0, Math.min(bytes.length, MAX_ANSWER - start.size()));
  }

  private static Answer answer(HttpClientResponse response, ByteArrayOutputStream bytes) {
    return new Answer(
        response.status().code(), response.responseHeaders().get("Retry-After"), bytes);
  }

  private SinkException failure(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RefusedAddressException refused) {
        return SinkException.temporary(String.valueOf(refused.getMessage()), refused);
      }
      if (cause instanceof TimeoutException) {
        return SinkException.temporary(
            "No answer within " + timeout.toSeconds() + " seconds", failure);
      }
    }
    Throwable cause = (failure.getCause() == null) ? failure : failure.getCause();
    return SinkException.temporary(
        "The receiver cannot be reached: "
            + Printable.line((cause.getMessage() == null) ? cause.toString() : cause.getMessage()),
        failure);
  }

  private SinkException refusal(Answer answer) {
    int status = answer.status();
    String text = Printable.line(answer.text().strip());
    if (text.length() > MAX_SHOWN) {
      text = text.substring(0, MAX_SHOWN) + "…";
    }
    String said = "The receiver answered " + status + (text.isEmpty() ? "" : ": " + text);
    return switch (status) {
      // It will never take these records: too many at once, or some that it does not understand.
      case 400, 413, 422 -> SinkException.permanent(said, null);
      case 408, 425, 429, 500, 502, 503, 504 -> SinkException.busy(said, retryAfter(answer));
      case 301, 302, 303, 307, 308 ->
          SinkException.temporary(
              said + "; redirects are not followed, set the URL it leads to", null);
      // Wrong credentials or paths can be mended, so nothing is given up for them.
      default -> SinkException.temporary(said, null);
    };
  }

  private @Nullable Duration retryAfter(Answer answer) {
    String header = answer.retryAfter();
    if (header == null) {
      return null;
    }
    try {
      return Duration.ofMillis((long) (Double.parseDouble(header.strip()) * 1_000));
    } catch (NumberFormatException ex) {
      try {
        return Duration.between(
            clock.instant(),
            ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
      } catch (DateTimeException nested) {
        return null;
      }
    }
  }

  @Override
  public void close() {
    connections.dispose();
  }
}

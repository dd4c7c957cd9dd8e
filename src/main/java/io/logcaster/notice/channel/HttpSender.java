package io.logcaster.notice.channel;

import io.logcaster.system.AddressGuard;
import io.logcaster.system.GuardedConnect;
import io.logcaster.system.Printable;
import io.logcaster.system.RefusedAddressException;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends requests over HTTP. Redirects are not followed, since they would carry secrets to another
 * host; of an answer only a beginning is read. Opens a connection for each request: notices are
 * rare. Thread-safe.
 */
final class HttpSender {

  static final JsonMapper JSON = JsonMapper.builder().build();

  /** Enough of an answer to say what was wrong. */
  private static final int MAX_ANSWER = 8_192;

  private static final int MAX_SHOWN = 200;

  /** A receiver that asks for more is not waited for longer. */
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private final HttpClient client;
  private final Duration timeout;
  private final Clock clock;

  HttpSender(AddressGuard guard, Duration timeout, Clock clock) {
    this.timeout = timeout;
    this.clock = clock;
    this.client =
        HttpClient.create(ConnectionProvider.newConnection())
            .followRedirect(false)
            .headers((headers) -> headers.set("User-Agent", "LogCaster"))
            .doOnChannelInit(
                (observer, channel, remote) ->
                    channel.pipeline().addFirst(new GuardedConnect(guard)));
  }

  /** A body with its type, the value of {@code Content-Type}. */
  static final class Body {

    private final String type;
    private final byte[] bytes;

    Body(String type, byte[] bytes) {
      this.type = type;
      this.bytes = bytes;
    }

    static Body json(Object value) {
      return new Body("application/json", JSON.writeValueAsBytes(value));
    }

    static Body text(String type, String text) {
      return new Body(type, text.getBytes(StandardCharsets.UTF_8));
    }

    String type() {
      return type;
    }

    byte[] bytes() {
      return bytes;
    }
  }

  /** The beginning of an answer. */
  record Answer(int status, HttpHeaders headers, String text) {}

  void post(String url, Map<String, String> headers, Body body) throws DeliveryException {
    send("POST", url, headers, body);
  }

  /**
   * Sends a request.
   *
   * @throws DeliveryException unless the answer is one of success; it says whether and when to try
   *     again
   */
  Answer send(String method, String url, Map<String, String> headers, Body body)
      throws DeliveryException {
    Answer answer;
    try {
      answer =
          client
              .headers(
                  (all) -> {
                    all.set("Content-Type", body.type());
                    all.set("Content-Length", body.bytes().length);
                    headers.forEach(all::set);
                  })
              .request(HttpMethod.valueOf(method))
              .uri(URI.create(url))
              .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body.bytes())))
              .response(
                  (response, content) ->
                      content
                          .asByteArray()
                          .collect(ByteArrayOutputStream::new, HttpSender::append)
                          .map((bytes) -> answer(response, bytes)))
              .next()
              .timeout(timeout)
              .block();
    } catch (RuntimeException ex) {
      throw failure(ex, URI.create(url).getHost());
    }
    if (answer == null) {
      throw DeliveryException.temporary("The receiver closed the connection", null);
    }
    if (answer.status() / 100 != 2) {
      throw refusal(answer);
    }
    return answer;
  }

  private static void append(ByteArrayOutputStream start, byte[] bytes) {
    start.write(bytes, 0, Math.min(bytes.length, MAX_ANSWER - start.size()));
  }

  private static Answer answer(HttpClientResponse response, ByteArrayOutputStream bytes) {
    return new Answer(
        response.status().code(),
        response.responseHeaders(),
        bytes.toString(StandardCharsets.UTF_8));
  }

  private DeliveryException failure(RuntimeException failure, String host) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RefusedAddressException refused) {
        return DeliveryException.permanent(String.valueOf(refused.getMessage()), refused);
      }
      if (cause instanceof TimeoutException) {
        return DeliveryException.temporary(
            "No answer from %s within %d seconds".formatted(host, timeout.toSeconds()), failure);
      }
    }
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return DeliveryException.temporary(
        Printable.line(cause.getMessage() == null ? cause.toString() : cause.getMessage()),
        failure);
  }

  private DeliveryException refusal(Answer answer) {
    int status = answer.status();
    String text = Printable.line(answer.text().strip());
    String said =
        "The receiver answered %d%s"
            .formatted(
                status,
                text.isEmpty()
                    ? ""
                    : ": "
                        + (text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text));
    if (status == 408 || status == 425 || status == 429 || status >= 500) {
      return DeliveryException.busy(said, retryAfter(answer));
    }
    if (status / 100 == 3) {
      return DeliveryException.permanent(
          "The receiver answered %d, but redirects are not followed; set the URL it leads to"
              .formatted(status),
          null);
    }
    return DeliveryException.permanent(said, null);
  }

  /** As the header asks, or the body as Discord and Telegram do it. */
  private @Nullable Duration retryAfter(Answer answer) {
    Duration asked = null;
    String header = answer.headers().get("Retry-After");
    if (header != null) {
      asked = parse(header.strip());
    } else if (answer.text().startsWith("{")) {
      try {
        JsonNode body = JSON.readTree(answer.text());
        for (JsonNode node : List.of(body.at("/retry_after"), body.at("/parameters/retry_after"))) {
          if (node.isNumber()) {
            asked = Duration.ofMillis((long) (node.asDouble() * 1_000));
          }
        }
      } catch (JacksonException ex) {
        return null;
      }
    }
    if (asked == null || asked.isNegative()) {
      return null;
    }
    return asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked;
  }

  private @Nullable Duration parse(String header) {
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

  /** Headers by name, in order, without regard to case. */
  static Map<String, String> headers() {
    return new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  }
}

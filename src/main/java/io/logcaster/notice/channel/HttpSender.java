package io.logcaster.notice.channel;

import io.logcaster.system.AddressGuard;
import io.logcaster.system.GuardedHttp;
import io.logcaster.system.GuardedHttp.Answer;
import io.logcaster.system.RefusedAddressException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends the requests of channels, each over a connection of its own: notices are rare. Thread-safe.
 */
final class HttpSender {

  static final JsonMapper JSON = JsonMapper.builder().build();

  /** Enough of an answer to say what was wrong. */
  private static final int MAX_ANSWER = 8_192;

  private final GuardedHttp http;
  private final Clock clock;

  HttpSender(AddressGuard guard, Duration timeout, Clock clock) {
    this.http = GuardedHttp.connectingEachTime(guard, timeout, MAX_ANSWER);
    this.clock = clock;
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
    Map<String, String> all = headers();
    all.put("Content-Type", body.type());
    all.putAll(headers);
    Answer answer;
    try {
      answer = http.send(method, URI.create(url), all, body.bytes(), body.bytes().length);
    } catch (RefusedAddressException ex) {
      throw DeliveryException.permanent(String.valueOf(ex.getMessage()), ex);
    } catch (IOException ex) {
      throw DeliveryException.temporary(String.valueOf(ex.getMessage()), ex);
    }
    if (!answer.isSuccess()) {
      throw refusal(answer);
    }
    return answer;
  }

  private DeliveryException refusal(Answer answer) {
    int status = answer.status();
    String said = answer.refusal("The receiver");
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
    String text = answer.text();
    if (answer.header("Retry-After") != null || !text.startsWith("{")) {
      return answer.retryAfter(clock);
    }
    try {
      JsonNode body = JSON.readTree(text);
      for (JsonNode node : List.of(body.at("/retry_after"), body.at("/parameters/retry_after"))) {
        if (node.isNumber()) {
          return Answer.wait(Duration.ofMillis((long) (node.asDouble() * 1_000)));
        }
      }
      return null;
    } catch (JacksonException ex) {
      return null;
    }
  }

  /** Headers by name, in order, without regard to case. */
  static Map<String, String> headers() {
    return new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  }
}
